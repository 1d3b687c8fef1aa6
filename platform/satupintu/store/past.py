"""The facts of past cases, opened one after another for what is worked out of all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, select

from satupintu.documents import Json
from satupintu.store import submissions as sent
from satupintu.store.open import Transaction
from satupintu.store.tables import cases, submissions


@dataclass(frozen=True)
class Assessed:
    """What was last assessed in one case: when, the form version, the facts as they were kept."""

    submitted_at: datetime
    form_hash: str
    facts: Mapping[str, Json]


def assessed_since(tx: Transaction, since: datetime) -> Iterator[Assessed]:
    """Yield the newest assessment of every case that has one since a moment; never an erased one.

    Nothing says which case it is.
    """
    order = func.row_number().over(
        partition_by=submissions.c.case_id,
        order_by=(submissions.c.submitted_at.desc(), submissions.c.id.desc()),
    )
    kept = and_(cases.c.id == submissions.c.case_id, cases.c.wrapped_key.is_not(None))
    ranked = (
        select(submissions.c.id, order.label("newest"))
        .join(cases, kept)
        .where(submissions.c.purpose == "assessment", submissions.c.submitted_at >= since)
        .subquery()
    )
    for row in tx.run(select(ranked.c.id).where(ranked.c.newest == 1)).all():
        submission = sent.get(tx, row.id)
        yield Assessed(submission.submitted_at, submission.form_hash, submission.facts)
