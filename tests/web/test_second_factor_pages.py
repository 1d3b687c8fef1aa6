"""The pages of the second factor: switched on, asked for after the password, switched off."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from actions.phone import Phone
from satupintu import clock
from satupintu.actions.platform import Platform
from satupintu.app import create_app
from satupintu.people.demonstration import PASSWORD
from satupintu.people.second_factor import HALF_WAY, RECOVERY_CODES
from web.visitor import OWN, inside, log_in, post, session_cookie, token

OWN_SECURITY = "/akun/keamanan"
WRONG = "tidak cocok atau sudah dipakai"


@pytest.fixture
def make(new_installation: Callable[..., Platform]) -> Callable[..., Flask]:
    return lambda **changes: create_app(new_installation(**changes))


@pytest.fixture
def client(make: Callable[..., Flask]) -> FlaskClient:
    return make().test_client()


def secret_on(page: str) -> str:
    found = re.search(r'<code translate="no">([A-Z2-7 ]+)</code>', page)
    assert found is not None, page
    return found.group(1)


def codes_on(page: str) -> list[str]:
    return re.findall(r"<code>((?:\d{4} ){3}\d{4})</code>", page)


def switch_on(client: FlaskClient, **fields: str) -> tuple[Phone, list[str]]:
    post(client, f"{OWN_SECURITY}/mulai", **fields)
    phone = Phone(secret_on(client.get(OWN_SECURITY).text))
    with clock.standing_at(clock.now()):  # the code before this one is good for this step only
        answer = submit(client, "/aktifkan", second_factor_code=phone.code(-1), **fields)
    assert answer.status_code == 200
    return phone, codes_on(answer.text)


def submit(client: FlaskClient, page: str, **fields: str) -> TestResponse:
    data = {"csrf_token": token(client, OWN_SECURITY), **fields}
    return client.post(OWN_SECURITY + page, data=data)


def waiting_on(page: str) -> dict[str, str]:
    """Return the fields that the page after the password sends along."""
    fields = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]+)"', page))
    assert "second_factor_waiting" in fields, page
    return fields


def step(client: FlaskClient, page: str, code: str) -> TestResponse:
    return client.post("/masuk/kode", data={**waiting_on(page), "second_factor_code": code})


def test_somebody_switches_it_on_and_logs_in_with_a_code(client: FlaskClient) -> None:
    log_in(client, "petugas")
    assert OWN_SECURITY in client.get("/akun").text
    assert "Mulai dengan ponsel saya" in client.get(OWN_SECURITY).text
    phone, codes = switch_on(client)
    assert len(set(codes)) == RECOVERY_CODES
    page = client.get(OWN_SECURITY).text
    assert f"{RECOVERY_CODES} belum dipakai" in page
    assert phone.secret not in page
    assert codes[0] not in page

    post(client, "/keluar-akun")
    asked = log_in(client, "petugas", lanjut=OWN + "?a=b")
    assert asked.status_code == 200
    assert 'autocomplete="one-time-code"' in asked.text
    assert 'inputmode="numeric"' in asked.text
    assert not session_cookie(client)
    assert not inside(client)
    let_in = step(client, asked.text, phone.code())
    assert let_in.headers["Location"] == OWN + "?a=b"
    assert inside(client)


def test_the_picture_is_drawn_into_the_page_as_the_policy_asks(client: FlaskClient) -> None:
    log_in(client, "petugas")
    post(client, f"{OWN_SECURITY}/mulai")
    page = client.get(OWN_SECURITY).text
    picture = re.search(r"<svg.*?</svg>", page, re.DOTALL)
    assert picture is not None
    assert "style" not in picture.group()
    assert "data:" not in picture.group()
    assert all(len(group) == 4 for group in secret_on(page).split())
    assert client.get(OWN_SECURITY).text.count(secret_on(page)) == 1


def test_a_wrong_and_a_used_code_are_said_alike_and_the_next_one_opens(
    client: FlaskClient,
) -> None:
    log_in(client, "petugas")
    phone, codes = switch_on(client)
    asked = log_in(client, "petugas")
    assert step(client, asked.text, codes[0]).status_code == 303
    page = log_in(client, "petugas").text
    for code in (phone.wrong(), codes[0], ""):
        answer = step(client, page, code)
        assert answer.status_code == 400
        assert WRONG in answer.text
        assert not code or f'value="{code}"' not in answer.text
        page = answer.text
    assert step(client, page, phone.code()).status_code == 303


def test_the_half_way_state_opens_nothing_and_is_of_no_use_later(client: FlaskClient) -> None:
    log_in(client, "petugas")
    phone, _ = switch_on(client)
    post(client, "/keluar-akun")
    page = log_in(client, "petugas").text
    held = waiting_on(page)["second_factor_waiting"]
    client.set_cookie("sesi", held)
    assert not inside(client)
    client.delete_cookie("sesi")
    with clock.shifted(HALF_WAY):
        late = step(client, page, phone.code())
        assert late.status_code == 403
        assert "Waktu untuk menulis kode sudah habis" in late.text
    assert not session_cookie(client)
    assert step(client, page, phone.code()).status_code == 303
    assert step(client, page, phone.code(1)).status_code in (400, 403)
    assert client.get("/masuk/kode").headers["Location"].startswith("/masuk")


def test_a_session_that_a_log_in_with_a_code_replaces_ends(client: FlaskClient) -> None:
    log_in(client, "petugas")
    phone, _ = switch_on(client)
    before = session_cookie(client)
    page = log_in(client, "petugas").text
    assert inside(client)
    step(client, page, phone.code())
    assert session_cookie(client) != before
    other = client.application.test_client()
    other.set_cookie("sesi", before)
    assert not inside(other)


def test_too_many_wrong_codes_close_the_log_in_for_a_while(client: FlaskClient) -> None:
    log_in(client, "petugas")
    phone, _ = switch_on(client)
    page = log_in(client, "petugas").text
    for _ in range(10):
        page = step(client, page, phone.wrong()).text
    answer = step(client, page, phone.code())
    assert answer.status_code == 429
    assert "Terlalu banyak percobaan" in answer.text
    assert log_in(client, "petugas").status_code == 429


def test_new_recovery_codes_and_switching_off_ask_for_password_and_code(
    client: FlaskClient,
) -> None:
    log_in(client, "petugas")
    phone, codes = switch_on(client)
    for page in ("/kode-cadangan", "/matikan"):
        assert 'autocomplete="current-password"' in client.get(OWN_SECURITY + page).text
        wrong = submit(client, page, password="keliru", second_factor_code=phone.code())
        assert "tidak cocok dengan akun ini" in wrong.text
        assert 'href="#password"' in wrong.text
        wrong = submit(client, page, password=PASSWORD, second_factor_code=phone.wrong())
        assert WRONG in wrong.text
        assert 'href="#second_factor_code"' in wrong.text
        assert PASSWORD not in wrong.text
    right = {"password": PASSWORD, "second_factor_code": codes[0]}
    new = codes_on(submit(client, "/kode-cadangan", **right).text)
    assert len(new) == RECOVERY_CODES
    off = submit(client, "/matikan", password=PASSWORD, second_factor_code=new[0])
    assert off.headers["Location"] == f"{OWN_SECURITY}?mati=1"
    assert log_in(client, "petugas").status_code == 303


def test_where_it_is_required_no_other_page_opens_before(make: Callable[..., Flask]) -> None:
    client = make(second_factor="required").test_client()
    assert log_in(client, "petugas", lanjut="/antrean").headers["Location"] == (
        f"{OWN_SECURITY}?lanjut=/antrean"
    )
    for page in ("/antrean", "/akun", "/sandi", OWN, "/asesmen/baru"):
        answer = client.get(page)
        assert answer.headers["Location"] == f"{OWN_SECURITY}?lanjut={page}", page
        part = client.get(page, headers={"HX-Request": "true"})
        assert part.status_code == 403
        assert "Aktifkan verifikasi dua langkah dulu" in part.text
    data = {"csrf_token": token(client, OWN_SECURITY)}
    assert client.post("/asesmen/baru", data=data).headers["Location"] == OWN_SECURITY
    assert client.get("/").status_code == 200
    assert client.get("/lapor").status_code in (200, 303)
    assert "Aktifkan verifikasi dua langkah dulu" in client.get(OWN_SECURITY).text
    post(client, f"{OWN_SECURITY}/mulai", lanjut="/antrean")
    phone = Phone(secret_on(client.get(OWN_SECURITY).text))
    answer = submit(client, "/aktifkan", second_factor_code=phone.code(), lanjut="/antrean")
    assert 'href="/antrean"' in answer.text
    assert client.get("/antrean").status_code == 200


def test_a_covered_screen_and_the_way_out_stay_open_to_whoever_must_enrol(
    make: Callable[..., Flask],
) -> None:
    client = make(second_factor="required").test_client()
    log_in(client, "petugas")
    lock = client.post("/kunci", data={"csrf_token": token(client, OWN_SECURITY)})
    assert lock.headers["Location"] == "/kunci"
    assert "Layar terkunci" in client.get("/kunci").text
    out = client.post("/keluar-akun", data={"csrf_token": token(client, "/kunci")})
    assert out.headers["Location"] == "/masuk"


def test_where_it_is_off_the_page_says_so(make: Callable[..., Flask]) -> None:
    client = make(second_factor="off").test_client()
    log_in(client, "petugas")
    assert "Tidak dipakai di sini" in client.get(OWN_SECURITY).text
    assert submit(client, "/mulai").status_code == 409


def test_a_code_is_never_offered_to_be_sent_again(client: FlaskClient) -> None:
    log_in(client, "petugas")
    phone, _ = switch_on(client)
    fields = {**waiting_on(log_in(client, "petugas").text), "csrf_token": "tebakan"}
    code = phone.code()
    answer = client.post(
        "/masuk/kode",
        data={**fields, "second_factor_code": code},
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    assert answer.status_code == 400
    assert code not in answer.text
    assert fields["second_factor_waiting"] not in answer.text
