"""Pages for what didn't work: what happened, whether anything was lost, what to do now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import structlog
from flask import Flask, Response, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from satupintu.errors import (
    BadAnswers,
    BadDocument,
    Conflict,
    NotAllowed,
    NotFound,
    Problem,
    SatuPintuError,
    TooOften,
    Unavailable,
)
from satupintu.web import frame, kept

log = structlog.get_logger("satupintu.web")


@dataclass(frozen=True)
class Failure:
    """How one kind of failure is shown: ``key`` names its sentences, ``web.failure_KEY_title`` and
    ``_text``.
    """

    key: str
    icon: str
    loud: bool = False
    """True where something the person did was not kept: a red note with role ``alert``."""
    log_in: bool = False
    """True where logging in, beside this page, is what lets it be sent again."""


_SHOWN: Mapping[int, Failure] = MappingProxyType(
    {
        400: Failure("bad_request", "alert"),
        403: Failure("not_allowed", "lock"),
        404: Failure("not_found", "search"),
        405: Failure("not_found", "search"),
        409: Failure("conflict", "users", loud=True),
        413: Failure("too_large", "alert", loud=True),
        429: Failure("too_often", "clock"),
        500: Failure("broken", "alert", loud=True),
        503: Failure("unavailable", "alert", loud=True),
    }
)

STATUS = "tersimpan"
"""The id of the line that says when a page was last saved by itself."""

_FORGED = Failure("forged", "alert", loud=True)

_STATUS: Mapping[type[SatuPintuError], int] = MappingProxyType(
    {
        BadAnswers: 400,
        BadDocument: 400,
        NotAllowed: 403,
        NotFound: 404,
        Conflict: 409,
        TooOften: 429,
        Unavailable: 503,
    }
)


def install(app: Flask) -> None:
    """Show every failure of ``app`` as a page of its own kind."""

    @app.errorhandler(SatuPintuError)
    def refused(error: SatuPintuError) -> Response:
        status = status_of(error)
        if status >= 500:
            log.error("refused", path=request.path, status=status, reason=str(error))
        return show(status, error.problems)

    @app.errorhandler(CSRFError)
    def forged(_: CSRFError) -> Response:
        return show(400, (), _FORGED)

    @app.errorhandler(HTTPException)
    def known(error: HTTPException) -> Response:
        if error.response is not None:
            return make_response(error.response)
        response = show(error.code or 500, ())
        for name, value in error.get_headers(request.environ):
            if name not in ("Content-Type", "Content-Length"):
                response.headers.setdefault(name, value)
        return response

    @app.errorhandler(Exception)
    def broken(error: Exception) -> Response:
        log.error("broken", path=request.path, kind=type(error).__name__, exc_info=error)
        return show(500, ())


def status_of(error: SatuPintuError) -> int:
    """Return the HTTP status of a refusal, by the nearest class that has one."""
    return next((_STATUS[c] for c in type(error).__mro__ if c in _STATUS), 500)


def show(
    status: int, problems: tuple[Problem, ...] = (), failure: Failure | None = None
) -> Response:
    """Return the page of a failure; to htmx only a note, which leaves what is on the screen as it
    is.
    """
    shown = failure or _SHOWN.get(status) or _SHOWN[500 if status >= 500 else 400]
    partial = request.headers.get("HX-Request") == "true"
    quiet = partial and request.headers.get("HX-Target", "").endswith(f"#{STATUS}")
    if quiet:  # the line of a quiet save says it: nothing moves while somebody types
        said = render_template("errors/unsaved.html", failure=shown, problems=problems)
        return make_response(said, status)
    response = make_response(
        render_template(
            "errors/note.html" if partial else "errors/page.html",
            failure=shown,
            status=status,
            problems=problems,
            kept=None if partial else kept.posted(),
            public=frame.who().role == "public",
        ),
        status,
    )
    if partial:
        response.headers.update({"HX-Retarget": "#isi", "HX-Reswap": "afterbegin"})
    if status == 503:
        response.headers["Retry-After"] = "30"
    return response
