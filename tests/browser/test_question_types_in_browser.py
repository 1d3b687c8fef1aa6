"""Every question type of the catalogue, in every state: axe, a narrow screen, the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page

from satupintu import words
from satupintu.forms import catalogue

STYLE = Path(__file__).parents[2] / "platform/satupintu/web/assets/style.css"
NARROW = {"width": 320, "height": 740}
"""What a screen of 640 pixels has left at 200 %."""

REACHED = """() => {
  const own = e => e.name && e.type === 'radio' ? e.form.elements[e.name][0] ?? e : e
  return own(document.activeElement).id || document.activeElement.outerHTML.slice(0, 90)
}"""
WANTED = """() => [...document.querySelectorAll(
    'form input, form select, form textarea, form button, form summary')]
  .filter(e => e.tabIndex >= 0 && !e.disabled && e.type !== 'hidden'
    && e.checkVisibility({visibilityProperty: true}))
  .map(e => e.type === 'radio' ? e.form.elements[e.name][0] ?? e : e)
  .map(e => e.id || e.outerHTML.slice(0, 90))"""


@pytest.fixture
def shown(browser: Browser) -> Iterator[Callable[[str, str], Page]]:
    """Show one type of the catalogue after the other in all its states, on a narrow screen."""
    page = browser.new_page(viewport=NARROW)

    def open_(kind: str, language: str) -> Page:
        states = catalogue.shown(kind, language=language, zone=ZoneInfo("Asia/Jakarta")).states
        html = "".join(
            f'<section aria-label="{state}"><form novalidate>{html}</form></section>'
            for state, html in states.items()
        )
        page.set_content(
            f"<!doctype html><html lang={language}><head><title>Contoh</title>"
            f"<style>{STYLE.read_text(encoding='utf-8')}</style></head><body><main class=wrap>"
            f"<h1>Contoh</h1>{html}</main></body></html>"
        )
        return page

    yield open_
    page.close()


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_every_type_in_every_state_is_accessible_and_fits_a_narrow_screen(
    shown: Callable[[str, str], Page],
    assert_accessible: Callable[[Page], None],
    fits: Callable[[Page], None],
    picture: Callable[[Page, str], None],
    language: str,
) -> None:
    for kind in catalogue.specimens():
        page = shown(kind, language)
        for summary in page.locator("details summary").all():
            summary.click()
        assert_accessible(page)
        fits(page)
        picture(page, f"jenis-{kind}-{language}")


def test_every_control_of_every_type_is_reached_by_the_keyboard(
    shown: Callable[[str, str], Page],
) -> None:
    for kind in catalogue.specimens():
        page = shown(kind, "id")
        wanted = list(dict.fromkeys(page.evaluate(WANTED)))
        reached: list[str] = []
        while not set(wanted) <= set(reached):
            assert len(reached) < len(wanted) + 20, (kind, set(wanted) - set(reached))
            page.keyboard.press("Tab")
            reached.append(page.evaluate(REACHED))
        order = [one for one in dict.fromkeys(reached) if one in wanted]
        assert order == wanted, kind
