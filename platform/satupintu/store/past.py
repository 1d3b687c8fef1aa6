"""Past cases, opened one after another for what is worked out of all of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, func, select

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


@dataclass(frozen=True)
class Sent:
    """What was sent once: the form version and the answers as they were kept."""

    form_hash: str
    answers: Mapping[str, Json]


def sent_under(tx: Transaction, versions: Collection[str]) -> Iterator[Sent]:
    """Yield the answers to these form versions, the newest first; what was corrected since and what
    was erased does not count.

    Nothing says which case it is.
    """
    for row in tx.run(_ids(versions).order_by(submissions.c.submitted_at.desc())).all():
        submission = sent.get(tx, row.id)
        yield Sent(submission.form_hash, submission.answers)


def count_under(tx: Transaction, versions: Collection[str]) -> Mapping[str, int]:
    """Return how many answers there are to each of these form versions, counted as above."""
    ids = _ids(versions).subquery()
    counted = select(ids.c.form_hash, func.count().label("answers")).group_by(ids.c.form_hash)
    return {row.form_hash: row.answers for row in tx.run(counted)}


def _ids(versions: Collection[str]) -> Select[Any]:
    newer = submissions.alias("newer")
    corrected = select(newer.c.id).where(newer.c.corrects == submissions.c.id).exists()
    kept = and_(cases.c.id == submissions.c.case_id, cases.c.wrapped_key.is_not(None))
    return (
        select(submissions.c.id, submissions.c.form_hash, submissions.c.submitted_at)
        .join(cases, kept)
        .where(submissions.c.form_hash.in_(sorted(versions)), ~corrected)
    )
