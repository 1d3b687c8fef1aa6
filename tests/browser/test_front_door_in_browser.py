from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from browser.at_a_browser import press

PAGES = ("/", "/datang", "/privasi", "/aksesibilitas", "/hapus-jejak", "/tidak-ada", "/kalender")
SCREENS = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1280, "height": 800}}


@pytest.mark.parametrize(("screen", "language"), [("phone", "id"), ("desk", "en")])
def test_public_pages_are_accessible_and_fit_the_screen(
    new_context: Callable[..., BrowserContext],
    assert_accessible: Callable[[Page], None],
    fits: Callable[[Page], None],
    picture: Callable[[Page, str], None],
    screen: str,
    language: str,
) -> None:
    page = new_context(viewport=SCREENS[screen]).new_page()
    for address in PAGES:
        page.goto(f"{address}?lang={language}")
        assert_accessible(page)
        fits(page)
        picture(page, f"{address.strip('/') or 'beranda'}-{language}")


def test_the_narrowest_screen_still_shows_everything(
    new_context: Callable[..., BrowserContext], fits: Callable[[Page], None]
) -> None:
    page = new_context(viewport={"width": 320, "height": 560}).new_page()
    for address in PAGES:
        page.goto(address)
        fits(page)


def test_the_exit_never_covers_what_stands_in_the_header(page_js: Page) -> None:
    page_js.goto("/")
    exit_box = page_js.locator(".exit__btn").bounding_box()
    lang_box = page_js.locator(".lang").bounding_box()
    assert exit_box is not None
    assert lang_box is not None
    assert lang_box["x"] + lang_box["width"] <= exit_box["x"]


def test_a_reporters_page_weighs_at_most_40_kilobytes_in_3_requests(
    weigh: Callable[[str], Any],
) -> None:
    weight = weigh("/")
    assert len(weight.requests) <= 3, weight.requests
    assert weight.size <= 40 * 1024


@pytest.mark.parametrize("with_script", [True, False])
def test_leaving_quickly_leads_to_a_neutral_page_and_keeps_no_cookie(
    new_context: Callable[..., BrowserContext], with_script: bool
) -> None:
    context = new_context(java_script_enabled=with_script)
    page = context.new_page()
    page.goto("/?lang=en")
    page.goto("/privasi")
    assert context.cookies()
    press(page.get_by_role("link", name="Leave quickly"))
    expect(page).to_have_title("Kalender")
    assert context.cookies() == []
    assert "Satu Pintu" not in page.content()


def test_the_screen_is_blank_within_a_tenth_of_a_second(page_js: Page) -> None:
    page_js.goto("/")
    page_js.route("**/keluar", lambda route: None)  # the server never answers
    took = page_js.evaluate(
        """() => {
            const before = performance.now();
            document.querySelector('[data-exit]').click();
            return [performance.now() - before, document.body.innerText, document.title];
        }"""
    )
    assert took[0] < 100
    assert took[1] == ""
    assert "Satu" not in took[2]


def test_the_page_that_was_left_is_replaced_in_the_history(page_js: Page) -> None:
    page_js.goto("/kalender")
    page_js.goto("/hapus-jejak")
    press(page_js.get_by_role("link", name="Keluar cepat"))
    expect(page_js).to_have_title("Kalender")
    page_js.go_back()
    assert page_js.url.endswith("/kalender")
