"""Outgoing messages: written with the act they tell of, delivered later, in order of each case."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, exists, func, insert, select, update

from satupintu.messages.message import Message
from satupintu.store.keys import Cell
from satupintu.store.open import Transaction
from satupintu.store.rows import values
from satupintu.store.tables import outbox
from satupintu.store.wrapped import case_key

_EARLIER = outbox.alias("earlier")
_NEXT = select(func.coalesce(func.max(_EARLIER.c.sequence), 0) + 1).where(
    _EARLIER.c.case_id == bindparam("of")
)
_ADD = insert(outbox).values(sequence=_NEXT.scalar_subquery())
_WAITING = outbox.c.delivered_at.is_(None), outbox.c.given_up_at.is_(None)
_DUE = (
    select(outbox)
    .where(
        *_WAITING,
        outbox.c.next_attempt_at <= bindparam("at"),
        ~exists().where(
            _EARLIER.c.case_id == outbox.c.case_id,
            _EARLIER.c.sequence < outbox.c.sequence,
            _EARLIER.c.delivered_at.is_(None),
            _EARLIER.c.given_up_at.is_(None),
        ),
    )
    .order_by(outbox.c.place)
    .with_for_update(skip_locked=True, of=outbox)
)
_ONE = update(outbox).where(outbox.c.id == bindparam("row"))
_DELIVERED = _ONE.values(delivered_at=bindparam("at"))
_POSTPONED = _ONE.values(attempts=bindparam("tries"), next_attempt_at=bindparam("at"))
_GIVEN_UP = _ONE.values(given_up_at=bindparam("at"))


def add(tx: Transaction, messages: Sequence[Message]) -> None:
    """Keep messages to deliver, all in one statement; lock their cases before.

    Each gets the next ``sequence`` of its case, from 1, whatever it says itself.
    """
    rows = []
    for message in messages:
        body = {"case_number": message.case_number, "path": message.path}
        sealed = case_key(tx, message.case_id).seal_json(_body(message.id), body)
        row = values(outbox, message) | {"of": message.case_id, "body_sealed": sealed}
        del row["sequence"]  # the statement says it
        rows.append(row)
    if rows:
        tx.run(_ADD, rows)


def due(tx: Transaction, at: datetime, *, limit: int = 50) -> tuple[Message, ...]:
    """Return messages to try now: of each case only the first that still waits.

    No other transaction gets them before this one ends.
    """
    return tuple(_message(tx, row) for row in tx.run(_DUE.limit(limit), {"at": at}).all())


def delivered(tx: Transaction, message_id: str, at: datetime) -> None:
    """Write down that a message arrived."""
    tx.run(_DELIVERED, {"row": message_id, "at": at})


def postponed(tx: Transaction, message: Message) -> None:
    """Write down how often a message was tried, and when it is tried next."""
    tries = {"row": message.id, "tries": message.attempts, "at": message.next_attempt_at}
    tx.run(_POSTPONED, tries)


def given_up(tx: Transaction, message_id: str, at: datetime) -> None:
    """Write down that no later try can bring a message over; the next one of its case may go."""
    tx.run(_GIVEN_UP, {"row": message_id, "at": at})


def of_case(tx: Transaction, case_id: str) -> tuple[Message, ...]:
    """Return every message about a case, in order."""
    rows = tx.run(select(outbox).where(outbox.c.case_id == case_id).order_by(outbox.c.sequence))
    return tuple(_message(tx, row) for row in rows.all())


def waiting(tx: Transaction) -> int:
    """Return how many messages are not delivered yet."""
    return int(tx.run(select(func.count()).select_from(outbox).where(*_WAITING)).scalar_one())


def _message(tx: Transaction, row: Row[Any]) -> Message:
    body = case_key(tx, row.case_id).open_json(_body(row.id), row.body_sealed)
    return Message(
        id=row.id,
        case_id=row.case_id,
        case_number=body["case_number"],
        sequence=row.sequence,
        kind=row.kind,
        recipient=row.recipient,
        path=body["path"],
        created_at=row.created_at,
        next_attempt_at=row.next_attempt_at,
        attempts=row.attempts,
        delivered_at=row.delivered_at,
    )


def _body(row: str) -> Cell:
    return Cell("outbox", row, "body_sealed")
