"""The only place that reads the time, so that a test can say what time it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta

_standing: ContextVar[datetime | None] = ContextVar("standing", default=None)
_shift: list[timedelta] = [timedelta(0)]


def now() -> datetime:
    """Return the moment it is, in UTC with its zone."""
    return _standing.get() or datetime.now(UTC) + _shift[0]


@contextmanager
def standing_at(moment: datetime) -> Iterator[None]:
    """Let time stand still at ``moment`` in this context; for tests and for deciding a case
    again.
    """
    token = _standing.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _standing.reset(token)


@contextmanager
def shifted(by: timedelta) -> Iterator[None]:
    """Move the whole process's clock by ``by``, threads included; for tests of time-outs and
    deadlines.
    """
    before = _shift[0]
    _shift[0] = before + by
    try:
        yield
    finally:
        _shift[0] = before
