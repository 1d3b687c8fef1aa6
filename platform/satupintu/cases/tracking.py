"""Codes to write down: with one, a person without an account follows a report or goes on with it,
and nobody else can guess how.
"""

from __future__ import annotations

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""32 letters and digits that can't be taken for one another (no I, L, O, U): 5 bits each."""
GROUPS = 4
GROUP = 4
LENGTH = GROUPS * GROUP
BITS = LENGTH * 5

_MEANT = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})


def new() -> str:
    """Return a new random code of 80 bits, grouped to be read aloud: ``T7KM-4W9A-RX2B-08ZC``."""
    return grouped("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)))


def grouped(code: str) -> str:
    """Return a code's characters in groups of four."""
    return "-".join(code[i : i + GROUP] for i in range(0, len(code), GROUP))


def normalised(typed: str) -> str | None:
    """Return the code as it was given out, or None where what was typed can't be one.

    Lower case, spaces, any kind of dash or none, and O for 0 or I for 1 are all understood.
    """
    plain = "".join(c for c in typed.upper() if c.isalnum()).translate(_MEANT)
    if len(plain) != LENGTH or any(c not in ALPHABET for c in plain):
        return None
    return grouped(plain)
