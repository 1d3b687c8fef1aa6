"""Log-in sessions: when one locks by itself, when it ends, when it is worth writing down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

IDLE_LOCK = timedelta(minutes=15)
"""After this long without a request the screen is covered; the password uncovers it ("Kunci")."""
IDLE_END = timedelta(hours=2)
"""After this long without a request the session is over."""
ABSOLUTE_END = timedelta(hours=12)
"""However busy, a session never lives longer."""
TOUCH_EVERY = timedelta(minutes=1)
"""``last_seen_at`` is written at most this often, so that reading a page writes nothing."""

SessionState = Literal["open", "locked", "ended"]


@dataclass(frozen=True)
class LoginSession:
    """One log-in of one browser. ``id`` is the hash of the token that only the browser holds.

    A log-in and a change of password always make a new one; locking and unlocking keep it.
    """

    id: str
    account_id: str
    created_at: datetime
    last_seen_at: datetime
    locked_at: datetime | None = None
    ended_at: datetime | None = None


def state(session: LoginSession, at: datetime) -> SessionState:
    """Return what the session is at a moment: open, locked, or ended."""
    idle = at - session.last_seen_at
    if session.ended_at is not None or idle >= IDLE_END or at - session.created_at >= ABSOLUTE_END:
        return "ended"
    if session.locked_at is not None or idle >= IDLE_LOCK:
        return "locked"
    return "open"


def to_be_touched(session: LoginSession, at: datetime) -> bool:
    """Tell whether this request should be written down as the last one seen."""
    return state(session, at) == "open" and at - session.last_seen_at >= TOUCH_EVERY
