"""Drafts at a real browser: saved as one types, put off by a code, carried over after a look."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from browser.at_a_browser import begin, log_in, login_of, press
from browser.conftest import DESK, PHONE
from browser.test_intake_in_browser import answer_everything
from intake.conftest import city, new_platform
from intake.desk import Desk
from intake.newer_form import publish
from intake.test_drafts_end import for_a_week
from intake.test_kept_beside_answers import hidden_again
from intake.test_newer_version import Newer, begun
from satupintu.actions.platform import Platform

__all__ = ["begun", "city", "hidden_again", "new_platform"]

SAVED = re.compile(r"^\s*Disimpan \d\d\.\d\d\s*$")
HOST = "http://pintu.test"


def first_text(page: Page) -> None:
    """Go to the first page of the intake that has a free text."""
    buttons = page.locator(".pages__list button")
    for step in range(buttons.count() - 1):
        press(buttons.nth(step))
        if page.locator("#pertanyaan textarea").count():
            return
    raise AssertionError("no page asks for a text")


def test_what_is_typed_is_saved_by_itself_and_nothing_moves(
    page_js: Page,
    assert_accessible: Callable[[Page], None],
    picture: Callable[[Page, str], None],
) -> None:
    log_in(page_js, login_of("staff"))
    begin(page_js)
    first_text(page_js)
    text, line = page_js.locator("#pertanyaan textarea").first, page_js.locator("#tersimpan")
    expect(line).to_have_text("")
    height = page_js.evaluate("document.documentElement.scrollHeight")
    text.click()
    text.press_sequentially("setengah kal")
    expect(line).to_have_text(SAVED)
    expect(text).to_be_focused()
    assert page_js.evaluate("document.documentElement.scrollHeight") == height
    with page_js.expect_response("**/simpan"):
        text.press_sequentially("imat")
        assert text.input_value() == "setengah kalimat"
        assert_accessible(page_js)
        picture(page_js, "isian-tersimpan")
    here = page_js.url
    page_js.goto("/asesmen/baru")
    page_js.goto(here)
    expect(page_js.locator("#pertanyaan textarea").first).to_have_value("setengah kalimat")
    assert page_js.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def test_a_press_while_a_quiet_save_is_on_its_way_is_no_conflict(page_js: Page) -> None:
    log_in(page_js, login_of("staff"))
    begin(page_js)
    first_text(page_js)
    text = page_js.locator("#pertanyaan textarea").first
    text.fill("satu")
    expect(page_js.locator("#tersimpan")).to_have_text(SAVED)
    text.fill("satu dua")
    press(page_js.locator("button[name=act][value=save]"))
    expect(page_js).to_have_url(re.compile("/asesmen/baru$"))


def test_without_a_connection_the_line_says_so_and_the_text_stays(page_js: Page) -> None:
    log_in(page_js, login_of("staff"))
    begin(page_js)
    first_text(page_js)
    text, line = page_js.locator("#pertanyaan textarea").first, page_js.locator("#tersimpan")
    page_js.route("**/simpan", lambda route: route.abort())
    text.fill("di dalam lift")
    expect(line).to_contain_text("Belum tersimpan.")
    expect(line).to_contain_text("Sambungan terputus")
    assert text.input_value() == "di dalam lift"
    page_js.unroute("**/simpan")
    text.press_sequentially("!")
    expect(line).to_have_text(SAVED)


def test_two_tabs_are_told_of_each_other(new_context: Callable[..., BrowserContext]) -> None:
    context = new_context()
    one = context.new_page()
    log_in(one, login_of("staff"))
    begin(one)
    first_text(one)
    two = context.new_page()
    two.goto(one.url)
    one.locator("#pertanyaan textarea").first.fill("tab satu")
    expect(one.locator("#tersimpan")).to_have_text(SAVED)
    two.locator("#pertanyaan textarea").first.fill("tab dua")
    expect(two.locator("#tersimpan")).to_contain_text("diubah di tempat lain")
    two.locator("button[name=act][value=save]").click()
    expect(two.get_by_text("tab satu")).to_be_visible()
    expect(two.get_by_text("tab dua")).to_be_visible()


@pytest.mark.parametrize("with_script", [True, False], ids=["script", "no-script"])
def test_a_reporter_puts_it_off_and_goes_on_with_the_code_elsewhere(
    new_context: Callable[..., BrowserContext],
    assert_accessible: Callable[[Page], None],
    fits: Callable[[Page], None],
    picture: Callable[[Page, str], None],
    with_script: bool,
) -> None:
    def phone() -> tuple[BrowserContext, Page]:
        context = new_context(viewport=PHONE, java_script_enabled=with_script)
        return context, context.new_page()

    def look(page: Page, name: str) -> None:
        if with_script:
            assert_accessible(page)
            fits(page)
            picture(page, name)

    context, page = phone()
    page.goto("/")
    look(page, "beranda-lanjutkan")
    page.goto("/lapor")
    answer_everything(page)
    press(page.get_by_role("button", name="Simpan dan lanjutkan nanti"))
    expect(page).to_have_url(re.compile("/lapor/nanti$"))
    code = page.locator(".code-big").inner_text()
    look(page, "lapor-nanti")
    press(page.get_by_role("link", name="Selesai dan hapus isian dari perangkat ini"))
    expect(page).to_have_title("Kalender")
    assert context.cookies() == []

    _, other = phone()
    other.goto("/")
    press(other.get_by_role("link", name="Lanjutkan laporan"))
    look(other, "lapor-lanjut")
    other.locator("#kode").fill("0000 0000 0000 0000")
    press(other.get_by_role("button", name="Lanjutkan"))
    expect(other.locator(".problems")).to_be_visible()
    look(other, "lapor-lanjut-salah")
    other.locator("#kode").fill(code.lower().replace("-", " "))
    press(other.get_by_role("button", name="Lanjutkan"))
    expect(other).to_have_url(re.compile("/lapor$"))
    look(other, "lapor-dilanjutkan")
    line = other.locator("#tersimpan")
    text = other.locator("#pertanyaan textarea, #pertanyaan input[type=text]")
    if with_script and text.count():
        text.first.fill("lebih lengkap")
        expect(line).to_have_text(SAVED)
    press(other.get_by_role("link", name="Hapus isian ini"))
    look(other, "lapor-hapus")
    press(other.get_by_role("button", name="Hapus sekarang"))
    expect(other.get_by_role("heading", name="Tidak ada isian di sini")).to_be_visible()
    look(other, "lapor-terhapus")


def test_a_step_with_a_code_weighs_no_more_than_any_other(
    new_context: Callable[..., BrowserContext],
) -> None:
    page = new_context(viewport=PHONE).new_page()
    page.goto("/lapor")
    press(page.get_by_role("button", name="Simpan dan lanjutkan nanti"))
    press(page.get_by_role("button", name="Teruskan mengisi sekarang"))
    answers: list[int] = []
    page.on("response", lambda a: answers.append(a.request.sizes()["responseBodySize"]))
    page.goto("/lapor", wait_until="networkidle")
    assert len(answers) <= 3
    assert sum(answers) <= 40 * 1024


@pytest.fixture
def in_front(browser: Browser) -> Callable[[Desk, dict[str, int]], Page]:
    """Put a browser in front of somebody's desk: the pages of an installation of this test."""

    def make(desk: Desk, screen: dict[str, int]) -> Page:
        page = browser.new_context(viewport=screen).new_page()  # type: ignore[arg-type]

        def answer(route: Route) -> None:
            parts = urlsplit(route.request.url)
            sent = desk.get(parts.path + (f"?{parts.query}" if parts.query else ""))
            headers = {k: v for k, v in sent.headers.items() if k != "Content-Security-Policy"}
            route.fulfill(status=sent.status_code, headers=headers, body=sent.data)

        page.route(f"{HOST}/**", answer)
        return page

    return make


@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
def test_the_preview_of_a_newer_version_is_accessible_and_fits(
    city: Platform,
    begun: tuple[Desk, str, str, str],
    tmp_path: Path,
    in_front: Callable[[Desk, dict[str, int]], Page],
    assert_accessible: Callable[[Page], None],
    fits: Callable[[Page], None],
    picture: Callable[[Page, str], None],
    screen: dict[str, int],
) -> None:
    desk, draft, stays, goes = begun
    publish(city, "assessment", tmp_path, Newer(stays, goes))
    page = in_front(desk, screen)
    for address, name in (
        (f"{draft}/versi-baru", "versi-baru"),
        (desk.get(draft).location, "versi-baru-halaman"),
        (f"{draft}/periksa", "versi-baru-periksa"),
    ):
        page.goto(HOST + address)
        assert_accessible(page)
        fits(page)
        picture(page, name)
    page.goto(f"{HOST}{draft}/versi-baru?lang=en")
    assert_accessible(page)
    page.context.close()


@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
def test_what_is_dropped_and_kept_is_accessible_and_fits(
    city: Platform,
    hidden_again: tuple[Desk, str],
    tmp_path: Path,
    in_front: Callable[[Desk, dict[str, int]], Page],
    assert_accessible: Callable[[Page], None],
    fits: Callable[[Page], None],
    picture: Callable[[Page, str], None],
    screen: dict[str, int],
) -> None:
    desk, draft = hidden_again
    page = in_front(desk, screen)
    page.goto(f"{HOST}{draft}/periksa")
    assert_accessible(page)
    fits(page)
    picture(page, "periksa-tersembunyi")
    sent = desk.post(f"{draft}/periksa", {"told": "yes"})
    case = sent.location.split("/")[2]
    publish(city, "assessment", tmp_path, for_a_week)
    desk.begin()
    answers = f"/kasus/{case}/jawaban"
    for address, name in (
        (answers, "jawaban-disimpan"),
        ("/asesmen/baru", "draf"),
    ):
        page.goto(HOST + address)
        assert_accessible(page)
        fits(page)
        picture(page, name)
    page.context.close()
