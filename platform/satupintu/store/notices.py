"""Alarms on the staff's page: what happened to which case, until somebody settles it."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, update

from satupintu.store.open import Transaction
from satupintu.store.rows import built, selected, values
from satupintu.store.tables import notices


@dataclass(frozen=True)
class Notice:
    """One alarm. ``kind`` names its sentence; it holds no words of anybody and no answers."""

    id: str
    kind: str
    case_id: str | None
    agency: str | None
    made_at: datetime
    settled_at: datetime | None = None
    settled_by: str | None = None


_NOTICE = selected(notices, Notice)


def add(
    tx: Transaction,
    kind: str,
    at: datetime,
    *,
    case_id: str | None = None,
    agency: str | None = None,
) -> Notice:
    """Raise an alarm."""
    notice = Notice(str(uuid.uuid4()), kind, case_id, agency, at)
    tx.run(insert(notices), values(notices, notice))
    return notice


def unsettled(tx: Transaction, kinds: Collection[str] | None = None) -> tuple[Notice, ...]:
    """Return every alarm that nobody settled yet, oldest first; of all kinds, or of these."""
    statement = _NOTICE.where(notices.c.settled_at.is_(None)).order_by(notices.c.place)
    if kinds is not None:
        statement = statement.where(notices.c.kind.in_(kinds))
    return tuple(built(Notice, row) for row in tx.run(statement))


def settle(tx: Transaction, case_id: str, at: datetime, *, by: str | None) -> int:
    """Settle every alarm about a case; returns how many there were."""
    return tx.run(
        update(notices)
        .where(notices.c.case_id == case_id, notices.c.settled_at.is_(None))
        .values(settled_at=at, settled_by=by)
    ).rowcount
