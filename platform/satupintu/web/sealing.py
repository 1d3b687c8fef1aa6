"""Seals small things that a browser carries for us: it can neither read nor change them."""

from __future__ import annotations

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime, timedelta

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from satupintu import clock, documents
from satupintu.actions.platform import Platform
from satupintu.documents import Json

_NONCE = 12


def seal(platform: Platform, purpose: str, bound_to: str, value: Json, life: timedelta) -> str:
    """Return a JSON value as text that only ``opened`` with the same purpose and binding reads,
    until ``life`` is over.
    """
    until = (clock.now() + life).isoformat()
    nonce = os.urandom(_NONCE)
    plain = documents.canonical([until, value])
    sealed = _cipher(platform, purpose).encrypt(nonce, plain, bound_to.encode())
    return urlsafe_b64encode(nonce + sealed).decode().rstrip("=")


def opened(platform: Platform, purpose: str, bound_to: str, text: str) -> Json | None:
    """Return what was sealed; None where it was changed, meant for another, or is too old."""
    try:
        data = urlsafe_b64decode(text + "=" * (-len(text) % 4))
        plain = _cipher(platform, purpose).decrypt(data[:_NONCE], data[_NONCE:], bound_to.encode())
    except (InvalidTag, ValueError):
        return None
    until, value = documents.parse(plain)
    return value if clock.now() < datetime.fromisoformat(until) else None


def _cipher(platform: Platform, purpose: str) -> AESGCM:
    return AESGCM(platform.signing_key(f"sealing/{purpose}"))
