"""The desk in a real browser: accessible, no wider than the screen, usable without script."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from browser.at_a_browser import press
from satupintu.people.demonstration import PASSWORD

SCREENS = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1280, "height": 800}}


def log_in(page: Page, login: str = "petugas") -> None:
    page.goto("/masuk")
    page.locator("[name=login]").fill(login)
    page.locator("[name=password]").fill(PASSWORD)
    press(page.locator("main form button").first)
    page.wait_for_url(re.compile(r"/antrean"))


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("script", [True, False], ids=["script", "no_script"])
def test_a_case_is_read_from_queue_to_reasons(
    new_context: Callable[..., BrowserContext],
    assert_accessible: Callable[[Page], None],
    fits: Callable[[Page], None],
    picture: Callable[[Page, str], None],
    screen: str,
    script: bool,
) -> None:
    page = new_context(viewport=SCREENS[screen], java_script_enabled=script).new_page()
    log_in(page)
    found = []

    def look(name: str) -> None:
        found.append(name)
        if script:
            assert_accessible(page)
            fits(page)
            picture(page, f"meja-{name}")

    look("antrean")
    page.goto("/kasus")
    look("daftar")
    press(page.locator("tbody th a").last)  # the oldest: others tell new stories beside this
    expect(page.locator("h1")).to_contain_text("PPA-")
    look("kasus")
    press(page.locator(".tabs a").nth(1))
    look("jawaban")
    press(page.locator(".tabs a").nth(2))
    expect(page.locator(".verdict h1")).to_contain_text("instansi dirujuk")
    look("keputusan")
    press(page.locator("#mengapa button"))
    expect(page.locator("#mengapa .note")).to_contain_text("tidak dirujuk")
    look("mengapa-tidak")
    press(page.locator(".bottombar a", has_text="Tambah rujukan"))
    press(page.locator("main form button").first)
    look("tambah-rujukan")
    press(page.locator("main form").nth(1).locator("button"))
    expect(page.locator(".problems")).to_be_visible()
    look("tambah-rujukan-belum")
    assert len(found) == 8


def test_a_case_that_is_not_ones_own_says_so(
    page_js: Page, assert_accessible: Callable[[Page], None]
) -> None:
    log_in(page_js)
    page_js.goto("/kasus")
    address = page_js.locator("tbody th a").last.get_attribute("href")
    page_js.context.clear_cookies()
    log_in(page_js, "petugas2")
    page_js.goto(str(address))
    expect(page_js.locator("main")).to_contain_text("bukan bagian tugas Anda")
    assert_accessible(page_js)
