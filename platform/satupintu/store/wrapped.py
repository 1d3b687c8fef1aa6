"""The keys of cases, drafts and second factors: unwrapped once in a transaction, wrapped anew,
destroyed.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, Table, bindparam, select, update

from satupintu.errors import NotFound, Problem
from satupintu.store.keys import DataKey, Erased, WrappedKey
from satupintu.store.open import Transaction
from satupintu.store.tables import cases, drafts, second_factors

_KEYED = (cases, drafts, second_factors)

_FETCH = {
    table.name: select(table.c.wrapped_key, table.c.key_id).where(table.c.id == bindparam("row"))
    for table in _KEYED
}


def new_key(tx: Transaction, table: Table, row: str) -> WrappedKey:
    """Return a fresh key for a row that is about to be written, ready to seal with."""
    owner = f"{table.name}/{row}"
    key, wrapped = tx.keyring.new_key(owner)
    tx.opened[owner] = key
    return wrapped


def case_key(tx: Transaction, case_id: str) -> DataKey:
    """Return the key of a case. Raises NotFound, or Erased where it was destroyed."""
    return _key(tx, cases, case_id)


def draft_key(tx: Transaction, draft_id: str) -> DataKey:
    """Return the key of a draft. Raises NotFound."""
    return _key(tx, drafts, draft_id)


def factor_key(tx: Transaction, account_id: str) -> DataKey:
    """Return the key of an account's second factor. Raises NotFound."""
    return _key(tx, second_factors, account_id)


def key_in_draft(tx: Transaction, row: Row[Any]) -> DataKey:
    """Return the key of a draft whose row was read: it stands there."""
    return _unwrapped(tx, f"{drafts.name}/{row.id}", row)


def rewrap(tx: Transaction, limit: int = 500) -> int:
    """Wrap up to ``limit`` keys by the current master key; returns how many, 0 at the end."""
    current = tx.keyring.current
    done = 0
    for table in _KEYED:
        rows = tx.run(
            select(table.c.id, table.c.wrapped_key, table.c.key_id)
            .where(table.c.key_id != current, table.c.wrapped_key.is_not(None))
            .limit(limit - done)
            .with_for_update()
        ).all()
        if rows:
            tx.run(
                update(table)
                .where(table.c.id == bindparam("row"))
                .values(wrapped_key=bindparam("sealed"), key_id=current),
                [
                    {"row": row.id, "sealed": tx.keyring.rewrap(_wrapped(row), owner).sealed}
                    for row in rows
                    for owner in (f"{table.name}/{row.id}",)
                ],
            )
        done += len(rows)
    return done


def _key(tx: Transaction, table: Table, row: str) -> DataKey:
    owner = f"{table.name}/{row}"
    key = tx.opened.get(owner)
    if key is None:
        found = tx.run(_FETCH[table.name], {"row": row}).one_or_none()
        if found is None:
            raise NotFound(Problem("store.not_found"))
        key = _unwrapped(tx, owner, found)
    return key


def _unwrapped(tx: Transaction, owner: str, row: Row[Any]) -> DataKey:
    if row.wrapped_key is None:
        raise Erased(Problem("store.erased"))
    key = tx.opened[owner] = tx.keyring.unwrap(_wrapped(row), owner)
    return key


def _wrapped(row: Row[Any]) -> WrappedKey:
    return WrappedKey(row.wrapped_key, row.key_id)
