"""Forgetting: what was kept only for a while goes, with its keys."""

from __future__ import annotations

from datetime import timedelta

from satupintu.actions.action import Act, action
from satupintu.store import drafts, idempotency, limits, sessions

SENT_AGAIN = timedelta(days=7)
"""How long a second press of a button is known as one."""
LIMITS = timedelta(days=2)
"""Longer than any window in which tries are counted."""
SESSIONS = timedelta(days=30)
"""Longer than any session lasts; until then a person is told that it ended."""


@action("worker.forget", trail=False)
def forget(act: Act) -> int:
    """Delete drafts whose time is over, and old marks of requests and sessions; return how many
    drafts. A worker's step.
    """
    gone = drafts.expire(act.tx, act.at)
    idempotency.forget_before(act.tx, act.at - SENT_AGAIN)
    limits.forget_before(act.tx, act.at - LIMITS)
    sessions.forget_before(act.tx, act.at - SESSIONS)
    if gone:
        act.note("draft", "expired", count=gone)
    return gone
