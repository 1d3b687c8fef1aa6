from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from actions.phone import Phone
from satupintu.people.roles import ACCOUNT_ROLES
from web import visitor

NEW = {"title": "Petugas contoh", "agency": "RSUD", "role": "agency_officer"}
FRESH = "kuda-biru-melompat-tinggi"


def link_in(page: str) -> str:
    found = re.search(r"http://localhost:8080(/sandi/atur/[\w-]+)", page)
    assert found is not None, page
    return found.group(1)


def test_an_account_is_made_with_a_link_that_its_owner_uses_once(
    administrator: FlaskClient, app: Flask
) -> None:
    answer = visitor.post(administrator, "/daftar-akun/baru", login="contoh.satu", **NEW)
    assert answer.status_code == 200
    link = link_in(answer.text)
    assert "Menunggu kata sandi" in administrator.get("/daftar-akun/contoh.satu").text
    owner = app.test_client()
    assert visitor.post(owner, link, password_new=FRESH).status_code == 303
    assert visitor.log_in(owner, "contoh.satu", FRESH).status_code == 303
    assert "Dapat masuk" in administrator.get("/daftar-akun/contoh.satu").text
    assert link not in administrator.get("/daftar-akun/contoh.satu").text


def test_a_new_link_ends_password_and_sessions(administrator: FlaskClient, app: Flask) -> None:
    owner = app.test_client()
    first = visitor.post(administrator, "/daftar-akun/baru", login="contoh.dua", **NEW)
    visitor.post(owner, link_in(first.text), password_new=FRESH)
    visitor.log_in(owner, "contoh.dua", FRESH)
    assert visitor.inside(owner, "/akun")
    second = visitor.post(administrator, "/daftar-akun/contoh.dua/tautan")
    assert not visitor.inside(owner, "/akun")
    assert owner.get(link_in(first.text)).status_code == 404
    assert owner.get(link_in(second.text)).status_code == 200


def test_a_closed_account_is_closed_for_good(administrator: FlaskClient, app: Flask) -> None:
    link = link_in(
        visitor.post(administrator, "/daftar-akun/baru", login="contoh.tiga", **NEW).text
    )
    closed = visitor.post(administrator, "/daftar-akun/contoh.tiga/tutup")
    assert closed.headers["Location"] == "/daftar-akun/contoh.tiga"
    page = administrator.get("/daftar-akun/contoh.tiga").text
    assert "Ditutup" in page
    assert "Buat tautan baru" not in page
    assert app.test_client().get(link).status_code == 404
    assert visitor.post(administrator, "/daftar-akun/contoh.tiga/tautan").status_code == 409


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"login": "Nama Orang"}, "huruf kecil"),
        ({"login": ""}, "huruf kecil"),
        ({"login": "petugas"}, "sudah dipakai"),
        ({"title": " "}, "Tulis jabatan"),
        ({"agency": "TIADA"}, "tidak ada dalam daftar"),
        ({"role": ""}, "Pilih satu peran"),
        ({"role": "worker"}, "Pilih satu peran"),
        ({"role": "public"}, "Pilih satu peran"),
        ({"role": "staff"}, "hanya untuk"),
        ({"agency": "UPTD_PPA"}, "untuk instansi rujukan"),
    ],
)
def test_what_keeps_an_account_from_being_made_is_said_at_its_field_and_nothing_is_lost(
    administrator: FlaskClient, changed: dict[str, str], said: str
) -> None:
    fields = {"login": "contoh.lain", **NEW, **changed}
    answer = visitor.post(administrator, "/daftar-akun/baru", **fields)
    assert answer.status_code in (400, 409)
    assert said in answer.text
    assert 'aria-invalid="true"' in answer.text
    for value in (fields["login"].strip(), fields["title"].strip()):
        assert not value or f'value="{value}"' in answer.text
    assert administrator.get("/daftar-akun/contoh.lain").status_code == 404


def test_nobody_closes_their_own_account(administrator: FlaskClient) -> None:
    assert "Tutup akun administrator" not in administrator.get("/daftar-akun/administrator").text
    answer = visitor.post(administrator, "/daftar-akun/administrator/tutup")
    assert answer.status_code == 409
    assert "Minta administrator lain" in answer.text
    assert visitor.inside(administrator, "/akun")


def test_the_list_has_every_role_and_no_secret(administrator: FlaskClient) -> None:
    page = administrator.get("/daftar-akun?lang=id").text
    assert "Kepala layanan" in page
    assert len(ACCOUNT_ROLES) == 7
    assert "argon2" not in page


def switched_on(client: FlaskClient) -> Phone:
    """Let whoever is logged in switch a second factor on."""
    visitor.post(client, "/akun/keamanan/mulai")
    found = re.search(
        r'<code translate="no">([A-Z2-7 ]+)</code>', client.get("/akun/keamanan").text
    )
    assert found is not None
    phone = Phone(found.group(1))
    data = {"csrf_token": visitor.token(client, "/akun"), "second_factor_code": phone.code()}
    assert client.post("/akun/keamanan/aktifkan", data=data).status_code == 200
    return phone


def test_a_lost_phone_is_replaced_with_a_new_link_and_only_where_it_is_asked_for(
    administrator: FlaskClient, app: Flask, auditor: FlaskClient
) -> None:
    owner = app.test_client()
    first = visitor.post(administrator, "/daftar-akun/baru", login="contoh.ponsel", **NEW)
    visitor.post(owner, link_in(first.text), password_new=FRESH)
    visitor.log_in(owner, "contoh.ponsel", FRESH)
    switched_on(owner)
    page = administrator.get("/daftar-akun/contoh.ponsel").text
    assert "Hapus juga verifikasi dua langkah" in page

    kept = visitor.post(administrator, "/daftar-akun/contoh.ponsel/tautan")
    visitor.post(owner, link_in(kept.text), password_new=FRESH)
    assert "Satu langkah lagi" in visitor.log_in(owner, "contoh.ponsel", FRESH).text

    removed = visitor.post(administrator, "/daftar-akun/contoh.ponsel/tautan", second_factor="1")
    assert "Verifikasi dua langkah dihapus" in removed.text
    visitor.post(owner, link_in(removed.text), password_new=FRESH)
    assert visitor.log_in(owner, "contoh.ponsel", FRESH).status_code == 303
    assert "Hapus juga" not in administrator.get("/daftar-akun/contoh.ponsel").text
    trail = auditor.get("/jejak?action=account.reset").text
    assert "second_factor_removed: True" in trail
    assert "second_factor_removed: False" in trail


def test_an_administrators_own_second_factor_takes_password_and_code_like_anybodys(
    app: Flask, administrator: FlaskClient
) -> None:
    visitor.post(
        administrator,
        "/daftar-akun/baru",
        login="contoh.pengurus",
        **{**NEW, "agency": "UPTD_PPA", "role": "administrator"},
    )
    link = link_in(visitor.post(administrator, "/daftar-akun/contoh.pengurus/tautan").text)
    other = app.test_client()
    visitor.post(other, link, password_new=FRESH)
    visitor.log_in(other, "contoh.pengurus", FRESH)
    switched_on(other)
    assert "Hapus juga" not in other.get("/daftar-akun/contoh.pengurus").text
    answer = visitor.post(other, "/daftar-akun/contoh.pengurus/tautan", second_factor="1")
    assert answer.status_code == 409
    assert "dengan kata sandi dan kode" in answer.text
    assert visitor.inside(other, "/akun")
