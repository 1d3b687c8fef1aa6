"""The audit trail's chain: a sealer numbers the entries, and each hash holds the one before it.

The hashes are keyed, so whoever can write to the database but has no master key can't mend it. An
entry is sealed after its transaction committed, so entries never wait for one another.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import RowMapping, bindparam, func, select, text, update

from satupintu.documents import canonical
from satupintu.store.audit import spelled
from satupintu.store.keys import Keyring
from satupintu.store.open import Transaction
from satupintu.store.tables import audit, audit_head

GENESIS = "0" * 64
"""What stands in the place of a hash before the first entry."""

_LOCK = 0x5A7E  # any number that no other advisory lock of this product has
_HEAD_ID = 1
_CHUNK = 2_000

_HEAD = select(audit_head).where(audit_head.c.id == _HEAD_ID)
_UNSEALED = select(audit).where(audit.c.sequence.is_(None)).order_by(audit.c.id)
_SEAL = (
    update(audit)
    .where(audit.c.id == bindparam("row"))
    .values(sequence=bindparam("place"), hash=bindparam("sealed"))
)
_SEALED_AFTER = (
    select(audit)
    .where(audit.c.sequence > bindparam("after"))
    .order_by(audit.c.sequence)
    .limit(_CHUNK)
)


@dataclass(frozen=True)
class Break:
    """The first place where the trail is not as it was written.

    ``sequence`` is the place in the chain, None for an entry that was not sealed yet; ``entry`` the
    id of the entry there, None where it is missing.
    """

    why: Literal["altered", "missing", "cut_off"]
    sequence: int | None
    entry: int | None


@dataclass(frozen=True)
class Verified:
    """What a look at the whole trail found: how many entries are sealed, how many not, a break."""

    sealed: int
    unsealed: int
    broken: Break | None


def seal(tx: Transaction, *, limit: int = _CHUNK) -> int:
    """Number up to ``limit`` entries and chain their hashes; returns how many. One at a time."""
    if tx.connection.dialect.name == "postgresql":
        tx.run(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    rows = tx.run(_UNSEALED.limit(limit)).mappings().all()
    if not rows:
        return 0
    sequence, previous = _head(tx)
    sealed = []
    for row in rows:
        sequence += 1
        previous = _hash(tx.keyring, row, sequence, previous)
        sealed.append({"row": row["id"], "place": sequence, "sealed": previous})
    tx.run(_SEAL, sealed)
    head = {"sequence": sequence, "hash": previous, "mac": _mac(tx.keyring, sequence, previous)}
    tx.run(
        tx.insert(audit_head)
        .values(id=_HEAD_ID, **head)
        .on_conflict_do_update(index_elements=[audit_head.c.id], set_=head)
    )
    return len(rows)


def verify(tx: Transaction) -> Verified:
    """Go through the whole trail and return the first place that was tampered with, if any."""
    sequence, previous = 0, GENESIS
    while True:
        rows = tx.run(_SEALED_AFTER, {"after": sequence}).mappings().all()
        for row in rows:
            if row["sequence"] != sequence + 1:
                return _found(tx, sequence, Break("missing", sequence + 1, None))
            expected = _hash(tx.keyring, row, sequence + 1, previous)
            if not (_same(row["hash"], expected) and _same(row["mac"], _entry_mac(tx, row))):
                return _found(tx, sequence, Break("altered", sequence + 1, row["id"]))
            sequence, previous = sequence + 1, expected
        if len(rows) < _CHUNK:
            break
    head = tx.run(_HEAD).one_or_none()
    if (head.sequence if head else 0, head.hash if head else GENESIS) != (sequence, previous) or (
        head is not None and not _same(head.mac, _mac(tx.keyring, sequence, previous))
    ):
        return _found(tx, sequence, Break("cut_off", sequence + 1, None))
    for row in tx.run(_UNSEALED).mappings():
        if not _same(row["mac"], _entry_mac(tx, row)):
            return _found(tx, sequence, Break("altered", None, row["id"]))
    return _found(tx, sequence, None)


def _found(tx: Transaction, sealed: int, broken: Break | None) -> Verified:
    count = select(func.count()).select_from(audit).where(audit.c.sequence.is_(None))
    return Verified(sealed, int(tx.run(count).scalar_one()), broken)


def _head(tx: Transaction) -> tuple[int, str]:
    head = tx.run(_HEAD).one_or_none()
    return (0, GENESIS) if head is None else (head.sequence, head.hash)


def _hash(keyring: Keyring, row: RowMapping, sequence: int, previous: str) -> str:
    link = {"id": row["id"], "mac": row["mac"], "sequence": sequence, "previous": previous}
    return keyring.mac("audit/chain", canonical(link) + spelled(row)).hex()


def _entry_mac(tx: Transaction, row: RowMapping) -> str:
    return tx.keyring.mac("audit/entry", spelled(row)).hex()


def _mac(keyring: Keyring, sequence: int, last: str) -> str:
    return keyring.mac("audit/head", f"{sequence}/{last}".encode()).hex()


def _same(kept: str | None, expected: str) -> bool:
    return kept is not None and hmac.compare_digest(kept, expected)
