"""The names of this product's cookies, and the one list of them that a quick exit clears."""

from __future__ import annotations

from flask import Response, current_app

FORGERY = "formulir"
LANGUAGE = "lang"
SESSION = "sesi"
DRAFT = "isian"
FOLLOWED = "kabar"
LATER = "nanti"

ALL = (FORGERY, LANGUAGE, SESSION, DRAFT, FOLLOWED, LATER)


def name(cookie: str, *, secure: bool | None = None) -> str:
    """Return a cookie's full name; behind TLS the prefix ties it to this host alone."""
    if secure is None:
        secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
    return f"__Host-{cookie}" if secure else cookie


def put(response: Response, cookie: str, value: str) -> None:
    """Set a cookie that ends with the browser, read by no script, sent along by no other site."""
    response.set_cookie(
        name(cookie),
        value,
        secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
        httponly=True,
        samesite="Lax",
        path="/",
    )


def drop(response: Response, cookie: str) -> None:
    """Expire a cookie, with the attributes it was set with."""
    response.delete_cookie(
        name(cookie),
        secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
        httponly=True,
        samesite="Lax",
        path="/",
    )
