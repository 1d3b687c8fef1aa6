"""The pages of the second factor in a real browser, held against axe and the width of a phone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from werkzeug.serving import make_server

from actions.phone import Phone
from browser.at_a_browser import press
from satupintu.actions import demonstration
from satupintu.actions.platform import Platform
from satupintu.app import create_app
from satupintu.config import Settings
from satupintu.people.demonstration import PASSWORD

SCREENS = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1280, "height": 800}}
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


def log_in(page: Page, login: str, password: str = PASSWORD) -> None:
    page.goto("/masuk")
    page.get_by_label("Nama masuk").fill(login)
    page.get_by_label("Kata sandi").fill(password)
    press(page.get_by_role("button", name="Masuk ke akun"))


def enter(page: Page, code: str, button: str = "Masuk ke akun") -> None:
    page.get_by_label("Kode", exact=True).fill(code)
    press(page.get_by_role("button", name=button))


@pytest.mark.parametrize(
    ("screen", "with_script"), [("phone", True), ("desk", True), ("phone", False)]
)
def test_somebody_switches_it_on_logs_in_with_a_code_and_switches_it_off(
    new_context: Callable[..., BrowserContext],
    served: Any,
    look: Look,
    screen: str,
    with_script: bool,
) -> None:
    page = new_context(viewport=SCREENS[screen], java_script_enabled=with_script).new_page()
    see = look if with_script else (lambda _page, _name: None)
    log_in(page, "kejari.kepala")
    page.goto("/akun")
    press(page.get_by_role("link", name="Keamanan akun"))
    see(page, "keamanan")
    press(page.get_by_role("button", name="Mulai dengan ponsel saya"))
    expect(page.locator("[role=img] svg")).to_be_visible()
    see(page, "keamanan-pindai")
    phone = Phone(page.locator("code").inner_text())
    enter(page, phone.wrong(), "Aktifkan")
    see(page, "keamanan-kode-keliru")
    enter(page, phone.code(), "Aktifkan")
    see(page, "kode-cadangan")
    codes = page.locator("ol code").all_inner_texts()
    assert len(codes) == 10
    page.goto("/akun/keamanan")
    see(page, "keamanan-aktif")

    page.goto("/akun")
    press(page.get_by_role("button", name="Keluar dari akun"))
    log_in(page, "kejari.kepala")
    expect(page.get_by_role("heading", name="Satu langkah lagi")).to_be_visible()
    see(page, "masuk-kode")
    enter(page, phone.wrong())
    see(page, "masuk-kode-keliru")
    enter(page, codes[0])
    page.goto("/akun/keamanan")
    expect(page.get_by_text("9 belum dipakai")).to_be_visible()

    press(page.get_by_role("link", name="Buat kode cadangan baru"))
    see(page, "kode-cadangan-baru")
    page.goto("/akun/keamanan")
    press(page.get_by_role("link", name="Matikan verifikasi dua langkah"))
    see(page, "keamanan-matikan")
    page.get_by_label("Kata sandi").fill("keliru")
    enter(page, codes[1], "Matikan verifikasi dua langkah")
    see(page, "keamanan-matikan-keliru")
    page.get_by_label("Kata sandi").fill(PASSWORD)
    enter(page, codes[1], "Matikan verifikasi dua langkah")
    expect(page.get_by_role("heading", name="Verifikasi dua langkah mati")).to_be_visible()
    see(page, "keamanan-mati")


@pytest.mark.parametrize("screen", SCREENS)
def test_an_administrator_removes_it_together_with_a_new_link(
    new_context: Callable[..., BrowserContext], served: Any, look: Look, screen: str
) -> None:
    desk = new_context(viewport=SCREENS[screen], base_url=served.admin).new_page()
    log_in(desk, "administrator")
    desk.goto("/daftar-akun/baru")
    desk.get_by_label("Nama masuk").fill(f"ponsel.{screen}")
    desk.get_by_label("Jabatan").fill("Petugas contoh")
    desk.get_by_label("Instansi").select_option(index=3)
    desk.get_by_label("Peran").select_option("agency_officer")
    press(desk.get_by_role("button", name="Buat akun"))
    owner = new_context(viewport=SCREENS[screen]).new_page()
    owner.goto(desk.locator("code").inner_text())
    owner.get_by_label("Kata sandi baru").fill("kuda-biru-melompat-tinggi")
    press(owner.get_by_role("button", name="Simpan kata sandi baru"))
    log_in(owner, f"ponsel.{screen}", "kuda-biru-melompat-tinggi")
    owner.goto("/akun/keamanan")
    press(owner.get_by_role("button", name="Mulai dengan ponsel saya"))
    enter(owner, Phone(owner.locator("code").inner_text()).code(), "Aktifkan")

    desk.goto("/daftar-akun")
    look(desk, "daftar-akun-dua-langkah")
    desk.goto(f"/daftar-akun/ponsel.{screen}")
    look(desk, "satu-akun-dua-langkah")
    desk.get_by_label("Hapus juga verifikasi dua langkah").check()
    press(desk.get_by_role("button", name="Buat tautan baru"))
    expect(desk.get_by_role("heading", name="Verifikasi dua langkah dihapus")).to_be_visible()
    look(desk, "tautan-tanpa-dua-langkah")


@contextmanager
def pages(var: Path, setting: str) -> Iterator[str]:
    """Serve the pages of an installation with another setting; the address."""
    settings = replace(
        Settings.read({"SATUPINTU_VAR": str(var)}),
        second_factor=setting,  # type: ignore[arg-type]
    )
    demonstration.make_key(settings)
    platform = Platform.open(settings)
    demonstration.fill(platform)
    server = make_server("127.0.0.1", 0, create_app(platform), threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        platform.close()


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("required", "Aktifkan verifikasi dua langkah dulu"),
        ("off", "Tidak dipakai di sini"),
    ],
)
def test_the_page_says_where_it_is_required_and_where_it_is_not_in_use(
    new_context: Callable[..., BrowserContext],
    look: Look,
    tmp_path: Path,
    setting: str,
    said: str,
) -> None:
    with pages(tmp_path / "var", setting) as address:
        page = new_context(viewport=SCREENS["phone"], base_url=address).new_page()
        log_in(page, "petugas")
        page.goto("/akun/keamanan")
        expect(page.get_by_role("heading", name=said)).to_be_visible()
        look(page, f"keamanan-{setting}")
        page.context.close()
