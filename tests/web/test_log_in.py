from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from satupintu import clock
from satupintu.actions.platform import Platform
from satupintu.app import create_app
from satupintu.people import passwords
from satupintu.people.demonstration import PASSWORD
from satupintu.people.sessions import ABSOLUTE_END, IDLE_END, IDLE_LOCK
from web.visitor import OWN, inside, log_in, post, session_cookie, token


def test_the_right_name_and_password_open_a_session(client: FlaskClient) -> None:
    assert not inside(client)
    assert log_in(client, "petugas").status_code == 303
    assert inside(client)


def test_the_name_may_be_typed_in_any_case(client: FlaskClient) -> None:
    assert log_in(client, " Petugas ").status_code == 303


def test_the_cookie_is_for_this_site_and_no_script(client: FlaskClient) -> None:
    cookie = next(
        c for c in log_in(client, "petugas").headers.getlist("Set-Cookie") if "sesi=" in c
    )
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/" in cookie
    assert "Expires" not in cookie
    assert "Max-Age" not in cookie


def test_behind_tls_the_cookie_is_tied_to_its_host(
    new_installation: Callable[..., Platform],
) -> None:
    client = create_app(new_installation(secure_cookies=True)).test_client()
    page = client.get("/masuk", base_url="https://localhost")
    found = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    assert found is not None
    answer = client.post(
        "/masuk",
        base_url="https://localhost",
        data={"csrf_token": found.group(1), "login": "petugas", "password": PASSWORD},
    )
    cookie = next(c for c in answer.headers.getlist("Set-Cookie") if "sesi=" in c)
    assert cookie.startswith("__Host-sesi=")
    assert "Secure" in cookie
    assert "Domain" not in cookie


@pytest.mark.parametrize(
    ("login", "password"), [("petugas", "x"), ("tidak.ada", PASSWORD), ("", "")]
)
def test_whatever_is_wrong_the_answer_is_the_same(
    client: FlaskClient, login: str, password: str
) -> None:
    answer = log_in(client, login, password)
    assert answer.status_code == 400
    assert "Nama masuk dan kata sandi ini tidak cocok" in answer.text
    assert not session_cookie(client)
    if login:
        assert f'value="{login}"' in answer.text
    assert 'value="x"' not in answer.text


@pytest.mark.parametrize("login", ["petugas", "tidak.ada", "", "a\0b"])
def test_a_wrong_password_costs_one_hash_whether_the_name_is_known_or_not(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, login: str
) -> None:
    worked = []
    right = passwords.right
    monkeypatch.setattr(
        passwords, "right", lambda typed, stored: worked.append(1) or right(typed, stored)
    )
    assert log_in(client, login, "keliru-sama-sekali").status_code == 400
    assert worked == [1]


def test_each_log_in_has_an_id_of_its_own_and_ends_the_one_before(client: FlaskClient) -> None:
    log_in(client, "petugas")
    first = session_cookie(client)
    log_in(client, "petugas")
    post(client, "/keluar-akun")
    log_in(client, "petugas")
    second = session_cookie(client)
    assert first
    assert second not in ("", first)
    other = client.application.test_client()
    other.set_cookie("sesi", first)
    assert not inside(other)


def test_logging_out_ends_the_session_and_takes_the_cookie(client: FlaskClient) -> None:
    log_in(client, "petugas")
    held = session_cookie(client)
    assert post(client, "/keluar-akun").status_code == 303
    assert not session_cookie(client)
    client.set_cookie("sesi", held)
    assert not inside(client)


def test_a_quick_exit_ends_the_session(client: FlaskClient) -> None:
    log_in(client, "petugas")
    held = session_cookie(client)
    assert client.get("/keluar").status_code == 303
    client.set_cookie("sesi", held)
    assert not inside(client)


def test_staff_leave_quickly_from_a_report_that_they_help_to_write(client: FlaskClient) -> None:
    log_in(client, "petugas")
    client.set_cookie("isian", "a-report-begun-in-this-browser")
    answer = client.get("/keluar")
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/kalender"


def test_staff_follow_a_report_as_anybody_would(client: FlaskClient) -> None:
    log_in(client, "petugas")
    assert client.get("/kabar").status_code == 200
    assert post(client, "/kabar", code="X").status_code != 403


def test_whoever_has_to_log_in_comes_back_to_the_page_they_asked_for(client: FlaskClient) -> None:
    asked = client.get(OWN + "?a=b")
    assert asked.headers["Location"] == "/masuk?lanjut=/mulai?a%3Db"
    page = client.get(asked.headers["Location"])
    assert 'name="lanjut" value="/mulai?a=b"' in page.text
    assert log_in(client, "petugas", lanjut=OWN + "?a=b").headers["Location"] == OWN + "?a=b"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://example.org/",
        "//example.org/mulai",
        "/\\example.org",
        "mulai",
        "/tidak/ada",
    ],
)
def test_nobody_is_led_elsewhere_after_log_in(client: FlaskClient, elsewhere: str) -> None:
    answer = log_in(client, "administrator", lanjut=elsewhere)
    assert answer.headers["Location"] == OWN


def test_a_covered_screen_shows_nothing_until_its_password_is_typed(client: FlaskClient) -> None:
    log_in(client, "petugas")
    assert post(client, "/kunci", lanjut=OWN).headers["Location"] == "/kunci?lanjut=/mulai"
    assert client.get(OWN).headers["Location"].startswith("/kunci")
    assert "Petugas penerima" in client.get("/kunci").text
    wrong = unlock(client, "keliru")
    assert wrong.status_code == 400
    assert "tidak cocok" in wrong.text
    assert not inside(client)
    assert unlock(client, PASSWORD, lanjut=OWN).headers["Location"] == OWN
    assert inside(client)


def unlock(client: FlaskClient, password: str, **fields: str) -> TestResponse:
    data = {"csrf_token": token(client, "/kunci"), "password": password, **fields}
    return client.post("/kunci/buka", data=data)


def test_an_idle_screen_covers_itself(client: FlaskClient) -> None:
    log_in(client, "petugas")
    with clock.shifted(IDLE_LOCK - timedelta(seconds=1)):
        assert inside(client)  # and so it was seen again
    with clock.shifted(2 * IDLE_LOCK):
        assert client.get(OWN).headers["Location"] == "/kunci?lanjut=/mulai"
        unlock(client, PASSWORD)
        assert inside(client)


def test_a_session_ends_after_two_idle_hours(client: FlaskClient) -> None:
    log_in(client, "petugas")
    with clock.shifted(IDLE_END):
        assert client.get(OWN).headers["Location"].startswith("/masuk")
        assert client.get("/kunci").headers["Location"] == "/masuk"


def test_a_session_ends_after_a_shift_however_busy(client: FlaskClient) -> None:
    log_in(client, "petugas")
    step = IDLE_LOCK - timedelta(minutes=1)
    for tick in range(1, ABSOLUTE_END // step + 1):
        with clock.shifted(step * tick):
            assert inside(client)
    with clock.shifted(ABSOLUTE_END):
        assert client.get(OWN).headers["Location"].startswith("/masuk")


def test_a_part_of_a_page_asked_for_without_a_session_leaves_the_page_as_it_is(
    client: FlaskClient,
) -> None:
    answer = client.get(OWN, headers={"HX-Request": "true"})
    assert answer.status_code == 403
    assert answer.headers["HX-Reswap"] == "afterbegin"
    assert "Anda perlu masuk lagi" in answer.text


def test_limits_count_across_two_processes_on_one_database(
    new_installation: Callable[..., Platform],
) -> None:
    first = new_installation()
    second = Platform.open(first.settings)
    clients = [create_app(platform).test_client() for platform in (first, second)]
    for turn in range(10):
        assert log_in(clients[turn % 2], "petugas", "keliru").status_code == 400
    for client in clients:
        answer = log_in(client, "petugas")
        assert answer.status_code == 429
        assert "Terlalu banyak percobaan" in answer.text
    assert log_in(clients[0], "petugas2").status_code == 303
    with clock.shifted(timedelta(minutes=15)):
        assert log_in(clients[1], "petugas").status_code == 303
    second.close()


def test_log_ins_that_succeed_are_not_counted(client: FlaskClient) -> None:
    for _ in range(12):
        assert log_in(client, "petugas2").status_code == 303
        post(client, "/keluar-akun")


def test_a_page_for_everybody_opens_while_the_store_is_away(
    new_installation: Callable[..., Platform], monkeypatch: pytest.MonkeyPatch
) -> None:
    platform = new_installation()
    client = create_app(platform).test_client()
    log_in(client, "petugas")
    client.get("/")
    platform.store.engine.dispose()
    file = platform.settings.var / "satupintu.sqlite3"
    file.rename(file.with_suffix(".away"))
    file.write_bytes(b"no database")
    assert client.get("/").status_code == 200
    assert client.get(OWN).status_code == 503
