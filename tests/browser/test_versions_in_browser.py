"""A document from draft to in force and back, by two people, in a real browser."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from browser.at_a_browser import document, press
from satupintu.people.demonstration import PASSWORD

SCREENS = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1280, "height": 800}}


def changed_laws(words: str) -> str:
    laws = json.loads(json.dumps(document("rules/legal_basis.json")))
    laws[0]["points"]["id"] = words
    return json.dumps(laws, ensure_ascii=False, indent=1)


@pytest.mark.parametrize(("screen", "with_script"), [("phone", False), ("desk", True)])
def test_two_people_bring_a_change_in_force_and_take_it_back(
    new_context: Callable[..., BrowserContext],
    served: Any,
    look: Callable[[Page, str], None],
    screen: str,
    with_script: bool,
) -> None:
    def somebody(login: str) -> Page:
        options = {"viewport": SCREENS[screen], "java_script_enabled": with_script}
        page = new_context(base_url=served.admin, **options).new_page()
        page.goto("/masuk")
        page.get_by_label("Nama masuk").fill(login)
        page.get_by_label("Kata sandi").fill(PASSWORD)
        press(page.get_by_role("button", name="Masuk ke akun"))
        expect(page.get_by_role("link", name="Versi", exact=False).first).to_be_visible()
        return page

    see = look if with_script else (lambda _page, _name: None)
    words = f"Dibaca ulang {screen} {with_script}."
    writer, owner = somebody("administrator"), somebody("pemilik.kebijakan")
    writer.goto("/draf/baru")
    see(writer, "versi-baru")
    writer.get_by_label("Isi dokumen").fill(changed_laws(words))
    press(writer.get_by_role("button", name="Simpan sebagai draf"))
    see(writer, "draf")
    press(writer.get_by_role("button", name="Simpan dan periksa"))
    for _ in range(60):
        if not writer.get_by_text("Pemeriksaan sedang berjalan").is_visible():
            break
        writer.wait_for_timeout(250)
        press(writer.get_by_role("link", name="Perbarui"))
    expect(writer.locator("#gates .tag--ok")).to_have_count(2)
    see(writer, "versi-diperiksa")
    writer.get_by_label("Apa yang berubah").fill("Kalimatnya lebih tepat")
    press(writer.get_by_role("button", name="Ajukan"))
    expect(writer.locator(".vpath [aria-current]")).to_have_text("Diajukan")

    owner.goto("/versi")
    see(owner, "versi-menunggu")
    press(owner.locator("#h-waiting + ul a").first)
    expect(owner.get_by_text(words).first).to_be_visible()
    see(owner, "versi-disetujui-siapa")
    press(owner.get_by_role("button", name="Setujui versi"))
    owner.get_by_role("link", name="Tulis alasannya").click()
    expect(owner.get_by_label("Alasan persetujuan")).to_be_focused()
    see(owner, "versi-tanpa-alasan")
    owner.get_by_label("Alasan persetujuan").fill("Setuju")
    press(owner.get_by_role("button", name="Setujui versi"))
    expect(owner.locator(".vpath [aria-current]")).to_have_text("Berlaku")
    see(owner, "versi-berlaku")
    owner.get_by_label("Mengapa ditarik?").fill("Uji selesai")
    press(owner.get_by_role("button", name="Tarik versi"))
    expect(owner.locator(".vpath [aria-current]")).to_have_text("Ditarik")
    see(owner, "versi-ditarik")
    owner.goto("/versi?lang=en")
    see(owner, "versions")


def rules_without(rule: str) -> str:
    rules = json.loads(json.dumps(document("rules/rujukan.json")))
    rules["rules"] = [one for one in rules["rules"] if one["id"] != rule]
    rules["examples"] = []
    return json.dumps(rules, ensure_ascii=False, indent=1)


@pytest.mark.parametrize("with_script", [True, False])
def test_whoever_writes_sees_a_promise_break_and_opens_the_case_as_a_form(
    new_context: Callable[..., BrowserContext],
    served: Any,
    look: Callable[[Page, str], None],
    with_script: bool,
) -> None:
    see = look if with_script else (lambda _page, _name: None)
    options = {"viewport": SCREENS["desk"], "java_script_enabled": with_script}
    page = new_context(base_url=served.admin, **options).new_page()
    page.goto("/masuk")
    page.get_by_label("Nama masuk").fill("pemilik.kebijakan")
    page.get_by_label("Kata sandi").fill(PASSWORD)
    press(page.get_by_role("button", name="Masuk ke akun"))
    page.goto("/draf/baru")
    page.get_by_label("Isi dokumen").fill(json.dumps(document("rules/rujukan.json")))
    press(page.get_by_role("button", name="Simpan sebagai draf"))
    page.get_by_label("Isi dokumen").fill(rules_without("R47"))
    if not with_script:
        press(page.get_by_role("button", name="Lihat dulu"))
    verdict = page.locator("#lihat li", has_text="P09")
    expect(verdict).to_contain_text("Terbantah")
    expect(verdict).to_contain_text("Apakah korban setuju kejadian ini dilaporkan ke polisi?")
    assert "R47" not in page.get_by_label("Isi dokumen").input_value()
    see(page, "draf-dinilai")
    press(page.get_by_role("button", name="Simpan dan periksa"))
    for _ in range(120):
        if not page.get_by_text("Pemeriksaan sedang berjalan").is_visible():
            break
        page.wait_for_timeout(250)
        press(page.get_by_role("link", name="Perbarui"))
    press(page.get_by_role("link", name="Isian yang melanggar P09"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("P09")
    expect(page.get_by_text("Hilang").first).to_be_visible()
    see(page, "isian-yang-melanggar")
    press(page.get_by_role("button", name="Simpan sebagai contoh"))
    assert '"P09-1"' in page.get_by_label("Isi dokumen").input_value()
