"""What happened to a case, in order; the words of people in it are sealed."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, insert, select

from satupintu.documents import Json
from satupintu.store.keys import Cell
from satupintu.store.open import Transaction
from satupintu.store.tables import timeline
from satupintu.store.wrapped import case_key

_ADD = insert(timeline)
_OF_CASE = (
    select(timeline).where(timeline.c.case_id == bindparam("case_id")).order_by(timeline.c.place)
)


@dataclass(frozen=True)
class Happening:
    """One thing that happened. ``kind`` names its sentence, ``body`` what the sentence needs.

    ``account`` is who did it, None for the public and the product itself; ``agency`` which agency
    it is about.
    """

    case_id: str
    at: datetime
    kind: str
    body: Mapping[str, Json]
    account: str | None = None
    agency: str | None = None


def add(tx: Transaction, *new: Happening) -> None:
    """Add to a case's timeline, all in one statement."""
    rows = []
    for happening in new:
        row = str(uuid.uuid4())
        key = case_key(tx, happening.case_id)
        rows.append(
            {
                "id": row,
                "case_id": happening.case_id,
                "at": happening.at,
                "kind": happening.kind,
                "account": happening.account,
                "agency": happening.agency,
                "body_sealed": key.seal_json(_body(row), happening.body),
            }
        )
    if rows:
        tx.run(_ADD, rows)


def of_case(tx: Transaction, case_id: str) -> tuple[Happening, ...]:
    """Return a case's timeline, oldest first."""
    key = case_key(tx, case_id)
    return tuple(
        Happening(
            case_id=row.case_id,
            at=row.at,
            kind=row.kind,
            body=key.open_json(_body(row.id), row.body_sealed),
            account=row.account,
            agency=row.agency,
        )
        for row in tx.run(_OF_CASE, {"case_id": case_id}).all()
    )


def _body(row: str) -> Cell:
    return Cell("timeline", row, "body_sealed")
