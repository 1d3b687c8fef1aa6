"""Cases: numbers, states, who they are shared with, tracking codes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.sql import Executable

from satupintu.cases.case import Case, CaseState
from satupintu.errors import Conflict, NotFound, Problem
from satupintu.store.open import Transaction, insert_into
from satupintu.store.rows import built, selected, values
from satupintu.store.tables import (
    blind_index,
    case_counters,
    case_shares,
    cases,
    outbox,
    tracking_codes,
)
from satupintu.store.wrapped import new_key

_CASE = selected(cases, Case)
_BY_ID = _CASE.where(cases.c.id == bindparam("id"))
_BY_ID_LOCKED = _BY_ID.with_for_update()
_BY_NUMBER = _CASE.where(cases.c.number == bindparam("number"))
_BY_CODE = _CASE.join(tracking_codes, tracking_codes.c.case_id == cases.c.id).where(
    tracking_codes.c.code_hash == bindparam("code")
)
_ADD = insert(cases)
_CHANGE = (
    update(cases)
    .where(cases.c.id == bindparam("row"), cases.c.version == bindparam("before"))
    .values(
        state=bindparam("state"),
        manager=bindparam("manager"),
        headline=bindparam("headline"),
        due_at=bindparam("due_at"),
        head_only=bindparam("head_only"),
        version=cases.c.version + 1,
    )
)


def next_number(tx: Transaction, year: int) -> int:
    """Return the next number of a year, from 1, never the same twice."""
    return int(tx.run(_count_on(tx.dialect), {"year": year}).scalar_one())


@cache
def _count_on(dialect: str) -> Executable:
    first = insert_into(dialect, case_counters).values(year=bindparam("year"), last=1)
    return first.on_conflict_do_update(
        index_elements=[case_counters.c.year], set_={"last": case_counters.c.last + 1}
    ).returning(case_counters.c.last)


def add(tx: Transaction, case: Case) -> None:
    """Keep a new case, and make the key that everything in it is sealed with."""
    key = new_key(tx, cases, case.id)
    tx.run(_ADD, values(cases, case) | {"wrapped_key": key.sealed, "key_id": key.key_id})


def get(tx: Transaction, case_id: str, *, lock: bool = False) -> Case:
    """Return one case; with ``lock``, nobody else changes it meanwhile. Raises NotFound."""
    return _one(tx, _BY_ID_LOCKED if lock else _BY_ID, id=case_id)


def by_number(tx: Transaction, number: str) -> Case:
    """Return the case with this number. Raises NotFound."""
    return _one(tx, _BY_NUMBER, number=number)


def change(tx: Transaction, case: Case) -> Case:
    """Write what can change in a case; returns the case with its new version.

    Raises Conflict where somebody changed it since ``case`` was read.
    """
    changed = tx.run(
        _CHANGE,
        {
            "row": case.id,
            "before": case.version,
            "state": case.state,
            "manager": case.manager,
            "headline": case.headline,
            "due_at": case.due_at,
            "head_only": case.head_only,
        },
    )
    if not changed.rowcount:
        raise Conflict(Problem("store.changed"))
    return replace(case, version=case.version + 1)


def listed(
    tx: Transaction,
    states: Collection[CaseState],
    *,
    of: str | None = None,
    newest: bool = False,
    limit: int = 200,
    skip: int = 0,
) -> tuple[Case, ...]:
    """Return cases in these states, the soonest due first, those without a due time last; or the
    ``newest`` first.

    With ``of``, an account of the staff: only those it manages, those shared with it and those in
    the queue (``cases.access.in_queue``), and none that only the head may see.
    """
    statement = _CASE.where(cases.c.state.in_(states), _seen_by(of))
    if newest:
        statement = statement.order_by(cases.c.created_at.desc(), cases.c.number.desc())
    else:
        soonest = cases.c.due_at.is_(None), cases.c.due_at, cases.c.created_at, cases.c.number
        statement = statement.order_by(*soonest)
    rows = tx.run(statement.limit(limit).offset(skip))
    return tuple(built(Case, row) for row in rows)


def counted(
    tx: Transaction, states: Collection[CaseState], *, of: str | None = None
) -> Mapping[CaseState, tuple[int, str]]:
    """Return how many cases each of these states has, of those that ``listed`` would return, and
    the id of one of them; a state without any is left out.
    """
    each = select(cases.c.state, func.count().label("cases"), func.min(cases.c.id).label("one"))
    each = each.where(cases.c.state.in_(states), _seen_by(of)).group_by(cases.c.state)
    return {row.state: (row.cases, row.one) for row in tx.run(each)}


def _seen_by(of: str | None) -> ColumnElement[bool]:
    if of is None:
        return true()
    shared = select(case_shares.c.case_id).where(case_shares.c.account_id == of)
    return and_(
        cases.c.head_only.is_(False),
        or_(
            cases.c.manager == of,
            cases.c.id.in_(shared),
            cases.c.state == "triage",
            and_(cases.c.state == "undecided", cases.c.manager.is_(None)),
        ),
    )


def share(tx: Transaction, case_id: str, account_id: str, *, by: str | None, at: datetime) -> None:
    """Let another account of the lead agency see a case; once more changes nothing."""
    tx.run(
        tx.insert(case_shares)
        .values(case_id=case_id, account_id=account_id, shared_by=by, shared_at=at)
        .on_conflict_do_nothing()
    )


def unshare(tx: Transaction, case_id: str, account_id: str) -> None:
    """Take that back."""
    tx.run(
        delete(case_shares).where(
            case_shares.c.case_id == case_id, case_shares.c.account_id == account_id
        )
    )


def shared_with(tx: Transaction, case_id: str) -> frozenset[str]:
    """Return the accounts that a case is shared with."""
    return frozenset(
        tx.run(select(case_shares.c.account_id).where(case_shares.c.case_id == case_id)).scalars()
    )


def add_tracking_code(tx: Transaction, case_id: str, code: str) -> None:
    """Keep the keyed hash of a normalised tracking code."""
    hashed = tx.keyring.token_hash("tracking_code", code)
    tx.run(insert(tracking_codes), {"code_hash": hashed, "case_id": case_id})


def by_tracking_code(tx: Transaction, code: str) -> Case:
    """Return the case of a normalised tracking code. Raises NotFound."""
    return _one(tx, _BY_CODE, code=tx.keyring.token_hash("tracking_code", code))


def erase(tx: Transaction, case_id: str) -> None:
    """Destroy a case's key and all that finds it: nothing in it, or in any backup, opens again."""
    tx.opened.pop(f"{cases.name}/{case_id}", None)
    for table in (blind_index, tracking_codes, outbox):
        tx.run(delete(table).where(table.c.case_id == case_id))
    tx.run(update(cases).where(cases.c.id == case_id).values(wrapped_key=None))


def _one(tx: Transaction, statement: Select[Any], **parameters: str) -> Case:
    row = tx.run(statement, parameters).one_or_none()
    if row is None:
        raise NotFound(Problem("store.not_found"))
    return built(Case, row)
