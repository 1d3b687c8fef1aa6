"""A schema written for others becomes a draft in a real browser, with and without JavaScript."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from browser.at_a_browser import log_in, press
from forms.xlsform_samples import survey, workbook

SCREENS = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1280, "height": 800}}
WORKBOOK: Any = survey(
    ("begin_group", "keluarga", "Keluarga", None, None),
    ("text", "nama", "Nama kepala keluarga", None, "draw"),
    ("integer", "anggota", "Jumlah anggota", None, None),
    ("date", "pindah", "Pindah sejak", ". <= today()", None),
    ("video", "rumah", "Rekaman rumah", None, None),
    ("end_group",),
    columns="constraint appearance",
)
SAMPLE = Path(__file__).parents[1] / "forms" / "imports" / "rules-that-hide.json"


@pytest.mark.parametrize(("screen", "with_script"), [("phone", False), ("desk", True)])
def test_an_administrator_brings_a_schema_in_and_goes_on_with_its_draft(
    new_context: Callable[..., BrowserContext],
    served: Any,
    look: Callable[[Page, str], None],
    screen: str,
    with_script: bool,
) -> None:
    def see(name: str) -> None:
        if with_script:
            look(page, name)

    sample = json.loads(SAMPLE.read_bytes())
    options = {"viewport": SCREENS[screen], "java_script_enabled": with_script}
    page = new_context(base_url=served.admin, **options).new_page()
    log_in(page, "administrator")
    page.goto("/draf/baru")
    press(page.get_by_role("link", name="bawa masuk dari tempat lain", exact=False))
    see("dari-lain")
    press(page.get_by_role("button", name="Buat draf"))
    expect(page.locator(".problems")).to_contain_text("schema")
    see("dari-lain-kosong")
    page.get_by_label("Skema", exact=True).fill(json.dumps(sample["schema"]))
    page.get_by_label("Tampilan halamannya", exact=True).fill(json.dumps(sample["ui"]))
    page.get_by_label("Id formulir").fill(f"lapor-{screen}")
    press(page.get_by_role("button", name="Buat draf"))
    expect(page.locator(".words")).to_contain_text("/elements/3/rule")
    see("dari-lain-jadi")
    press(page.get_by_role("link", name="Lanjutkan draf"))
    assert f"lapor-{screen}" in page.get_by_label("Isi dokumen").input_value()


@pytest.mark.parametrize(("screen", "with_script"), [("phone", False), ("desk", True)])
def test_an_administrator_brings_a_workbook_in_and_reads_what_was_lost(
    new_context: Callable[..., BrowserContext],
    served: Any,
    look: Callable[[Page, str], None],
    tmp_path: Path,
    screen: str,
    with_script: bool,
) -> None:
    def see(name: str) -> None:
        if with_script:
            look(page, name)

    right, wrong = tmp_path / f"survei-{screen}.xlsx", tmp_path / "salah.xlsx"
    right.write_bytes(workbook(WORKBOOK))
    wrong.write_bytes(workbook(survey(("select_one zz", "a", "A"), ("texte", "b", "B"))))
    options = {"viewport": SCREENS[screen], "java_script_enabled": with_script}
    page = new_context(base_url=served.admin, **options).new_page()
    log_in(page, "administrator")
    page.goto("/draf/dari-lain")
    page.get_by_label("Berkas skema, atau buku kerja").set_input_files(wrong)
    press(page.get_by_role("button", name="Buat draf"))
    expect(page.locator(".problems")).to_contain_text("survey!A2")
    see("buku-kerja-salah")
    page.get_by_label("Berkas skema, atau buku kerja").set_input_files(right)
    page.get_by_label("Id formulir").fill(f"survei-{screen}")
    press(page.get_by_role("button", name="Buat draf"))
    expect(page.locator(".words")).to_contain_text("survey!D5")
    see("buku-kerja-jadi")
    press(page.get_by_role("link", name="Lanjutkan draf"))
    assert "Nama kepala keluarga" in page.get_by_label("Isi dokumen").input_value()
