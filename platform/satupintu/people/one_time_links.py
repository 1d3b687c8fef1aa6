"""One-time links: how a person sets a password after an administrator opened or reset the account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

LIFETIME = timedelta(hours=24)

LinkState = Literal["fresh", "used", "expired"]


@dataclass(frozen=True)
class OneTimeLink:
    """A link for one account. ``id`` is the hash of the token that only the link holds."""

    id: str
    account_id: str
    created_at: datetime
    created_by: str | None
    used_at: datetime | None = None

    @property
    def expires_at(self) -> datetime:
        """Return the moment from which the link is of no use."""
        return self.created_at + LIFETIME


def state(link: OneTimeLink, at: datetime) -> LinkState:
    """Return whether the link can still set a password at a moment."""
    if link.used_at is not None:
        return "used"
    return "fresh" if at < link.expires_at else "expired"
