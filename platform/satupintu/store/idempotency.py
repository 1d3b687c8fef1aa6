"""Sent twice, kept once: the first with a key does the work, the others get its result."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.sql import Executable

from satupintu.documents import Json
from satupintu.errors import Conflict, Problem
from satupintu.store.keys import Cell
from satupintu.store.open import Transaction, insert_into
from satupintu.store.tables import idempotency

_RESULT = select(idempotency.c.result_sealed).where(idempotency.c.key_hash == bindparam("key"))
_KEEP = (
    update(idempotency)
    .where(idempotency.c.key_hash == bindparam("key"))
    .values(result_sealed=bindparam("sealed"))
)


def earlier(tx: Transaction, key: str, at: datetime) -> Json | None:
    """Return what the first use of ``key`` gave, or None and claim it: then ``keep`` the result.

    While another transaction works under the same key, this waits for it to end.
    """
    hashed = _hash(tx, key)
    claim = {"key": hashed, "at": at}
    if tx.run(_claim(tx.dialect), claim).first() is not None:
        return None
    sealed = tx.run(_RESULT, {"key": hashed}).scalar_one()
    if sealed is None:
        raise Conflict(Problem("store.changed"))
    return tx.keyring.key_of(key).open_json(_cell(hashed), sealed)


def keep(tx: Transaction, key: str, result: Json) -> None:
    """Keep the result under a claimed key, sealed so that only who sends the key can read it."""
    hashed = _hash(tx, key)
    sealed = tx.keyring.key_of(key).seal_json(_cell(hashed), result)
    tx.run(_KEEP, {"key": hashed, "sealed": sealed})


def forget_before(tx: Transaction, moment: datetime) -> int:
    """Forget the keys that were first sent before ``moment``; returns how many."""
    return tx.run(delete(idempotency).where(idempotency.c.created_at < moment)).rowcount


@cache
def _claim(dialect: str) -> Executable:
    row: dict[str, Any] = {"key_hash": bindparam("key"), "created_at": bindparam("at")}
    new = insert_into(dialect, idempotency).values(row)
    return new.on_conflict_do_nothing().returning(idempotency.c.key_hash)


def _hash(tx: Transaction, key: str) -> str:
    return tx.keyring.token_hash("idempotency", key)


def _cell(row: str) -> Cell:
    return Cell("idempotency", row, "result_sealed")
