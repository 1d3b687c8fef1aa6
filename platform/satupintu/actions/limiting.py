"""Counts tries for all processes before their answer is known, so that none slips past a limit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from satupintu.errors import Problem, TooOften
from satupintu.people.limits import Limit
from satupintu.store import limits
from satupintu.store.open import Transaction


@dataclass(frozen=True)
class Try:
    """One try that counts against a limit; ``subject`` is a log-in name or an address, folded."""

    limit: Limit
    subject: str

    @property
    def key(self) -> str:
        """Return what the store counts."""
        return self.limit.key(self.subject)


def count(tx: Transaction, at: datetime, tries: Sequence[Try]) -> TooOften | None:
    """Count the tries; return the refusal where any of them is one too many."""
    waits = [
        one.limit.wait(at)
        for one in tries
        if not one.limit.allows(limits.count(tx, one.key, one.limit.starts(at)) - 1)
    ]
    if not waits:
        return None
    minutes = -(-max(waits).total_seconds() // 60)
    return TooOften(Problem("people.too_many_tries", {"count": int(minutes)}))


def take_back(tx: Transaction, at: datetime, tries: Sequence[Try]) -> None:
    """Forget tries that turned out well; ``at`` is when they were counted."""
    for one in tries:
        limits.take_back(tx, one.key, one.limit.starts(at))
