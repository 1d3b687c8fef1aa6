"""What happened to a case, in order; the words of people in it are sealed."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import bindparam, insert, select

from satupintu.cases.timeline import Event
from satupintu.store.keys import Cell
from satupintu.store.open import Transaction
from satupintu.store.rows import values
from satupintu.store.tables import timeline
from satupintu.store.wrapped import case_key

_AT_ONCE = 500
_ADD = insert(timeline)
_OF_CASE = (
    select(timeline).where(timeline.c.case_id == bindparam("case_id")).order_by(timeline.c.place)
)


def add(tx: Transaction, *new: Event) -> None:
    """Add to a case's timeline, all in one statement."""
    rows = [
        values(timeline, event)
        | {
            "details_sealed": case_key(tx, event.case_id).seal_json(
                _details(event.id), event.details
            )
        }
        for event in new
    ]
    if rows:
        tx.run(_ADD, rows)


def there(tx: Transaction, ids: Collection[str]) -> frozenset[str]:
    """Return which of these events are in the timeline already."""
    found: set[str] = set()
    wanted = list(ids)
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        found.update(tx.run(select(timeline.c.id).where(timeline.c.id.in_(some))).scalars())
    return frozenset(found)


def of_case(tx: Transaction, case_id: str) -> tuple[Event, ...]:
    """Return a case's timeline, oldest first."""
    key = case_key(tx, case_id)
    return tuple(
        Event(
            id=row.id,
            case_id=row.case_id,
            at=row.at,
            kind=row.kind,
            details=key.open_json(_details(row.id), row.details_sealed),
            account_id=row.account_id,
            agency=row.agency,
        )
        for row in tx.run(_OF_CASE, {"case_id": case_id}).all()
    )


def _details(row: str) -> Cell:
    return Cell("timeline", row, "details_sealed")
