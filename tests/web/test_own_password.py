from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from satupintu import clock
from satupintu.actions import accounts
from satupintu.actions.platform import Platform
from satupintu.app import create_app
from satupintu.people.actor import SYSTEM
from satupintu.people.demonstration import PASSWORD
from satupintu.people.limits import LINK_BY_ADDRESS
from satupintu.people.one_time_links import LIFETIME, path
from satupintu.store import audit
from web.visitor import inside, log_in, post, session_cookie, token

FRESH = "kuda-biru-melompat-tinggi"


@pytest.fixture
def platform(new_installation: Callable[..., Platform]) -> Platform:
    return new_installation()


@pytest.fixture
def app(platform: Platform) -> Flask:
    return create_app(platform)


@pytest.fixture
def clients(app: Flask) -> tuple[FlaskClient, FlaskClient]:
    return app.test_client(), app.test_client()


def test_a_changed_password_ends_every_other_session_and_renews_this_one(
    clients: tuple[FlaskClient, FlaskClient],
) -> None:
    here, there = clients
    for client in clients:
        log_in(client, "petugas")
    before = session_cookie(here)
    answer = post(here, "/sandi", password=PASSWORD, password_new=FRESH)
    assert answer.status_code == 303
    assert inside(here)
    assert not inside(there)
    assert session_cookie(here) != before
    there.set_cookie("sesi", before)
    assert not inside(there)
    assert log_in(there, "petugas").status_code == 400
    assert log_in(there, "petugas", FRESH).status_code == 303


@pytest.mark.parametrize(
    ("current", "new", "said"),
    [
        ("keliru", FRESH, "tidak cocok dengan akun ini"),
        (PASSWORD, "pendek", "terlalu pendek"),
        (PASSWORD, "petugas-petugas-1", "memuat nama masuk"),
        (PASSWORD, "password123456789", "mudah ditebak"),
        ("", "", "terlalu pendek"),
    ],
)
def test_a_password_that_is_not_changed_says_why_and_at_which_field(
    clients: tuple[FlaskClient, FlaskClient], current: str, new: str, said: str
) -> None:
    here, there = clients
    for client in clients:
        log_in(client, "petugas")
    answer = post(here, "/sandi", password=current, password_new=new)
    assert answer.status_code == 400
    assert said in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert f'value="{FRESH}"' not in answer.text
    assert inside(here)
    assert inside(there)


def test_a_one_time_link_sets_a_password_once(
    platform: Platform, clients: tuple[FlaskClient, FlaskClient]
) -> None:
    here, there = clients
    log_in(here, "petugas")
    link = path(accounts.reset(platform, SYSTEM, "petugas").token)
    assert not inside(here)
    assert log_in(here, "petugas").status_code == 400
    assert "petugas" in there.get(link).text
    assert there.get(link).status_code == 200  # reading it does not use it up
    weak = there.post(link, data={"csrf_token": token(there), "password_new": "pendek"})
    assert weak.status_code == 400
    assert "terlalu pendek" in weak.text
    answer = post(there, link, password_new=FRESH)
    assert answer.headers["Location"] == "/masuk?tersimpan=1"
    assert "Masuk dengan kata sandi baru" in there.get(answer.headers["Location"]).text
    again = post(there, link, password_new="lain-sekali-kata-ini")
    assert again.status_code == 404
    assert "tidak dapat dipakai lagi" in again.text
    assert log_in(there, "petugas", FRESH).status_code == 303


def test_a_link_is_of_no_use_when_old_replaced_guessed_or_of_a_closed_account(
    platform: Platform, clients: tuple[FlaskClient, FlaskClient]
) -> None:
    client, _ = clients
    first = path(accounts.reset(platform, SYSTEM, "petugas").token)
    second = path(accounts.reset(platform, SYSTEM, "petugas").token)
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200
    with clock.shifted(LIFETIME):
        assert client.get(second).status_code == 404
        assert post(client, second, password_new=FRESH).status_code == 404
    accounts.disable(platform, SYSTEM, "petugas")
    assert client.get(second).status_code == 404
    assert client.get(path("tebakan")).status_code == 404


def test_links_are_tried_a_limited_number_of_times(
    clients: tuple[FlaskClient, FlaskClient],
) -> None:
    client, _ = clients
    held = token(client)
    data = {"csrf_token": held, "password_new": FRESH}
    answers = [client.post(path(f"tebakan{n}"), data=data).status_code for n in range(21)]
    assert answers[:20] == [404] * 20
    assert answers[20] == 429
    with clock.shifted(LINK_BY_ADDRESS.window):
        assert client.post(path("tebakan"), data=data).status_code == 404


def test_a_link_opens_the_door_again_after_too_many_tries(
    platform: Platform, clients: tuple[FlaskClient, FlaskClient]
) -> None:
    client, _ = clients
    for _turn in range(11):
        log_in(client, "petugas", "keliru")
    assert log_in(client, "petugas").status_code == 429
    link = path(accounts.reset(platform, SYSTEM, "petugas").token)
    post(client, link, password_new=FRESH)
    assert log_in(client, "petugas", FRESH).status_code == 303


def test_the_own_account_says_role_and_agency_and_lets_go(
    clients: tuple[FlaskClient, FlaskClient],
) -> None:
    client, _ = clients
    log_in(client, "petugas")
    page = client.get("/akun").text
    assert "Petugas penerima" in page
    assert 'action="/keluar-akun"' in page
    assert post(client, "/keluar-akun").headers["Location"] == "/masuk"


def test_the_trail_tells_of_log_ins_and_passwords_but_never_what_was_typed(
    platform: Platform, clients: tuple[FlaskClient, FlaskClient]
) -> None:
    client, _ = clients
    log_in(client, "rahasia-yang-salah-kolom", "keliru")
    log_in(client, "petugas", "keliru")
    log_in(client, "petugas")
    post(client, "/kunci")
    post(client, "/keluar-akun")
    with platform.store.reading() as tx:
        found = [e for e in reversed(audit.listed(tx)) if e.action.startswith("session.")]
    assert [(e.action, e.outcome) for e in found] == [
        ("session.login", "refused"),
        ("session.login", "refused"),
        ("session.login", "done"),
        ("session.lock", "done"),
        ("session.logout", "done"),
    ]
    assert not found[0].object_id
    assert found[1].object_id == found[2].object_id
    assert "rahasia-yang-salah-kolom" not in repr(found)
