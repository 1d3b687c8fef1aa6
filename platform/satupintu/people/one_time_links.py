"""One-time links: how a person sets a password after an account was opened or reset.

The store keeps a link's hash and uses it up once; an administrator hands the link over in person.
"""

from __future__ import annotations

from datetime import datetime, timedelta

LIFETIME = timedelta(hours=24)


def expires_at(made_at: datetime) -> datetime:
    """Return the moment from which a link made at ``made_at`` is of no use."""
    return made_at + LIFETIME


def path(token: str) -> str:
    """Return where a link leads, below the address of the pages."""
    return f"/sandi/atur/{token}"
