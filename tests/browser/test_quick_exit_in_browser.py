"""What a quick exit leaves behind, measured: figures of G27, for a report told to its last step."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from browser.at_a_browser import answers_of, form, press, tell
from satupintu.conditions.types import Text

PHONE = {"width": 360, "height": 740}
BACKS = 10
SECRET = "Nama Yang Rahasia"
BLANK = """() => {
    const before = performance.now();
    document.querySelector('[data-exit]').click();
    const seen = [document.body.innerText, document.title];
    return [performance.now() - before, ...seen, history.length];
}"""


def told(page: Page, *, script: bool) -> tuple[set[str], set[str]]:
    """Tell a report up to reading it back; return every address and every title on the way."""
    of = form("public_report")
    answers = dict(answers_of(None))
    for name, question in of.questions.items():
        if name in answers and isinstance(question.fact_type, Text) and question.kind == "text":
            answers[name] = SECRET
    addresses, titles = set(), set()

    def look(at: Page) -> None:
        addresses.add(at.url)
        titles.add(at.title())

    page.goto("/lapor")
    tell(page, of, answers, script=script, look=look)
    look(page)
    assert SECRET in page.content()
    return addresses, titles


@pytest.mark.parametrize("script", [True, False])
def test_after_the_exit_ten_backs_show_no_answer_and_no_cookie_is_left(
    new_context: Callable[..., BrowserContext], script: bool
) -> None:
    context = new_context(java_script_enabled=script, viewport=PHONE)
    page = context.new_page()
    addresses, titles = told(page, script=script)
    assert {address.rpartition("/")[2] for address in addresses} == {"lapor"}
    neutral = form("public_report").settings.neutral_title
    assert neutral is not None
    assert titles == {neutral["id"]}
    icon = page.locator("link[rel=icon]").get_attribute("href")
    assert icon is not None
    assert icon.startswith("data:")
    press(page.locator("[data-exit]"))
    expect(page).to_have_title("Kalender")
    assert context.cookies() == []
    shown = []
    for _ in range(BACKS):
        page.go_back()
        shown.append(page.content())
    assert not [html for html in shown if SECRET in html]
    for html in shown:
        assert " checked" not in html
    assert not [c for c in context.cookies() if "draft" in str(c.get("name")).casefold()]


def test_the_screen_of_a_told_story_is_blank_at_once(
    new_context: Callable[..., BrowserContext],
) -> None:
    page = new_context(viewport=PHONE).new_page()
    told(page, script=True)
    length = page.evaluate("history.length")
    page.route("**/keluar", lambda route: None)  # the server never answers
    took, text, title, after = page.evaluate(BLANK)
    assert took < 100
    assert (text, title.strip(), after) == ("", "", length)


def test_nothing_of_a_story_is_kept_in_the_browsers_own_stores(
    new_context: Callable[..., BrowserContext],
) -> None:
    page = new_context(viewport=PHONE).new_page()
    told(page, script=True)
    kept = page.evaluate("() => [localStorage.length, sessionStorage.length]")
    assert kept == [0, 0]
    assert page.evaluate("async () => (await caches.keys()).length") == 0
