"""A person's second factor: switched on, renewed and switched off by themselves, in both processes.

Secret and recovery codes stand only in the answer to whoever asked for them; no address leads back.
"""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from satupintu import words
from satupintu.actions import second_factor
from satupintu.actions.second_factor import Codes, Standing
from satupintu.errors import BadAnswers, SatuPintuError, TooOften
from satupintu.people import second_factor as factors
from satupintu.web import failures, frame, home, pages, qr_code, visits
from satupintu.web.guard import guarded_by
from satupintu.web.section import Section

CODE = "second_factor_code"
PASSWORD = "password"  # noqa: S105 - a field

security = Blueprint("security", __name__)
section = Section(security)


@security.get("/akun/keamanan")
@guarded_by("second_factor.read")
def show() -> Response:
    """Show how the person's second factor stands, with the secret while no code confirmed it."""
    return _standing()


@security.post("/akun/keamanan/mulai")
@guarded_by("second_factor.begin")
def begin() -> Response:
    """Make a secret, which the page then shows."""
    second_factor.begin(frame.platform(), frame.who())
    return make_response(redirect(url_for("security.show", lanjut=visits.way_back()), 303))


@security.post("/akun/keamanan/aktifkan")
@guarded_by("second_factor.switch_on", "second_factor.read")
def switch_on() -> Response:
    """Switch it on with a first code; the recovery codes are shown this once."""
    try:
        codes = second_factor.switch_on(frame.platform(), frame.who(), _typed(CODE))
    except BadAnswers as error:
        return _standing(error)
    return _codes(codes, first=True)


@security.get("/akun/keamanan/kode-cadangan")
@guarded_by("second_factor.renew_codes")
def renewing() -> Response:
    """Ask for password and code before new recovery codes are made."""
    return _prove("security.renew_codes", "codes")


@security.post("/akun/keamanan/kode-cadangan")
@guarded_by("second_factor.renew_codes")
def renew_codes() -> Response:
    """Make new recovery codes, shown this once."""
    visit = visits.visit()
    if visit is None:
        return _to_log_in()
    try:
        codes = second_factor.renew_codes(
            frame.platform(), visit, password=_typed(PASSWORD), code=_typed(CODE)
        )
    except (BadAnswers, TooOften) as error:
        return _prove("security.renew_codes", "codes", error)
    return _codes(codes)


@security.get("/akun/keamanan/matikan")
@guarded_by("second_factor.switch_off")
def switching_off() -> Response:
    """Ask for password and code before it is switched off."""
    return _prove("security.switch_off", "off")


@security.post("/akun/keamanan/matikan")
@guarded_by("second_factor.switch_off")
def switch_off() -> Response:
    """Switch it off: secret and recovery codes are forgotten."""
    visit = visits.visit()
    if visit is None:
        return _to_log_in()
    try:
        second_factor.switch_off(
            frame.platform(), visit, password=_typed(PASSWORD), code=_typed(CODE)
        )
    except (BadAnswers, TooOften) as error:
        return _prove("security.switch_off", "off", error)
    return make_response(redirect(url_for("security.show", mati=1), 303))


def _standing(error: SatuPintuError | None = None) -> Response:
    standing = second_factor.read(frame.platform(), frame.who())
    visit = visits.visit()
    text = render_template(
        "people/security.html",
        standing=standing,
        secret=factors.grouped(standing.secret or ""),
        picture=_picture(standing),
        must_enrol=visit is not None and visit.must_enrol,
        errors=pages.by_field(error, CODE) if error else {},
        way_back=visits.way_back(),
    )
    return make_response(text, failures.status_of(error) if error else 200)


def _picture(standing: Standing) -> str:
    if standing.secret is None:
        return ""
    door = frame.service()
    issuer = words.pick(door.name, frame.page_language()) if door else pages.say("web.product")
    login = frame.who().login or ""
    return qr_code.drawn(factors.address(standing.secret, login, issuer))


def _codes(codes: Codes, *, first: bool = False) -> Response:
    text = render_template(
        "people/recovery_codes.html",
        codes=[factors.grouped(code) for code in codes],
        first=first,
        onward=visits.way_back() or home.address(),
    )
    return make_response(text)


def _prove(endpoint: str, what: str, error: SatuPintuError | None = None) -> Response:
    text = render_template(
        "people/prove.html",
        endpoint=endpoint,
        what=what,
        errors=pages.by_field(error, CODE) if error else {},
    )
    return make_response(text, failures.status_of(error) if error else 200)


def _typed(field: str) -> str:
    return request.form.get(field, "")


def _to_log_in() -> Response:
    return make_response(redirect(url_for("people.login"), 303))
