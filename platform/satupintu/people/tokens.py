"""Secrets that a browser or a link carries; the store only ever holds their keyed hash."""

from __future__ import annotations

import secrets

BYTES = 32


def new() -> str:
    """Return a new random token of 256 bits, safe in an address and in a cookie."""
    return secrets.token_urlsafe(BYTES)
