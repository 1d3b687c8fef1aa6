"""Counters that all processes share, for limits on log-ins and on public pages."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, func, select, update

from satupintu.store.open import Transaction
from satupintu.store.tables import limits


def count(tx: Transaction, key: str, window_start: datetime) -> int:
    """Count one more for ``key`` in the window that starts there; returns how many it are now.

    ``key`` may name an account or an address: only its keyed hash is kept.
    """
    fresh = tx.insert(limits).values(
        key_hash=tx.keyring.token_hash("limit", key), window_start=window_start, count=1
    )
    return int(
        tx.run(
            fresh.on_conflict_do_update(
                index_elements=[limits.c.key_hash, limits.c.window_start],
                set_={"count": limits.c.count + 1},
            ).returning(limits.c.count)
        ).scalar_one()
    )


def take_back(tx: Transaction, key: str, window_start: datetime) -> None:
    """Count one less for ``key``: what was counted before the answer was known did not fail."""
    tx.run(
        update(limits)
        .where(
            limits.c.key_hash == tx.keyring.token_hash("limit", key),
            limits.c.window_start == window_start,
            limits.c.count > 0,
        )
        .values(count=limits.c.count - 1)
    )


def counted(tx: Transaction, key: str, since: datetime) -> int:
    """Return how many were counted for ``key`` in the windows that start at ``since`` or later."""
    return int(
        tx.run(
            select(func.coalesce(func.sum(limits.c.count), 0)).where(
                limits.c.key_hash == tx.keyring.token_hash("limit", key),
                limits.c.window_start >= since,
            )
        ).scalar_one()
    )


def clear(tx: Transaction, key: str) -> None:
    """Forget what was counted for ``key``."""
    tx.run(delete(limits).where(limits.c.key_hash == tx.keyring.token_hash("limit", key)))


def forget_before(tx: Transaction, moment: datetime) -> int:
    """Forget every window that started before ``moment``; returns how many."""
    return tx.run(delete(limits).where(limits.c.window_start < moment)).rowcount
