from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import NoReturn

import pytest
from flask import Blueprint, Flask, abort, render_template_string, request
from flask.testing import FlaskClient

from satupintu import clock
from satupintu.actions.platform import Platform
from satupintu.app import SECTIONS
from satupintu.errors import (
    BadAnswers,
    Conflict,
    NotAllowed,
    NotFound,
    Problem,
    SatuPintuError,
    Unavailable,
)
from satupintu.people.actor import Actor
from satupintu.web import frame
from satupintu.web.assembly import build
from satupintu.web.guard import open_to_all
from satupintu.web.section import Section

SAME_SITE = {"Sec-Fetch-Site": "same-origin"}
STORY = [("cerita", 'Baris satu\n"dua" <b>'), ("bentuk", "a"), ("bentuk", "b")]


def with_section(platform: Platform) -> Flask:
    """The product's pages and a few that fail in every way there is."""
    failing = Blueprint("failing", __name__)

    @failing.route("/rusak/<kind>", methods=["GET", "POST"])
    @open_to_all
    def fail(kind: str) -> NoReturn:
        if kind == "bug":
            raise ZeroDivisionError
        if kind.isdigit():
            abort(int(kind))
        raise REFUSALS[kind](Problem("web.no_service"))

    @failing.get("/bekerja")
    @open_to_all
    def working() -> NoReturn:
        frame.known_as(Actor("1", "staff", "X", "petugas", "Petugas penerima"))
        raise NotAllowed(Problem("web.failure_not_allowed_text"))

    @failing.route("/isian", methods=["GET", "POST"])
    @open_to_all
    def form() -> str:
        if request.method == "POST":
            return "diterima: " + repr(sorted(request.form.items(multi=True)))
        return render_template_string("<form>{{ token_field() }}</form>")

    return build(platform, [Section(failing), *SECTIONS], package="satupintu.web")


REFUSALS: dict[str, type[SatuPintuError]] = {
    "answers": BadAnswers,
    "allowed": NotAllowed,
    "found": NotFound,
    "conflict": Conflict,
    "away": Unavailable,
}


@pytest.fixture
def failing(installed: Platform) -> FlaskClient:
    return with_section(installed).test_client()


@pytest.mark.parametrize(
    ("kind", "status"),
    [("answers", 400), ("allowed", 403), ("found", 404), ("conflict", 409), ("away", 503)]
    + [(str(code), code) for code in (400, 403, 404, 405, 409, 413, 429, 500, 503)]
    + [("bug", 500)],
)
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_failure_is_a_page_with_a_way_on_and_the_exit(
    failing: FlaskClient, kind: str, status: int, language: str
) -> None:
    answer = failing.get(f"/rusak/{kind}", query_string={"lang": language})
    assert answer.status_code == status
    assert f'<html lang="{language}">' in answer.text
    assert answer.text.count("<h1") == 1
    assert "data-exit" in answer.text
    assert "Traceback" not in answer.text
    assert "ZeroDivision" not in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_refusal_says_its_own_sentence(failing: FlaskClient) -> None:
    assert "Layanan ini belum siap" in failing.get("/rusak/found").text


def test_somebody_who_works_here_sees_the_working_header_with_role_and_agency(
    failing: FlaskClient,
) -> None:
    answer = failing.get("/bekerja")
    assert answer.status_code == 403
    assert "Petugas penerima" in answer.text
    assert 'class="top on-dark"' in answer.text


def test_what_was_posted_while_the_store_was_away_can_be_sent_again(
    failing: FlaskClient,
) -> None:
    failing.application.config["WTF_CSRF_ENABLED"] = False
    answer = failing.post("/rusak/away?lang=id", data=_form(STORY), headers=SAME_SITE)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "30"
    assert 'role="alert"' in answer.text
    assert "Isian Anda tidak hilang" in answer.text
    assert _hidden(answer.text) == STORY
    assert 'action="/rusak/away?lang=id"' in answer.text


def test_a_password_is_never_written_back(failing: FlaskClient) -> None:
    failing.application.config["WTF_CSRF_ENABLED"] = False
    form = {"login": "petugas", "password": "sangat-rahasia-sekali"}
    answer = failing.post("/rusak/away", data=form, headers=SAME_SITE)
    assert "sangat-rahasia-sekali" not in answer.text
    assert _hidden(answer.text) == []


def test_a_form_without_its_token_is_refused_and_can_be_sent_again_by_one_press(
    failing: FlaskClient,
) -> None:
    answer = failing.post("/isian", data=_form(STORY), headers=SAME_SITE)
    assert answer.status_code == 400
    fields = [*_hidden(answer.text), ("csrf_token", _token(answer.text))]
    again = failing.post("/isian", data=_form(fields), headers=SAME_SITE)
    assert again.status_code == 200
    for _, value in STORY:
        assert repr(value) in again.text


@pytest.mark.parametrize("site", ["cross-site", "same-site", None])
def test_a_form_from_elsewhere_is_refused_and_not_offered_again(
    failing: FlaskClient, site: str | None
) -> None:
    headers = {"Sec-Fetch-Site": site} if site else {}
    token = _token(failing.get("/isian").text)
    data = _form([*STORY, *([("csrf_token", token)] if site else [])])
    answer = failing.post("/isian", data=data, headers=headers)
    assert answer.status_code == 400
    assert _hidden(answer.text) == []
    assert "Baris satu" not in answer.text


def test_a_form_with_its_token_is_taken_even_in_a_browser_that_says_nothing_of_the_site(
    failing: FlaskClient,
) -> None:
    token = _token(failing.get("/isian").text)
    answer = failing.post("/isian", data=_form([*STORY, ("csrf_token", token)]))
    assert answer.status_code == 200


def test_htmx_gets_only_a_note_that_leaves_the_page_as_it_is(failing: FlaskClient) -> None:
    answer = failing.get("/rusak/away", headers={"HX-Request": "true"})
    assert answer.status_code == 503
    assert answer.headers["HX-Retarget"] == "#isi"
    assert answer.headers["HX-Reswap"] == "afterbegin"
    assert "<html" not in answer.text
    assert 'role="alert"' in answer.text


def test_a_page_too_large_is_said_so(failing: FlaskClient) -> None:
    failing.application.config["MAX_CONTENT_LENGTH"] = 1024
    answer = failing.post("/isian", data={"cerita": "x" * 4096}, headers=SAME_SITE)
    assert answer.status_code == 413
    assert "terlalu besar" in answer.text


def test_pages_still_say_what_to_do_when_the_database_is_gone(
    new_installation: Callable[..., Platform],
) -> None:
    platform = new_installation()
    client = with_section(platform).test_client()
    assert client.get("/").status_code == 200
    line = platform.content.service(clock.now()).emergency[0]
    platform.close()
    for file in Path(platform.settings.var).glob("satupintu.sqlite3*"):
        file.unlink()
    client.application.config["WTF_CSRF_ENABLED"] = False
    answer = client.post("/rusak/away", data=_form(STORY), headers=SAME_SITE)
    assert answer.status_code == 503
    assert _hidden(answer.text) == STORY
    assert f'href="tel:{line.phone}"' in answer.text
    assert client.get("/sehat").status_code == 503
    assert client.get("/keluar").status_code == 303


def test_behind_tls_cookies_belong_to_the_host_and_the_browser_stays_with_tls(
    new_installation: Callable[..., Platform],
) -> None:
    client = with_section(new_installation(secure_cookies=True)).test_client()
    answer = client.get("/isian?lang=en", headers={"X-Forwarded-Proto": "https"})
    set_cookies = answer.headers.getlist("Set-Cookie")
    assert {c.partition("=")[0] for c in set_cookies} == {"__Host-formulir", "__Host-lang"}
    for cookie in set_cookies:
        assert "Secure" in cookie
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        assert "Path=/" in cookie
        assert "Domain" not in cookie
    assert "max-age=" in answer.headers["Strict-Transport-Security"]


def _form(fields: list[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in fields:
        found.setdefault(name, []).append(value)
    return found


def _hidden(page: str) -> list[tuple[str, str]]:
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page)
    pairs = [(unescape(name), unescape(value)) for name, value in found]
    return [pair for pair in pairs if pair[0] != "csrf_token"]


def _token(page: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]*)"', page)
    assert found is not None
    return found[1]
