"""Pages on paper, by Chromium's own print: the text is there, and nothing that needs a screen."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pypdf import PdfReader

from browser.at_a_browser import begin, log_in, press

KEEP = os.environ.get("SATUPINTU_SCREENSHOTS")


def on_paper(page: Page, name: str) -> str:
    """Print a page, and return its text on one line."""
    data = page.pdf(prefer_css_page_size=True, print_background=False)
    if KEEP:
        (Path(KEEP) / f"cetak-{name}.pdf").write_bytes(data)
    pages = PdfReader(io.BytesIO(data)).pages
    return " ".join(" ".join(one.extract_text() for one in pages).split())


def test_what_staff_print_is_the_content_alone(
    new_context: Callable[..., BrowserContext],
) -> None:
    page = new_context(viewport={"width": 1280, "height": 800}).new_page()
    log_in(page, "petugas")
    for name, text in visited(page):
        assert "Dicetak" in text, name
        assert "Rahasia." in text, name
        # The header, the tabs, the buttons and the addresses of links stay on the screen.
        for control in ("Daftar kasus", "Kunci layar", "Tulis catatan", "Semua kasus", "http"):
            assert control not in text, f"{name}: {control}"


def visited(page: Page) -> Iterator[tuple[str, str]]:
    page.goto("/kasus")
    press(page.locator("tbody th a").first)
    expect(page.locator("h1")).to_contain_text("PPA-")
    number = page.locator("h1").inner_text()
    case = on_paper(page, "kasus")
    assert number in case
    yield "kasus", case
    press(page.locator(".tabs a").nth(1))
    said = page.locator(".kv dd").first.inner_text()
    answers = on_paper(page, "jawaban")
    assert said in answers
    yield "jawaban", answers
    press(page.locator(".tabs a").nth(2))
    expect(page.locator(".verdict h1")).to_contain_text("instansi dirujuk")
    decision = on_paper(page, "keputusan")
    assert page.locator(".ref h3").first.inner_text() in decision
    yield "keputusan", decision


def test_a_referral_is_printed_without_the_other_referrals_beside_it(
    new_context: Callable[..., BrowserContext],
) -> None:
    page = new_context(viewport={"width": 1280, "height": 800}).new_page()
    log_in(page, "rsud")
    page.goto("/kotak-masuk")
    press(page.locator("table a.btn").first)
    text = on_paper(page, "rujukan")
    assert page.locator("#h-lihat").inner_text() in text
    assert "Terima rujukan" not in text
    assert len(re.findall("PPA-", text)) < 4


def test_a_page_of_a_form_and_its_answers_are_printed_with_what_was_typed(
    new_context: Callable[..., BrowserContext],
) -> None:
    page = new_context(viewport={"width": 1280, "height": 800}).new_page()
    log_in(page, "petugas")
    begin(page)
    title = page.locator("main h1").inner_text()
    question = page.locator(".q__label").first.inner_text()
    text = on_paper(page, "isian")
    assert title in text
    assert question.partition("\n")[0] in text
    assert "Simpan" not in text
    page.goto(re.sub(r"/[^/]*$", "/periksa", page.url))
    checked = on_paper(page, "periksa")
    assert question.partition("\n")[0] in checked


@pytest.mark.parametrize("script", [True, False], ids=["script", "no_script"])
def test_paper_forms_are_found_in_the_menu_and_saved(
    new_context: Callable[..., BrowserContext],
    assert_accessible: Callable[[Page], None],
    fits: Callable[[Page], None],
    picture: Callable[[Page, str], None],
    script: bool,
) -> None:
    page = new_context(
        viewport={"width": 360, "height": 740}, java_script_enabled=script
    ).new_page()
    log_in(page, "petugas")
    press(page.locator(".top__nav a", has_text="Formulir kertas"))
    if script:
        assert_accessible(page)
        fits(page)
        picture(page, "formulir-kertas")
    with page.expect_download() as saved:
        page.locator("main li a").first.click()
    assert Path(saved.value.path()).read_bytes().startswith(b"%PDF-1.7")
    page.goto("/kasus")
    press(page.locator("tbody th a").first)
    with page.expect_download() as saved:
        page.locator("main a", has_text="Cetak / PDF").first.click()
    text = PdfReader(saved.value.path()).pages[0].extract_text()
    assert "PPA-" in text
    assert "Formulir terisi" in text
