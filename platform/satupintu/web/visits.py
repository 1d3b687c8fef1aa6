"""Who is in front of this browser: asked before each request, and where a person has to log in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast
from urllib.parse import urlsplit

from flask import (
    Blueprint,
    Response,
    current_app,
    g,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from werkzeug.exceptions import HTTPException

from satupintu.actions import sessions
from satupintu.actions.sessions import Visit
from satupintu.errors import Unavailable
from satupintu.people.actor import Actor
from satupintu.people.permissions import may
from satupintu.web import cookies, failures, frame, guard, pending
from satupintu.web.failures import Failure

WAY_BACK = "lanjut"
"""The field and parameter that says where a person was before they had to log in."""

_DOOR = frozenset({"people.lock", "people.locked", "people.unlock", "people.log_out"})
"""The pages that deal with a session that is not open."""

_ENROLMENT = frozenset({"security.show", "security.begin", "security.switch_on"})
"""The only other pages for somebody who must switch a second factor on first."""

_LOCKED = Failure("locked", "lock", loud=True)
_ENDED = Failure("ended", "lock", loud=True)
_GONE = Failure("gone", "lock", loud=True, log_in=True)
"""Nothing says whose the session was: logged out in another window, or all cookies deleted."""
_ENROL = Failure("enrol", "lock", loud=True)


def install(people: Blueprint) -> None:
    """Know who asks before each request; send whoever has to log in to ``people``'s pages."""
    people.before_app_request(_recognise)
    people.before_app_request(_admit)


def visit() -> Visit | None:
    """Return the session of this browser, open, locked or ended; None where it has none."""
    return cast("Visit | None", g.get("visit"))


def begin(answer: Callable[[], Response], begun: Visit) -> Response:
    """Give the browser the token of its new session, and forms a new token of their own.

    ``answer`` is drawn after that, so that a form on it has the new one.
    """
    session.clear()
    response = answer()
    cookies.put(response, cookies.SESSION, begun.token)
    return response


def finish(response: Response) -> Response:
    """Take the token of a session that ended from the browser."""
    session.clear()
    cookies.drop(response, cookies.SESSION)
    return response


def end() -> None:
    """End the session of this browser, at log-out or at a quick exit."""
    begun = visit()
    if begun is not None and begun.state != "ended":
        sessions.log_out(frame.platform(), begun.actor, begun.token)


def way_back() -> str | None:
    """Return the page of ours that was asked for before log-in, if it is one that can be opened."""
    asked = request.values.get(WAY_BACK, "")
    parts = urlsplit(asked)
    plain = asked.startswith("/") and asked.isprintable() and "\\" not in asked
    if parts.scheme or parts.netloc or not plain:
        return None
    try:
        endpoint, _ = current_app.url_map.bind("").match(parts.path, "GET")
    except HTTPException:
        return None
    return asked if guard.behind(endpoint) else None


def needs_account(endpoint: str | None) -> bool:
    """Tell whether a page is for people with an account only."""
    actions = guard.behind(endpoint)
    return bool(actions) and not any(may("public", action) for action in actions)


def _recognise() -> None:
    token = request.cookies.get(cookies.name(cookies.SESSION))
    if not token:
        return
    try:
        g.visit = sessions.recognise(frame.platform(), token)
    except Unavailable:
        if needs_account(request.endpoint):
            raise
        return  # a page for everybody does without
    if g.visit is not None and g.visit.state == "open" and not _for_public(g.visit.actor):
        frame.known_as(g.visit.actor)


def _for_public(actor: Actor) -> bool:
    """Tell whether this page is for whoever reports: it asks nobody who they are.

    Staff who help somebody to report on their own screen are the public there.
    """
    actions = guard.behind(request.endpoint)
    return any(may("public", one) for one in actions) and not any(
        may(actor.role, one) for one in actions
    )


def _admit() -> Response | None:
    begun = visit()
    state = begun.state if begun is not None else "ended"
    if not needs_account(request.endpoint) or request.endpoint in _DOOR:
        return None
    if begun is not None and state == "open":
        return _to_enrolment() if begun.must_enrol else None
    locked = state == "locked"
    if request.headers.get("HX-Request") == "true":
        return failures.show(403, (), _LOCKED if locked else _ENDED)
    if request.method in ("GET", "HEAD"):
        here = request.full_path.removesuffix("?")
        door = "people.locked" if locked else "people.login"
        return make_response(redirect(url_for(door, lanjut=here), 303))
    if begun is not None and pending.keep(begun.actor):
        page = "people/locked.html" if locked else "people/login.html"
        values: dict[str, Any] = {"errors": {}, "way_back": None, "login": "", "owner": begun.actor}
        return make_response(render_template(page, **values), 403)
    return failures.show(403, (), _LOCKED if locked else _ENDED if begun is not None else _GONE)


def _to_enrolment() -> Response | None:
    if request.endpoint in _ENROLMENT:
        return None
    if request.headers.get("HX-Request") == "true":
        return failures.show(403, (), _ENROL)
    here = request.full_path.removesuffix("?") if request.method == "GET" else None
    return make_response(redirect(url_for("security.show", lanjut=here), 303))
