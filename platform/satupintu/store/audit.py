"""The audit trail: everything anyone did, read or was refused, written with the act itself."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import Row, RowMapping, insert, select

from satupintu.documents import Json, canonical
from satupintu.store.open import Transaction
from satupintu.store.tables import audit

AuditOutcome = Literal["done", "refused", "failed"]


@dataclass(frozen=True)
class Entry:
    """One line of the audit trail. ``details`` never holds an answer.

    ``sequence`` is its place in the sealed chain, None until the sealer came by; ``id`` is 0 until
    it is written.
    """

    at: datetime
    account: str | None
    role: str
    action: str
    outcome: AuditOutcome
    object_kind: str | None = None
    object_id: str | None = None
    details: Mapping[str, Json] | None = None
    id: int = 0
    sequence: int | None = None


_ADD = insert(audit)


def write(tx: Transaction, *entries: Entry) -> None:
    """Add entries to the trail, in the transaction of the act they tell of."""
    if entries:
        tx.run(_ADD, [_values(tx, entry) for entry in entries])


def listed(
    tx: Transaction,
    *,
    account: str | None = None,
    action: str | None = None,
    outcome: AuditOutcome | None = None,
    object_kind: str | None = None,
    object_id: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    before: int | None = None,
    limit: int = 100,
) -> tuple[Entry, ...]:
    """Return entries, newest first; ``before`` is the id that the last page ended with.

    ``since`` is included, ``until`` is not.
    """
    statement = select(audit)
    for column, wanted in (
        (audit.c.account, account),
        (audit.c.action, action),
        (audit.c.outcome, outcome),
        (audit.c.object_kind, object_kind),
        (audit.c.object_id, object_id),
    ):
        if wanted is not None:
            statement = statement.where(column == wanted)
    for found in (
        audit.c.at >= since if since is not None else None,
        audit.c.at < until if until is not None else None,
        audit.c.id < before if before is not None else None,
    ):
        if found is not None:
            statement = statement.where(found)
    rows = tx.run(statement.order_by(audit.c.id.desc()).limit(limit)).all()
    return tuple(entry(row) for row in rows)


def entry(row: Row[Any]) -> Entry:
    """Return the entry of a row of the audit table."""
    return Entry(
        at=row.at,
        account=row.account,
        role=row.role,
        action=row.action,
        outcome=row.outcome,
        object_kind=row.object_kind,
        object_id=row.object_id,
        details=json.loads(row.details),
        id=row.id,
        sequence=row.sequence,
    )


def spelled(row: Mapping[str, Any] | RowMapping) -> bytes:
    """Return the one spelling of what an audit row says, for its keyed hashes."""
    said = ("account", "role", "action", "outcome", "object_kind", "object_id", "details")
    return canonical(
        {"at": row["at"].astimezone(UTC).isoformat(), **{name: row[name] for name in said}}
    )


def _values(tx: Transaction, entry: Entry) -> dict[str, Any]:
    row = {
        "at": entry.at,
        "account": entry.account,
        "role": entry.role,
        "action": entry.action,
        "outcome": entry.outcome,
        "object_kind": entry.object_kind,
        "object_id": entry.object_id,
        "details": canonical(dict(entry.details or {})).decode(),
    }
    return row | {"mac": tx.keyring.mac("audit/entry", spelled(row)).hex()}
