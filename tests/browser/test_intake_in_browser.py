from __future__ import annotations

import json
import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Error, Page, Route, expect

from browser.at_a_browser import press, redrawn
from satupintu.people.demonstration import PASSWORD

ROOT = Path(__file__).parents[2]
SCREENS = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1280, "height": 800}}
STAFF = next(
    p["login"]
    for p in json.loads((ROOT / "seed/people.json").read_text("utf-8"))
    if p["role"] == "staff"
)


def log_in(page: Page) -> None:
    page.goto("/masuk")
    page.locator("[name=login]").fill(STAFF)
    page.locator("[name=password]").fill(PASSWORD)
    press(page.get_by_role("button", name="Masuk"))


def begin(page: Page) -> None:
    page.goto("/asesmen/baru")
    press(page.get_by_role("button", name="Mulai asesmen baru"))
    expect(page.locator("#isian")).to_be_visible()


def redrawing(page: Page) -> int:
    """Tick the first answer that changes what is asked; return how many questions came."""
    before = page.locator("#pertanyaan .q").count()
    with redrawn(page):
        page.locator("#pertanyaan [data-redraw]").first.check()
    return page.locator("#pertanyaan .q").count() - before


@pytest.mark.parametrize("with_script", [True, False], ids=["script", "no-script"])
def test_enter_in_a_line_goes_on_and_not_to_a_page_at_the_side(
    new_context: Callable[..., BrowserContext], with_script: bool
) -> None:
    page = new_context(java_script_enabled=with_script).new_page()
    log_in(page)
    begin(page)
    last = page.url.rpartition("/")[0] + "/korban"
    page.goto(last)
    line = page.locator("#pertanyaan input[type=text], #pertanyaan input:not([type])").first
    line.fill("Kenanga Peragaan")
    line.press("Enter")
    expect(page.locator(".problems")).to_be_visible()
    assert page.url == last, "the page says what it still needs, and stays"
    assert page.locator("#pertanyaan").get_by_text("Nama korban").count()


@pytest.mark.parametrize("screen", ["phone", "desk"])
def test_the_intake_is_accessible_and_fits_the_screen(
    new_context: Callable[..., BrowserContext],
    assert_accessible: Callable[[Page], None],
    fits: Callable[[Page], None],
    picture: Callable[[Page, str], None],
    screen: str,
) -> None:
    page = new_context(viewport=SCREENS[screen]).new_page()

    def look(name: str) -> None:
        picture(page, name)
        assert_accessible(page)
        fits(page)

    log_in(page)
    page.goto("/asesmen/baru")
    look("asesmen-baru")
    begin(page)
    look("asesmen-kosong")
    while "/periksa" not in page.url:
        press(page.get_by_role("button", name="Simpan dan lanjut"))
        skip = page.get_by_role("button", name="Lewati dulu")
        if skip.count():
            look(f"asesmen-{page.url.rpartition('/')[2]}")
            press(skip)
    look("asesmen-periksa")


def test_an_answer_redraws_the_page_and_nothing_typed_is_lost(
    new_context: Callable[..., BrowserContext], picture: Callable[[Page, str], None]
) -> None:
    page = new_context().new_page()
    log_in(page)
    begin(page)
    start = page.url.rpartition("/")[0]
    grew = 0
    for button in range(page.locator(".pages__list button").count() - 1):
        press(page.locator(".pages__list button").nth(button))
        if page.locator("#pertanyaan [data-redraw]").count():
            text = page.locator("#pertanyaan textarea, #pertanyaan input[type=text]").last
            if text.count():
                text.fill("7")
            grew += max(0, redrawing(page))
            if text.count():
                assert text.input_value() == "7"
    assert grew
    picture(page, "asesmen-digambar-ulang")
    assert page.url.startswith(start)


@pytest.mark.parametrize("with_script", [True, False], ids=["script", "no-script"])
def test_what_was_chosen_by_mistake_is_taken_back_where_it_may_be_left(
    new_context: Callable[..., BrowserContext],
    seen: Callable[[Page, str, bool], None],
    with_script: bool,
) -> None:
    page = new_context(java_script_enabled=with_script, viewport=SCREENS["phone"]).new_page()
    log_in(page)
    begin(page)
    asked = page.locator("#pertanyaan .q:has(> .q__clear)").first
    button = asked.get_by_role("button", name="Kosongkan jawaban")
    expect(button).to_be_hidden()
    asked.get_by_role("radio").nth(1).check()
    expect(button).to_be_visible()
    seen(page, "kosongkan-jawaban", with_script)
    press(button)
    expect(asked.locator(":checked")).to_have_count(0)
    expect(button).to_be_hidden()
    where = asked.bounding_box()
    assert where is not None
    assert -1 <= where["y"] < SCREENS["phone"]["height"], "the question is still in sight"


def test_what_is_typed_while_a_slow_network_redraws_the_page_stays(
    new_context: Callable[..., BrowserContext],
) -> None:
    page = new_context().new_page()
    log_in(page)
    begin(page)
    held: list[Route] = []

    def hold(route: Route) -> None:
        quiet = "tersimpan" in route.request.headers.get("hx-target", "")
        redraws = "hx-request" in route.request.headers and not quiet
        held.append(route) if redraws else route.continue_()

    page.route("**/*", hold)
    texts = page.locator("#pertanyaan textarea, #pertanyaan input[type=text]")
    asking = page.locator("#pertanyaan [data-redraw]")
    steps = page.locator(".pages__list button")
    for step in range(steps.count() - 1):
        press(steps.nth(step))
        if texts.count() and asking.count() > 1:
            break
    texts.first.fill("7")
    asking.first.check()
    asking.nth(1).check()
    texts.first.fill("78")
    asking.first.focus()
    expect(page.locator(".htmx-request")).to_have_count(1)
    for route in held:
        with suppress(Error):  # the page itself gave the first request up for the second
            route.continue_()
    expect(page.locator(".htmx-request")).to_have_count(0)
    assert len(held) == 2
    assert asking.nth(1).is_checked()
    assert texts.first.input_value() == "78"


@pytest.mark.parametrize("with_script", [True, False], ids=["script", "no-script"])
def test_a_person_reports_on_a_phone_and_keeps_a_code(
    new_context: Callable[..., BrowserContext],
    assert_accessible: Callable[[Page], None],
    fits: Callable[[Page], None],
    picture: Callable[[Page, str], None],
    with_script: bool,
) -> None:
    page = new_context(viewport=SCREENS["phone"], java_script_enabled=with_script).new_page()

    def look(name: str) -> None:
        if with_script:
            assert_accessible(page)
            fits(page)
            picture(page, name)

    page.goto("/lapor")
    look("lapor-1")
    press(page.get_by_role("button", name="Lanjut", exact=True))
    look("lapor-1-kurang")
    for _ in range(12):
        if page.get_by_role("button", name="Kirim laporan").count():
            break
        answer_everything(page)
        look("lapor-langkah")
        press(page.get_by_role("button", name="Lanjut", exact=True))
    look("lapor-periksa")
    press(page.get_by_role("button", name="Kirim laporan"))
    expect(page).to_have_url(re.compile("/lapor/terkirim$"))
    code = page.locator(".code-big").inner_text()
    look("lapor-terkirim")
    page.goto("/kabar")
    look("kabar")
    page.locator("#kode").fill(code.lower())
    press(page.get_by_role("button", name="Lihat kabar"))
    expect(page.get_by_text("menunggu dibaca")).to_be_visible()
    look("kabar-menunggu")


def answer_everything(page: Page) -> None:
    """Answer each question that is shown: the last option, or a short text."""
    for q in page.locator("#pertanyaan .q").all():
        radios = q.locator("input[type=radio]")
        boxes = q.locator("input[type=checkbox]")
        if radios.count():
            radios.last.check()
        elif boxes.count():
            boxes.first.check()
        elif q.locator("select").count():
            q.locator("select").select_option(index=1)
        elif q.locator("textarea").count():
            q.locator("textarea").fill("Cerita contoh untuk uji coba")
        elif q.locator("input[type=tel]").count():
            q.locator("input[type=tel]").fill("081234567890")
        elif q.locator("input:not([type=file]):not([type=hidden])").count():
            q.locator("input:not([type=file]):not([type=hidden])").first.fill("12")


def test_a_step_of_the_report_weighs_at_most_40_kilobytes_in_3_requests(
    weigh: Callable[[str], Any],
) -> None:
    weight = weigh("/lapor")
    assert len(weight.requests) <= 3, weight.requests
    assert weight.size <= 40 * 1024
