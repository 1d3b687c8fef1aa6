"""Logging in, covering the screen and the administrators' pages, in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from browser.at_a_browser import press
from satupintu.people.demonstration import PASSWORD

SCREENS = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1280, "height": 800}}
DOCUMENTS = (
    "form/asesmen-awal",
    "rule_set/rujukan",
    "agencies/agencies",
    "legal_basis/legal_basis",
    "service/service",
)
Look = Callable[[Page, str], None]


@pytest.fixture
def look(
    assert_accessible: Callable[[Page], None],
    fits: Callable[[Page], None],
    picture: Callable[[Page, str], None],
) -> Look:
    """Hold a page against axe and the width of its screen, and keep a picture of it."""

    def see(page: Page, name: str) -> None:
        assert_accessible(page)
        fits(page)
        picture(page, name)

    return see


def log_in(page: Page, address: str, login: str, password: str = PASSWORD) -> None:
    page.goto(f"{address}/masuk")
    page.get_by_label("Nama masuk").fill(login)
    page.get_by_label("Kata sandi").fill(password)
    press(page.get_by_role("button", name="Masuk ke akun"))


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("with_script", [True, False])
def test_somebody_logs_in_covers_the_screen_uncovers_it_and_leaves(
    new_context: Callable[..., BrowserContext],
    served: Any,
    look: Look,
    screen: str,
    with_script: bool,
) -> None:
    page = new_context(viewport=SCREENS[screen], java_script_enabled=with_script).new_page()
    see = look if with_script else (lambda _page, _name: None)
    page.goto("/akun")
    see(page, "masuk")
    log_in(page, served.pages, "petugas2", "keliru")
    see(page, "masuk-tidak-cocok")
    log_in(page, served.pages, "petugas2")
    page.goto("/akun")
    see(page, "akun")
    press(page.get_by_role("link", name="Ganti kata sandi"))
    see(page, "sandi")
    press(page.get_by_role("button", name="Kunci"))
    expect(page.get_by_role("heading", name="Layar terkunci")).to_be_visible()
    assert "Ganti kata sandi" not in page.content()
    see(page, "kunci")
    page.get_by_label("Kata sandi").fill(PASSWORD)
    press(page.get_by_role("button", name="Buka kunci"))
    expect(page.get_by_role("heading", name="Ganti kata sandi")).to_be_visible()
    page.goto("/akun")
    press(page.get_by_role("button", name="Keluar dari akun"))
    expect(page).to_have_url(f"{served.pages}/masuk")
    page.go_back()
    page.reload()
    assert "petugas2" not in page.content()


def test_an_administrator_is_shown_the_way_from_the_pages_to_the_desk(
    page_js: Page, served: Any, look: Look
) -> None:
    log_in(page_js, served.pages, "administrator")
    look(page_js, "alamat-lain")
    press(page_js.get_by_role("link", name="Buka halaman administrator"))
    expect(page_js).to_have_url(f"{served.admin}/dokumen")


@pytest.mark.parametrize("screen", SCREENS)
def test_the_documents_in_force_can_be_read_on_any_screen(
    new_context: Callable[..., BrowserContext], served: Any, look: Look, screen: str
) -> None:
    page = new_context(viewport=SCREENS[screen], base_url=served.admin).new_page()
    log_in(page, served.admin, "pemilik.kebijakan")
    look(page, "dokumen")
    for document in DOCUMENTS:
        page.goto(f"/dokumen/{document}")
        look(page, f"dokumen-{document.partition('/')[0]}")


@pytest.mark.parametrize("screen", SCREENS)
def test_an_administrator_makes_an_account_and_its_owner_sets_a_password(
    new_context: Callable[..., BrowserContext], served: Any, look: Look, screen: str
) -> None:
    context = new_context(viewport=SCREENS[screen], base_url=served.admin)
    page = context.new_page()
    log_in(page, served.admin, "administrator")
    page.goto("/daftar-akun")
    look(page, "daftar-akun")
    press(page.get_by_role("link", name="Akun baru"))
    press(page.get_by_role("button", name="Buat akun"))
    look(page, "akun-baru")
    page.get_by_label("Nama masuk").fill(f"contoh.{screen}")
    page.get_by_label("Jabatan").fill("Petugas contoh")
    page.get_by_label("Instansi").select_option(index=3)
    page.get_by_label("Peran").select_option("agency_officer")
    press(page.get_by_role("button", name="Buat akun"))
    look(page, "tautan")
    link = page.locator("code").inner_text()
    assert link.startswith(f"{served.pages}/sandi/atur/")
    page.goto(f"/daftar-akun/contoh.{screen}")
    look(page, "satu-akun")
    owner = new_context(viewport=SCREENS[screen]).new_page()
    owner.goto(link)
    look(owner, "atur-sandi")
    owner.get_by_label("Kata sandi baru").fill("kuda-biru-melompat-tinggi")
    press(owner.get_by_role("button", name="Simpan kata sandi baru"))
    look(owner, "masuk-baru")
    log_in(owner, served.pages, f"contoh.{screen}", "kuda-biru-melompat-tinggi")
    owner.goto("/akun")
    expect(owner.get_by_role("heading", name="Akun Anda")).to_be_visible()


@pytest.mark.parametrize("screen", SCREENS)
def test_an_auditor_reads_the_trail_and_checks_its_chain(
    new_context: Callable[..., BrowserContext], served: Any, look: Look, screen: str
) -> None:
    page = new_context(viewport=SCREENS[screen], base_url=served.admin).new_page()
    log_in(page, served.admin, "auditor")
    page.goto("/jejak")
    look(page, "jejak")
    page.goto("/jejak?login=tidak.ada")
    look(page, "jejak-kosong")
    page.goto("/jejak")
    press(page.get_by_role("link", name="Periksa rantai"))
    expect(page.get_by_role("heading", name="Rantai utuh")).to_be_visible()
    look(page, "rantai")
