"""One question a step, on a phone and on a desk, with and without JavaScript."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from browser import at_a_browser
from browser.at_a_browser import begin, log_in, login_of, press
from browser.conftest import DESK, PHONE, Served, serving
from forms.completed_answers import complete
from intake.one_by_one import make
from journeys.city import said
from satupintu.forms import reading

STEPS = "input[name=langkah]"


@pytest.fixture(scope="module")
def one_by_one(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    content = make(tmp_path_factory.mktemp("content"))
    with serving(tmp_path_factory.mktemp("var"), SATUPINTU_CONTENT=str(content)) as product:
        yield product


def report_form() -> reading.Form:
    """Return the public report as it is asked here."""
    shipped = at_a_browser.document(f"schemas/forms/{at_a_browser.form('public_report').id}.json")
    settings = {**shipped["x-form"]["settings"], "oneByOne": True}
    return reading.read({**shipped, "x-form": {**shipped["x-form"], "settings": settings}})


@pytest.mark.parametrize(("screen", "script"), [(PHONE, True), (PHONE, False), (DESK, True)])
def test_a_report_is_told_step_by_step_and_changed_from_the_check(
    new_context: Callable[..., BrowserContext],
    one_by_one: Served,
    assert_accessible: Callable[[Page], None],
    fits: Callable[[Page], None],
    picture: Callable[[Page, str], None],
    screen: dict[str, int],
    script: bool,
) -> None:
    page = new_context(
        base_url=one_by_one.pages, viewport=screen, java_script_enabled=script
    ).new_page()
    of = report_form()
    seen: list[str] = []

    def look(at: Page) -> None:
        step = at.locator(STEPS).input_value()
        if step in seen:
            return
        seen.append(step)
        fits(at)
        if script and len(seen) <= 3:
            assert_accessible(at)
            picture(at, f"satu-langkah-{len(seen)}")

    page.goto("/lapor")
    at_a_browser.tell(page, of, complete(of, {}), script=script, look=look)
    assert len(seen) > len({one.section for one in of.pages})
    assert page.locator(STEPS).input_value() == "periksa"
    if script:
        assert_accessible(page)
    picture(page, "satu-langkah-periksa")
    press(page.locator(f'button[value="goto:{seen[1]}"]'))
    assert page.locator(STEPS).input_value() == seen[1]
    press(page.locator("button[name=act][value=next]"))
    assert page.locator(STEPS).input_value() == "periksa"
    press(page.locator("button[name=act][value=back]"))
    assert page.locator(STEPS).input_value() == seen[-1]
    page.go_back()
    page.go_back()
    assert not page.locator(".problems").count()


@pytest.mark.parametrize("screen", [PHONE, DESK])
def test_staff_see_how_far_they_are_and_the_way_out_covers_nothing(
    new_context: Callable[..., BrowserContext],
    one_by_one: Served,
    assert_accessible: Callable[[Page], None],
    fits: Callable[[Page], None],
    picture: Callable[[Page, str], None],
    screen: dict[str, int],
) -> None:
    context = new_context(base_url=one_by_one.pages, viewport=screen)
    page = context.new_page()
    log_in(page, login_of("staff"))
    begin(page)
    expect(page).to_have_title("Catatan")
    assert_accessible(page)
    fits(page)
    picture(page, "asesmen-satu-langkah")
    covered = page.evaluate(
        """() => {
            const exit = document.querySelector('.exit__btn').getBoundingClientRect();
            return [...document.querySelectorAll('.top a, .top button')].filter((e) => {
                const box = e.getBoundingClientRect();
                return box.width && box.left < exit.right && box.right > exit.left
                    && box.top < exit.bottom && box.bottom > exit.top;
            }).map((e) => e.textContent.trim());
        }"""
    )
    assert covered == []
    page.locator("#isian").press("End")
    press(page.get_by_role("button", name=said("runner.save_and_go_on")).first)
    expect(page.locator(".problems")).to_be_visible()
    assert_accessible(page)
    press(page.locator("[data-exit]"))
    expect(page).to_have_title("Kalender")
    assert context.cookies() == []
