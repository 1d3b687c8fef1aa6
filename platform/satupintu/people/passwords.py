"""Passwords: what a good one is, its Argon2id hash, and a check that takes as long for nobody."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from satupintu.errors import Problem

MINIMUM = 12
MAXIMUM = 128
FEWEST_KINDS = 5
"""Different characters that a password needs at least."""

_COMMON = (
    "password",
    "katasandi",
    "satupintu",
    "rahasia",
    "qwerty",
    "admin",
    "indonesia",
    "bismillah",
    "sayang",
    "letmein",
)
_SEQUENCES = ("01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm")

_hasher = PasswordHasher()  # argon2-cffi's defaults are RFC 9106's low-memory profile


def problems(password: str, login: str) -> Iterator[Problem]:
    """Yield what has to change before ``password`` may be set for ``login``."""
    plain = _normal(password)
    if len(plain) < MINIMUM:
        yield Problem("people.password.short", {"minimum": MINIMUM})
        return
    if len(plain) > MAXIMUM:
        yield Problem("people.password.long", {"maximum": MAXIMUM})
        return
    folded = "".join(c for c in plain.casefold() if c.isalnum())
    name = "".join(c for c in login.casefold() if c.isalnum())
    if len(name) >= 3 and name in folded:
        yield Problem("people.password.login")
    elif len(set(folded)) < FEWEST_KINDS or _guessable(folded):
        yield Problem("people.password.common")


def hashed(password: str) -> str:
    """Return the Argon2id hash to keep: about 64 MiB and some 50 ms, on purpose."""
    return _hasher.hash(_normal(password))


def right(password: str, stored: str | None) -> bool:
    """Tell whether ``password`` is the one; without a stored hash it is not, after equal work."""
    try:
        matches = _hasher.verify(stored or _nobody(), _normal(password[: MAXIMUM * 4]))
    except (VerificationError, InvalidHashError):
        return False
    return matches and stored is not None


def outdated(stored: str) -> bool:
    """Tell whether the hash was made with weaker parameters, so that the next log-in renews it."""
    return _hasher.check_needs_rehash(stored)


@cache
def _nobody() -> str:
    return _hasher.hash("nobody has this password")


def _normal(password: str) -> str:
    return unicodedata.normalize("NFKC", password)


def _guessable(folded: str) -> bool:
    """Tell whether little is left once the words and rows of keys that everybody tries are gone."""
    rest = folded
    for word in _COMMON:
        rest = rest.replace(word, "")
    for row in _SEQUENCES:
        for size in range(len(row), 3, -1):
            for start in range(len(row) - size + 1):
                piece = row[start : start + size]
                rest = rest.replace(piece, "").replace(piece[::-1], "")
    return len(rest) < 4
