"""Log in, log out, cover the screen, passwords: the same pages in both processes."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from satupintu.actions import passwords, second_step, sessions
from satupintu.actions.sessions import HalfWay, Visit
from satupintu.errors import BadAnswers, NotAllowed, SatuPintuError, TooOften
from satupintu.people.account import Account
from satupintu.web import failures, frame, home, pages, pending, visits
from satupintu.web.guard import guarded_by, open_to_all
from satupintu.web.section import Section

_LOGIN = "people/login.html"
_CODE = "people/code.html"
_LOCKED = "people/locked.html"
_PASSWORD = "people/password.html"  # noqa: S105 - a template
_LINK = "people/set_password.html"
_OWN = "people/own.html"

_FIRST_FIELD = {
    _LOGIN: "login",
    _CODE: "second_factor_code",
    _LOCKED: "password",
    _PASSWORD: "password",
    _LINK: "password_new",
}
"""Where a problem stands that is of no one field: it never says which of them was wrong."""

people = Blueprint("people", __name__)
section = Section(people, leaving=visits.end)
visits.install(people)


@people.get("/masuk")
@guarded_by("session.login")
def login() -> Response:
    """Ask for name and password; whoever is logged in goes on to their work."""
    visit = visits.visit()
    if visit is not None and visit.state == "open":
        frame.known_as(visit.actor)
        return _on()
    return _login_page()


@people.post("/masuk")
@guarded_by("session.login")
def log_in() -> Response:
    """Open a new session, and end the one that this browser had; or ask for the code first."""
    visit = visits.visit()
    try:
        begun = sessions.log_in(
            frame.platform(),
            login=request.form.get("login", ""),
            password=request.form.get("password", ""),
            address=request.remote_addr or "",
            before=visit.token if visit else None,
        )
    except (BadAnswers, TooOften) as error:
        return _login_page(error)
    if isinstance(begun, HalfWay):
        return _page(_CODE, None, waiting=begun.token)
    return _begun(begun)


@people.get("/masuk/kode")
@open_to_all
def code() -> Response:
    """Lead to the log-in: the page that asks for a code is the answer to a right password."""
    return _to("people.login")


@people.post("/masuk/kode")
@guarded_by("session.second_step")
def enter_code() -> Response:
    """Open the session that the password was right for, if the code is right too."""
    visit = visits.visit()
    waiting = request.form.get("second_factor_waiting", "")
    try:
        begun = second_step.take(
            frame.platform(),
            waiting,
            code=request.form.get("second_factor_code", ""),
            address=request.remote_addr or "",
            before=visit.token if visit else None,
        )
    except (BadAnswers, TooOften) as error:
        return _page(_CODE, error, waiting=waiting)
    except NotAllowed as error:
        return _login_page(error)
    return _begun(begun)


@people.post("/keluar-akun")
@guarded_by("session.logout")
def log_out() -> Response:
    """End the session of this browser."""
    visits.end()
    return visits.finish(_to("people.login"))


@people.post("/kunci")
@guarded_by("session.lock")
def lock() -> Response:
    """Cover the screen; the password uncovers it at the page that was open."""
    visit = visits.visit()
    if visit is None:
        return _to("people.login")
    sessions.lock(frame.platform(), visit.actor, visit.token)
    return _to("people.locked")


@people.get("/kunci")
@guarded_by("session.unlock")
def locked() -> Response:
    """Show nothing but whose screen this is, and ask for the password."""
    visit = visits.visit()
    if visit is None or visit.state == "ended":
        return _to("people.login")
    return _on() if visit.state == "open" else _locked_page(visit)


@people.post("/kunci/buka")
@guarded_by("session.unlock")
def unlock() -> Response:
    """Uncover the screen, if the password is the account's own."""
    visit = visits.visit()
    if visit is None or visit.state == "ended":
        return _to("people.login")
    password = request.form.get("password", "")
    try:
        sessions.unlock(frame.platform(), visit, password=password)
    except NotAllowed:
        return visits.finish(_to("people.login"))
    except (BadAnswers, TooOften) as error:
        return _locked_page(visit, error)
    frame.known_as(visit.actor)
    return pending.waiting(visit.actor) or _on()


@people.get("/akun")
@guarded_by("session.logout")
def own() -> Response:
    """Show the person's own account, and the way to log out."""
    return _page(_OWN, None)


@people.get("/sandi")
@guarded_by("password.change")
def password() -> Response:
    """Ask for the password as it is and as it shall be."""
    return _page(_PASSWORD, None)


@people.post("/sandi")
@guarded_by("password.change")
def change_password() -> Response:
    """Set a new password; every other session of the account ends."""
    visit = visits.visit()
    if visit is None:
        return _to("people.login")
    fields = {"current": request.form.get("password", ""), "new": _new_password()}
    try:
        begun = passwords.change(frame.platform(), visit, **fields)
    except (BadAnswers, TooOften) as error:
        return _page(_PASSWORD, error)
    return visits.begin(lambda: _to("people.own", tersimpan=1), begun)


@people.get("/sandi/atur/<token>")
@guarded_by("password.set_by_link")
def set_password(token: str) -> Response:
    """Ask for a first password; reading the page does not use the link up."""
    return _link_page(passwords.linked(frame.platform(), token), token)


@people.post("/sandi/atur/<token>")
@guarded_by("password.set_by_link")
def set_password_by_link(token: str) -> Response:
    """Set the password and use the link up."""
    address = request.remote_addr or ""
    try:
        passwords.set_by_link(frame.platform(), token, _new_password(), address=address)
    except BadAnswers as error:
        return _link_page(passwords.linked(frame.platform(), token), token, error)
    return _to("people.login", tersimpan=1)


def _begun(begun: Visit) -> Response:
    """Give the browser its new session, and lead on: to what waits, or to what must come first."""
    frame.known_as(begun.actor)
    if begun.must_enrol:
        return visits.begin(lambda: _to("security.show"), begun)
    return visits.begin(lambda: pending.waiting(begun.actor) or _on(), begun)


def _link_page(account: Account, token: str, error: SatuPintuError | None = None) -> Response:
    return _page(_LINK, error, account=account, token=token)


def _new_password() -> str:
    return request.form.get("password_new", "")


def _login_page(error: SatuPintuError | None = None) -> Response:
    return _page(_LOGIN, error, login=request.form.get("login", ""))


def _locked_page(visit: Visit, error: SatuPintuError | None = None) -> Response:
    return _page(_LOCKED, error, owner=visit.actor)


def _page(template: str, error: SatuPintuError | None, **values: object) -> Response:
    text = render_template(
        template,
        errors=pages.by_field(error, _FIRST_FIELD.get(template, "")) if error else {},
        way_back=visits.way_back(),
        **values,
    )
    return make_response(text, failures.status_of(error) if error else 200)


def _on() -> Response:
    """Lead to the page that was asked for before log-in, else to where a person's work starts."""
    return make_response(redirect(visits.way_back() or home.address(), 303))


def _to(endpoint: str, **values: Any) -> Response:
    back = visits.way_back()
    if back:
        values[visits.WAY_BACK] = back
    return make_response(redirect(url_for(endpoint, **values), 303))
