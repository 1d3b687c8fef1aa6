"""Rows inside rows at a real browser, each list on the page or a page for each row."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from browser.at_a_browser import begin, log_in, login_of, press
from browser.conftest import DESK, PHONE, Served, serving
from browser.test_drafts_in_browser import SAVED
from forms.nested_pack import LIST, content

SCHOOLS = f"{LIST}.0.sekolah"
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def together(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The product with a list and the lists in its rows on one page."""
    made = content(tmp_path_factory.mktemp("content"), "rows", "rows")
    with serving(tmp_path_factory.mktemp("var"), SATUPINTU_CONTENT=str(made)) as product:
        yield product


@pytest.fixture(scope="module")
def by_page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The product with a page for each row, and for each row in a row."""
    made = content(tmp_path_factory.mktemp("content"), "rows-by-page", "rows-by-page")
    with serving(tmp_path_factory.mktemp("var"), SATUPINTU_CONTENT=str(made)) as product:
        yield product


def act(page: Page, what: str) -> Locator:
    return page.locator(f'button[name=act][value="{what}"]')


def of(page: Page, name: str) -> Locator:
    return page.locator(f'[name="{LIST}.{name}"]')


def begun(context: BrowserContext) -> Page:
    page = context.new_page()
    log_in(page, login_of("staff"))
    begin(page)
    return page


@pytest.mark.parametrize(("screen", "script"), [(PHONE, True), (PHONE, False), (DESK, True)])
def test_a_family_is_told_row_by_row_each_on_its_page(
    new_context: Callable[..., BrowserContext],
    by_page: Served,
    seen: Callable[[Page, str, bool], None],
    screen: dict[str, int],
    script: bool,
) -> None:
    page = begun(new_context(base_url=by_page.pages, viewport=screen, java_script_enabled=script))

    def see(name: str) -> None:
        seen(page, f"baris-{name}", script)

    press(act(page, f"rows:{LIST}:add"))
    expect(page.locator("h1")).to_have_text("Anak di rumah, nomor 1")
    of(page, "0.nama").fill("Ani")
    of(page, "0.usia").fill("9")
    if script:
        of(page, "0.usia").press("Tab")  # htmx draws what is asked now
    else:
        press(act(page, "done"))
        expect(page.locator("h1")).not_to_have_text("Anak di rumah, nomor 1")
        press(act(page, f"rows:{LIST}:edit:0"))
    add = act(page, f"rows:{SCHOOLS}:add")
    expect(add).to_be_visible()
    see("anak")
    press(add)
    expect(page.locator("h1")).to_have_text("Anak di rumah, nomor 1: Sekolah, nomor 1")
    of(page, "0.sekolah.0.kelas").fill("3")
    press(act(page, "done"))
    expect(page.locator(".problems")).to_contain_text("Nama sekolah")
    see("sekolah-kurang")
    of(page, "0.sekolah.0.nama").fill("Sekolah Dasar Satu")
    of(page, "0.sekolah.0.nama").press("Enter")  # goes on, and removes nothing
    page.wait_for_url(re.compile(rf"baris={re.escape(LIST)}\.0"))
    expect(page.locator(".rowlist")).to_contain_text("Sekolah Dasar Satu, 3")
    see("anak-dengan-sekolah")
    press(act(page, "done"))
    expect(page.locator(".rowlist")).to_contain_text("Ani, 9")
    see("daftar")


def test_what_is_typed_in_a_row_of_a_row_is_saved_by_itself_and_is_there_again(
    new_context: Callable[..., BrowserContext], by_page: Served
) -> None:
    page = begun(new_context(base_url=by_page.pages))
    press(act(page, f"rows:{LIST}:add"))
    of(page, "0.nama").fill("Ani")
    of(page, "0.usia").fill("9")
    of(page, "0.usia").press("Tab")
    press(act(page, f"rows:{SCHOOLS}:add"))
    of(page, "0.sekolah.0.nama").fill("Sekolah seten")
    expect(page.locator("#tersimpan")).to_have_text(SAVED)
    here = page.url
    page.goto("/asesmen/baru")
    page.goto(here)
    expect(of(page, "0.sekolah.0.nama")).to_have_value("Sekolah seten")
    page.goto(here.replace(f"{SCHOOLS}.0", f"{LIST}.0"))
    expect(of(page, "0.nama")).to_have_value("Ani")


@pytest.mark.parametrize(("screen", "script"), [(PHONE, True), (PHONE, False), (DESK, True)])
def test_rows_in_rows_stand_on_one_page_and_a_button_leaves_the_others(
    new_context: Callable[..., BrowserContext],
    together: Served,
    seen: Callable[[Page, str, bool], None],
    screen: dict[str, int],
    script: bool,
) -> None:
    page = begun(new_context(base_url=together.pages, viewport=screen, java_script_enabled=script))
    press(act(page, f"rows:{LIST}:add"))
    of(page, "0.nama").fill("Ani")
    of(page, "0.usia").fill("9")
    if script:
        of(page, "0.usia").press("Tab")
        expect(act(page, f"rows:{SCHOOLS}:add")).to_be_visible()
    press(act(page, f"rows:{LIST}:add"))
    for number in (0, 1):
        press(act(page, f"rows:{SCHOOLS}:add"))
        of(page, f"0.sekolah.{number}.nama").fill(f"Sekolah {number}")
    if script:
        expect(page.locator("#tersimpan")).to_have_text(SAVED)
    press(act(page, f"rows:{SCHOOLS}:up:1"))
    expect(of(page, "0.sekolah.0.nama")).to_have_value("Sekolah 1")
    seen(page, "baris-dalam-baris", script)
    press(act(page, f"rows:{LIST}:down:0"))
    expect(of(page, "1.sekolah.1.nama")).to_have_value("Sekolah 0")
    press(act(page, f"rows:{LIST}.1.sekolah:remove:1"))
    expect(of(page, "1.sekolah.0.nama")).to_have_value("Sekolah 1")
    assert of(page, "1.sekolah.1.nama").count() == 0
    expect(of(page, "1.nama")).to_have_value("Ani")
