"""Submissions and decisions: what was sent and what was said about it, sealed."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, Select, bindparam, insert, select, update

from satupintu.cases.case import DecisionRecord, DecisionState, Submission
from satupintu.errors import NotFound, Problem
from satupintu.forms.document import Purpose
from satupintu.rules.decision import Decision
from satupintu.store.keys import Cell
from satupintu.store.open import Transaction
from satupintu.store.rows import values
from satupintu.store.tables import decisions, submissions
from satupintu.store.wrapped import case_key

_ADD = insert(submissions)
_SUBMISSION = select(submissions)
_ONE = _SUBMISSION.where(submissions.c.id == bindparam("id"))
_OF_CASE = _SUBMISSION.where(submissions.c.case_id == bindparam("case_id")).order_by(
    submissions.c.submitted_at, submissions.c.id
)
_ADD_DECISION = insert(decisions)
_DECISION = select(decisions)
_ONE_DECISION = _DECISION.where(decisions.c.id == bindparam("id"))
_DECISIONS_OF_CASE = _DECISION.where(decisions.c.case_id == bindparam("case_id")).order_by(
    decisions.c.decided_at, decisions.c.id
)


def add(tx: Transaction, submission: Submission) -> None:
    """Keep a submission."""
    key = case_key(tx, submission.case_id)
    tx.run(
        _ADD,
        values(submissions, submission)
        | {
            "answers_sealed": key.seal_json(_answers(submission.id), submission.answers),
            "facts_sealed": key.seal_json(_facts(submission.id), submission.facts),
            "kept_sealed": key.seal_json(_kept(submission.id), submission.kept)
            if submission.kept
            else None,
        },
    )


def get(tx: Transaction, submission_id: str) -> Submission:
    """Return one submission. Raises NotFound."""
    return _submission(tx, _one(tx, _ONE, submission_id))


def of_case(tx: Transaction, case_id: str) -> tuple[Submission, ...]:
    """Return everything that was sent about a case, oldest first."""
    return tuple(_submission(tx, row) for row in tx.run(_OF_CASE, {"case_id": case_id}).all())


def latest(tx: Transaction, case_id: str, purpose: Purpose) -> Submission | None:
    """Return what was last sent for one purpose, corrections included; None where nothing was."""
    row = tx.run(
        _SUBMISSION.where(submissions.c.case_id == case_id, submissions.c.purpose == purpose)
        .order_by(submissions.c.submitted_at.desc(), submissions.c.id.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else _submission(tx, row)


def add_decision(tx: Transaction, record: DecisionRecord) -> None:
    """Keep a decision about a submission."""
    sealed = None
    if record.decision is not None:
        key = case_key(tx, record.case_id)
        sealed = key.seal_json(_body(record.id), record.decision.to_json())
    tx.run(_ADD_DECISION, values(decisions, record) | {"body_sealed": sealed})


def decision(tx: Transaction, decision_id: str) -> DecisionRecord:
    """Return one decision. Raises NotFound."""
    return _decision(tx, _one(tx, _ONE_DECISION, decision_id))


def decisions_of_case(tx: Transaction, case_id: str) -> tuple[DecisionRecord, ...]:
    """Return every decision about a case, oldest first."""
    rows = tx.run(_DECISIONS_OF_CASE, {"case_id": case_id}).all()
    return tuple(_decision(tx, row) for row in rows)


def mark_decision(tx: Transaction, decision_id: str, state: DecisionState) -> None:
    """Write what became of a decision."""
    tx.run(update(decisions).where(decisions.c.id == decision_id).values(state=state))


def _submission(tx: Transaction, row: Row[Any]) -> Submission:
    key = case_key(tx, row.case_id)
    return Submission(
        id=row.id,
        case_id=row.case_id,
        purpose=row.purpose,
        form_hash=row.form_hash,
        rule_set_hash=row.rule_set_hash,
        answers=key.open_json(_answers(row.id), row.answers_sealed),
        facts=key.open_json(_facts(row.id), row.facts_sealed),
        submitted_at=row.submitted_at,
        submitted_by=row.submitted_by,
        language=row.language,
        corrects=row.corrects,
        referral_id=row.referral_id,
        kept={} if row.kept_sealed is None else key.open_json(_kept(row.id), row.kept_sealed),
    )


def _decision(tx: Transaction, row: Row[Any]) -> DecisionRecord:
    body = None
    if row.body_sealed is not None:
        key = case_key(tx, row.case_id)
        body = Decision.from_json(key.open_json(_body(row.id), row.body_sealed))
    return DecisionRecord(
        id=row.id,
        case_id=row.case_id,
        submission_id=row.submission_id,
        rule_set_hash=row.rule_set_hash,
        agencies_hash=row.agencies_hash,
        state=row.state,
        decision=body,
        engine=row.engine,
        agrees=row.agrees,
        trouble=row.trouble,
        decided_at=row.decided_at,
        decided_by=row.decided_by,
    )


def _one(tx: Transaction, statement: Select[Any], row_id: str) -> Row[Any]:
    row = tx.run(statement, {"id": row_id}).one_or_none()
    if row is None:
        raise NotFound(Problem("store.not_found"))
    return row


def _answers(row: str) -> Cell:
    return Cell("submissions", row, "answers_sealed")


def _facts(row: str) -> Cell:
    return Cell("submissions", row, "facts_sealed")


def _kept(row: str) -> Cell:
    return Cell("submissions", row, "kept_sealed")


def _body(row: str) -> Cell:
    return Cell("decisions", row, "body_sealed")
