"""The blind index: finds cases by a name or a number that the database does not hold."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cache

from sqlalchemy import delete, func, insert, select
from sqlalchemy.sql import Executable

from satupintu.cases.matching import MatchValue
from satupintu.store.open import Transaction, insert_into
from satupintu.store.tables import blind_index


def index(tx: Transaction, case_id: str, values: Iterable[MatchValue]) -> None:
    """Make exactly these values find a case, in place of those that did before."""
    tx.run(delete(blind_index).where(blind_index.c.case_id == case_id))
    tokens = _tokens(tx, values)
    if tokens:
        tx.run(insert(blind_index), [{"token": t, "case_id": case_id} for t in tokens])


def add(tx: Transaction, case_id: str, values: Iterable[MatchValue]) -> None:
    """Make these values find a case too."""
    tokens = _tokens(tx, values)
    if tokens:
        tx.run(_add_to(tx.dialect), [{"token": t, "case_id": case_id} for t in tokens])


def find(tx: Transaction, wanted: Iterable[Collection[MatchValue]]) -> frozenset[str]:
    """Return the ids of all cases that have all values of any one of the sets wanted."""
    found: set[str] = set()
    for values in wanted:
        tokens = _tokens(tx, values)
        if tokens:
            found.update(
                tx.run(
                    select(blind_index.c.case_id)
                    .where(blind_index.c.token.in_(tokens))
                    .group_by(blind_index.c.case_id)
                    .having(func.count() == len(tokens))
                ).scalars()
            )
    return frozenset(found)


@cache
def _add_to(dialect: str) -> Executable:
    return insert_into(dialect, blind_index).on_conflict_do_nothing()


def _tokens(tx: Transaction, values: Iterable[MatchValue]) -> tuple[str, ...]:
    return tuple(sorted({tx.keyring.blind(kind, value) for kind, value in values}))
