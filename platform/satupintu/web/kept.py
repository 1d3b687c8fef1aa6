"""Keeps what a person typed when it could not be taken in, so that one press sends it again."""

from __future__ import annotations

from dataclasses import dataclass

from flask import g, request
from werkzeug.exceptions import RequestEntityTooLarge

TOKEN = "csrf_token"  # noqa: S105 - the field that holds one

_SECRET = ("password", "second_factor")

NEVER_REPEATED = (*_SECRET, TOKEN)
"""A field whose name starts with one of these is never written back into a page."""


@dataclass(frozen=True)
class Kept:
    """The fields of a form that was posted, in order, and whether it also had files, which can't
    be kept.
    """

    action: str
    fields: tuple[tuple[str, str], ...]
    files: bool


def posted() -> Kept | None:
    """Return what this request posted, or None where there is nothing that may be offered again.

    Offered again is only what certainly came from a page of ours: a forged form must not turn into
    one
    with our own button below it.
    """
    if request.method != "POST" or not _from_our_own_page():
        return None
    try:
        form = request.form
    except RequestEntityTooLarge:
        return None  # too large to be read, so it was never here
    fields = tuple(
        (name, value)
        for name, values in form.lists()
        if not name.startswith(NEVER_REPEATED)
        for value in values
    )
    secret = any(name.startswith(_SECRET) for name in form)
    if secret or not fields:
        return None
    files = any(file.filename for file in request.files.values())
    return Kept(request.full_path.removesuffix("?"), fields, files)


def _from_our_own_page() -> bool:
    return bool(g.get("csrf_valid")) or request.headers.get("Sec-Fetch-Site") == "same-origin"
