"""Types of question that no shipped form asks yet, held against axe and the width of a phone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page

from forms.small_forms import choice, form, question
from satupintu import words
from satupintu.documents import Json
from satupintu.errors import Problem
from satupintu.forms import questions
from satupintu.forms.rendering import page_html

STYLE = Path(__file__).parents[2] / "platform/satupintu/web/assets/style.css"
PHONE = {"width": 360, "height": 740}


def asked(title: str, **keywords: Json) -> dict[str, Json]:
    widget = keywords.pop("widget", None)
    ui = {"help": "Bila belum tahu, kosongkan."} | ({"widget": widget} if widget else {})
    return {**question(title.split()[0].lower(), title, **keywords), "x-ui": ui}


FORM = form(
    {
        "surel": asked("Surel", type="string", format="email"),
        "jam": asked("Jam berapa", type="string", format="time"),
        "berat": asked("Berat badan", type="number", minimum=0, maximum=300),
        "biaya": asked("Biaya obat", type="integer", minimum=0, maximum=10**9, widget="money"),
        "telepon": asked("Telepon rumah", type="string", widget="phone"),
        "nik": asked("NIK yang lengkap", type="string", widget="nik"),
        "mulai": asked(
            "Mulai kira-kira kapan", type="string", format="date", widget="estimated-date"
        ),
        "desa": asked(
            "Kelurahan atau desa", type="string", oneOf=choice(*(f"desa {n}" for n in range(40)))
        ),
    }
)
ANSWERS: dict[str, Json] = {
    "surel": "nama@contoh.id",
    "jam": "09:30:00+07:00",
    "berat": 62.5,
    "biaya": 1_500_000,
    "telepon": "+6281234567890",
    "nik": "1671055405950001",
    "mulai": "2026-11-09",
    "desa": "desa 7",
}
KINDS = {"email", "time", "decimal", "money", "phone", "nik", "estimated-date", "combobox"}


@pytest.mark.parametrize("language", words.LANGUAGES)
@pytest.mark.parametrize("wrong", [False, True])
def test_every_new_type_is_accessible_and_fits_a_phone(
    browser: Browser,
    assert_accessible: Callable[[Page], None],
    fits: Callable[[Page], None],
    picture: Callable[[Page, str], None],
    language: str,
    wrong: bool,
) -> None:
    assert {q.kind for q in FORM.questions.values()} == KINDS <= questions.types().keys()
    problems = [Problem("questions.no_such_date", pointer=f"/{n}") for n in ANSWERS if wrong]
    html = page_html(
        FORM, FORM.pages[0], language=language, zone=ZoneInfo("Asia/Jakarta"), answers=ANSWERS,
        problems=problems,
    )  # fmt: skip
    page = browser.new_page(viewport=PHONE)
    page.set_content(
        f"<!doctype html><html lang={language}><head><title>Contoh</title>"
        f"<style>{STYLE.read_text(encoding='utf-8')}</style></head><body><main class=wrap>"
        f"<h1>Contoh</h1><form novalidate>{html}</form></main></body></html>"
    )
    page.locator("details summary").click()
    assert_accessible(page)
    fits(page)
    picture(page, f"jenis-{language}-{'salah' if wrong else 'benar'}")
    page.close()
