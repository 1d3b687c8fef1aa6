"""Secrets that a browser or a link carries; the store only ever holds their hash."""

from __future__ import annotations

import hashlib
import secrets

BYTES = 32


def new() -> str:
    """Return a new random token of 256 bits, safe in an address and a cookie."""
    return secrets.token_urlsafe(BYTES)


def digest(token: str) -> str:
    """Return what the store keeps of a token. It is random and long, so one plain SHA-256 does."""
    return hashlib.sha256(token.encode()).hexdigest()
