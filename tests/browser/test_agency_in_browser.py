"""An agency in a real browser: its lists, a referral, accepting and following up without script."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import BrowserContext, Page, expect

from browser.at_a_browser import press
from satupintu.people.demonstration import PASSWORD

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 800}


def log_in(context: BrowserContext, login: str) -> Page:
    page = context.new_page()
    page.goto("/masuk")
    page.fill("#login", login)
    page.fill("#password", PASSWORD)
    press(page.locator("main button"))
    return page


def test_an_agencys_pages_are_accessible_and_fit_every_screen(
    new_context: Callable[..., BrowserContext],
    assert_accessible: Callable[[Page], None],
    fits: Callable[[Page], None],
    picture: Callable[[Page, str], None],
) -> None:
    page = log_in(new_context(), "rsud")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kotak masuk")
    press(page.locator("table a.btn").first)
    referral = page.url
    addresses = {
        "kotak-masuk": "/kotak-masuk",
        "ditangani": "/kotak-masuk/ditangani",
        "selesai": "/kotak-masuk/selesai",
        "rujukan": referral,
        "tolak": f"{referral}/tolak",
    }
    for screen in (DESK, PHONE):
        page.set_viewport_size(screen)
        for name, address in addresses.items():
            page.goto(address)
            assert_accessible(page)
            fits(page)
            picture(page, name)


def test_a_referral_is_accepted_and_followed_up_without_script(
    new_context: Callable[..., BrowserContext], fits: Callable[[Page], Any]
) -> None:
    page = log_in(new_context(java_script_enabled=False, viewport=PHONE), "psikolog")
    press(page.locator("table a.btn").first)
    referral = page.url
    press(page.get_by_role("button", name="Terima rujukan"))
    expect(page.get_by_text("Penanggung jawab: Petugas Psikolog klinis.")).to_be_visible()
    fits(page)
    press(page.get_by_role("button", name="Tulis tindak lanjut"))
    page.locator("input[name=petugas_pic]").fill("Petugas contoh")
    page.locator("input[type=radio][value=false]").first.check()
    press(page.locator("button[value=next]"))
    fits(page)
    press(page.get_by_role("button", name="Kirim tindak lanjut"))
    assert page.url == referral
    expect(page.get_by_role("heading", name="Tindak lanjut,")).to_be_visible()
