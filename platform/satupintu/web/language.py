"""Which language a page is in: the one asked for, the one remembered, or the browser's own."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Request, Response

from satupintu.web import cookies

QUERY = "lang"


def choose(
    asked: str | None, remembered: str | None, preferred: Sequence[str], offered: Sequence[str]
) -> str:
    """Return the language of a page: the first of the three that the service offers, else its
    default.

    ``preferred`` is the browser's list, best first (``en-GB`` counts as ``en``); ``offered`` is the
    service's, its default first.
    """
    for language in (asked, remembered, *(p.partition("-")[0].lower() for p in preferred)):
        if language in offered:
            return str(language)
    return offered[0]


def of_request(request: Request, offered: Sequence[str]) -> str:
    """Return the language that a request is answered in."""
    return choose(
        request.args.get(QUERY),
        request.cookies.get(cookies.name(cookies.LANGUAGE)),
        list(request.accept_languages.values()),
        offered,
    )


def remember(request: Request, response: Response, offered: Sequence[str]) -> None:
    """Keep a language that was asked for in the address until the browser is closed."""
    asked = request.args.get(QUERY)
    if asked in offered:
        cookies.put(response, cookies.LANGUAGE, str(asked))
