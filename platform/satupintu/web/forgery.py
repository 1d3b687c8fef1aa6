"""Refuses forms that another site sent in a person's name."""

from __future__ import annotations

from flask import Flask, request
from flask_wtf.csrf import CSRFError, CSRFProtect, generate_csrf
from markupsafe import Markup

from satupintu.web import cookies
from satupintu.web.kept import TOKEN

_UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})


def install(app: Flask, key: bytes, *, secure: bool) -> CSRFProtect:
    """Protect every unsafe method of ``app`` by a token in a signed cookie and in the form.

    ``key`` signs the cookie; every process of the installation has the same.
    """
    app.config.update(
        SECRET_KEY=key,
        SESSION_COOKIE_NAME=cookies.name(cookies.FORGERY, secure=secure),
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        # A story may take an evening to write: the token lives as long as its cookie.
        WTF_CSRF_TIME_LIMIT=None,
        # Pages send no referrer to compare; what the browser says of the site is, below.
        WTF_CSRF_SSL_STRICT=False,
    )

    @app.before_request
    def refuse_other_sites() -> None:
        site = request.headers.get("Sec-Fetch-Site")
        if request.method in _UNSAFE and site in ("cross-site", "same-site"):
            raise CSRFError("The form was sent from another site.")

    return CSRFProtect(app)


def token_field() -> Markup:
    """Return the hidden field that every form of ours carries."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(TOKEN, generate_csrf())
