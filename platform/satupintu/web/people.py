"""Log in, log out, cover the screen: the same pages in both processes."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from satupintu.actions import sessions
from satupintu.errors import BadAnswers, NotAllowed, SatuPintuError, TooOften
from satupintu.web import failures, frame, home, pages, visits
from satupintu.web.guard import guarded_by
from satupintu.web.section import Section

_LOGIN = "people/login.html"
_LOCKED = "people/locked.html"

people = Blueprint("people", __name__)
section = Section(people, leaving=visits.end)
visits.install(people)


@people.get("/masuk")
@guarded_by("session.login")
def login() -> Response:
    """Ask for name and password; whoever is logged in goes on to their work."""
    visit = visits.visit()
    if visit is not None and visit.state == "open":
        return _on()
    return _login_page()


@people.post("/masuk")
@guarded_by("session.login")
def log_in() -> Response:
    """Open a new session, and end the one that this browser had."""
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
    frame.known_as(begun.actor)
    return visits.begin(_on(), begun)


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
    return _on()


def _login_page(error: SatuPintuError | None = None) -> Response:
    return _page(_LOGIN, error, login=request.form.get("login", ""))


def _locked_page(visit: sessions.Visit, error: SatuPintuError | None = None) -> Response:
    return _page(_LOCKED, error, owner=visit.actor)


def _page(template: str, error: SatuPintuError | None, **values: object) -> Response:
    said = pages.sentences(error.problems) if error else []
    # One sentence for whatever was wrong: which field it was is nobody's business.
    field = "password" if template == _LOCKED else "login"
    text = render_template(
        template,
        errors={field: " ".join(said)} if said else {},
        way_back=visits.way_back(),
        **values,
    )
    return make_response(text, failures.status_of(error) if error else 200)


def _on() -> Response:
    """Lead to the page that was asked for before log-in, else to where a person's work starts."""
    return make_response(redirect(visits.way_back() or home.address(), 303))


def _to(endpoint: str) -> Response:
    back = visits.way_back()
    values: dict[str, Any] = {visits.WAY_BACK: back} if back else {}
    return make_response(redirect(url_for(endpoint, **values), 303))
