"""Referrals: one case at one agency, what is asked of it and why, sealed with the case's key."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, bindparam, func, insert, or_, select, update

from satupintu.cases.referral import OPEN_STATES, AskedService, Referral, ReferralState
from satupintu.documents import Json
from satupintu.errors import Conflict, NotFound, Problem
from satupintu.store.keys import Cell
from satupintu.store.open import Transaction
from satupintu.store.rows import values
from satupintu.store.tables import case_shares, cases, referrals
from satupintu.store.wrapped import case_key


@dataclass(frozen=True)
class Missed:
    """A referral past a deadline: to be answered (``silent``), to be done (``overdue``)."""

    referral_id: str
    case_id: str
    silent: bool
    overdue: bool


_ADD = insert(referrals)
_REFERRAL = select(referrals)
_ONE = _REFERRAL.where(referrals.c.id == bindparam("id"))
_ONE_LOCKED = _ONE.with_for_update()
_OF_CASE = _REFERRAL.where(referrals.c.case_id == bindparam("case_id")).order_by(
    referrals.c.due_at, referrals.c.agency, referrals.c.created_at, referrals.c.id
)


def add(tx: Transaction, new: Sequence[Referral]) -> None:
    """Keep referrals, all in one statement."""
    if new:
        tx.run(_ADD, [_values(tx, referral) for referral in new])


def get(tx: Transaction, referral_id: str, *, lock: bool = False) -> Referral:
    """Return one referral; with ``lock``, nobody else changes it meanwhile. Raises NotFound."""
    row = tx.run(_ONE_LOCKED if lock else _ONE, {"id": referral_id}).one_or_none()
    if row is None:
        raise NotFound(Problem("store.not_found"))
    return _referral(tx, row)


def of_case(tx: Transaction, case_id: str) -> tuple[Referral, ...]:
    """Return every referral of a case, the soonest due first."""
    return tuple(_referral(tx, row) for row in tx.run(_OF_CASE, {"case_id": case_id}).all())


def inbox(
    tx: Transaction,
    agency: str,
    states: Collection[ReferralState],
    *,
    head: bool,
    newest: bool = False,
    limit: int = 200,
) -> tuple[Referral, ...]:
    """Return an agency's referrals in these states: the soonest due first, or the ``newest``.

    Without ``head``, those that only the agency's head may see are left out.
    """
    statement = _REFERRAL.where(_of_agency(agency, states, head))
    if newest:
        statement = statement.order_by(referrals.c.created_at.desc(), referrals.c.id)
    else:
        statement = statement.order_by(referrals.c.due_at, referrals.c.created_at, referrals.c.id)
    return tuple(_referral(tx, row) for row in tx.run(statement.limit(limit)).all())


def count(tx: Transaction, agency: str, states: Collection[ReferralState], *, head: bool) -> int:
    """Return how many referrals an inbox holds in these states; opens none of them."""
    counted = select(func.count()).select_from(referrals)
    return int(tx.run(counted.where(_of_agency(agency, states, head))).scalar_one())


def _of_agency(agency: str, states: Collection[ReferralState], head: bool) -> ColumnElement[bool]:
    own = and_(referrals.c.agency == agency, referrals.c.state.in_(states))
    return own if head else and_(own, referrals.c.head_only.is_(False))


def past_deadline(tx: Transaction, at: datetime) -> tuple[Missed, ...]:
    """Return every referral that was sent and is past a deadline, with its case; opens none."""
    silent = and_(referrals.c.state == "sent", referrals.c.acknowledge_by < at)
    overdue = and_(referrals.c.state.in_(OPEN_STATES - {"held"}), referrals.c.due_at < at)
    statement = select(
        referrals.c.id, referrals.c.case_id, silent.label("silent"), overdue.label("overdue")
    ).where(or_(silent, overdue))
    return tuple(
        Missed(row.id, row.case_id, bool(row.silent), bool(row.overdue))
        for row in tx.run(statement.order_by(referrals.c.case_id, referrals.c.id))
    )


def late(
    tx: Transaction, at: datetime, *, of: str | None = None, limit: int = 200
) -> tuple[Referral, ...]:
    """Return the referrals that are past a deadline at ``at``: to be answered, or to be done.

    Held ones count too: their time runs while the person's consent is waited for. With ``of``, an
    account of the staff, only those of cases that it manages or has shared with it.
    """
    statement = _REFERRAL.where(_late(at, of)).order_by(referrals.c.due_at, referrals.c.id)
    return tuple(_referral(tx, row) for row in tx.run(statement.limit(limit)).all())


def count_late(tx: Transaction, at: datetime, *, of: str | None = None) -> int:
    """Return how many referrals ``late`` would return without a limit; opens none of them."""
    counted = select(func.count()).select_from(referrals).where(_late(at, of))
    return int(tx.run(counted).scalar_one())


def _late(at: datetime, of: str | None) -> ColumnElement[bool]:
    silent = and_(referrals.c.state == "sent", referrals.c.acknowledge_by < at)
    overdue = and_(referrals.c.state.in_(OPEN_STATES), referrals.c.due_at < at)
    if of is None:
        return or_(silent, overdue)
    shared = select(case_shares.c.case_id).where(case_shares.c.account_id == of)
    theirs = select(cases.c.id).where(
        cases.c.head_only.is_(False), or_(cases.c.manager == of, cases.c.id.in_(shared))
    )
    return and_(or_(silent, overdue), referrals.c.case_id.in_(theirs))


def change(tx: Transaction, referral: Referral) -> Referral:
    """Write a referral as it is now; returns it with its new version.

    Raises Conflict where somebody changed it since ``referral`` was read.
    """
    after = replace(referral, version=referral.version + 1)
    changed = tx.run(
        update(referrals)
        .where(referrals.c.id == referral.id, referrals.c.version == referral.version)
        .values(_values(tx, after))
    )
    if not changed.rowcount:
        raise Conflict(Problem("store.changed"))
    return after


def _values(tx: Transaction, referral: Referral) -> dict[str, Any]:
    key = case_key(tx, referral.case_id)
    reason = referral.reason
    return values(referrals, referral) | {
        "services_sealed": key.seal_json(_services(referral.id), _to_json(referral.services)),
        "reason_sealed": None if reason is None else key.seal_json(_reason(referral.id), reason),
    }


def _referral(tx: Transaction, row: Row[Any]) -> Referral:
    key = case_key(tx, row.case_id)
    reason = row.reason_sealed
    return Referral(
        id=row.id,
        case_id=row.case_id,
        agency=row.agency,
        state=row.state,
        urgency=row.urgency,
        consent=row.consent,
        services=_from_json(key.open_json(_services(row.id), row.services_sealed)),
        due_at=row.due_at,
        created_at=row.created_at,
        origin=row.origin,
        decision_id=row.decision_id,
        acknowledge_by=row.acknowledge_by,
        reason=None if reason is None else key.open_json(_reason(row.id), reason),
        told_at=row.told_at,
        head_only=row.head_only,
        sent_at=row.sent_at,
        accepted_at=row.accepted_at,
        ended_at=row.ended_at,
        version=row.version,
    )


def _to_json(services: Sequence[AskedService]) -> Json:
    return [dict(vars(service)) for service in services]


def _from_json(value: Json) -> tuple[AskedService, ...]:
    return tuple(AskedService(**(item | {"rules": tuple(item["rules"])})) for item in value)


def _services(row: str) -> Cell:
    return Cell("referrals", row, "services_sealed")


def _reason(row: str) -> Cell:
    return Cell("referrals", row, "reason_sealed")
