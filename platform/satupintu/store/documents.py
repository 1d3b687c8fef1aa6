"""Document versions and when each is in force."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, cast

from sqlalchemy import bindparam, insert, select

from satupintu.errors import NotFound, Problem
from satupintu.rules import lifecycle
from satupintu.rules.lifecycle import Event
from satupintu.store.document_tables import document_spellings, document_versions
from satupintu.store.open import Transaction
from satupintu.store.rows import built, selected, values

DocumentKind = Literal["form", "rule_set", "agencies", "legal_basis", "service"]
DOCUMENT_KINDS: tuple[DocumentKind, ...] = (
    "legal_basis",
    "agencies",
    "form",
    "rule_set",
    "service",
)
"""In the order in which they build on each other."""


@dataclass(frozen=True)
class Version:
    """One immutable document version, known by its content hash."""

    hash: str
    kind: DocumentKind
    document_id: str
    imported_at: datetime
    imported_by: str | None


@dataclass(frozen=True)
class Spelling:
    """The exact bytes of a version, and the file name below the content folder."""

    file: str
    data: bytes


@dataclass(frozen=True)
class Publication:
    """The recorded act by which a version is in force from a moment on."""

    kind: DocumentKind
    document_id: str
    version: str
    in_force_from: datetime
    recorded_at: datetime
    recorded_by: str | None
    reason: str


_VERSION = selected(document_versions, Version)
_ONE = _VERSION.where(document_versions.c.hash == bindparam("hash"))
_NEWEST = (
    select(document_spellings.c.file, document_spellings.c.bytes)
    .where(document_spellings.c.version == bindparam("hash"))
    .order_by(document_spellings.c.place.desc())
    .limit(1)
)


def keep(tx: Transaction, version: Version, spelling: Spelling) -> bool:
    """Keep a version and its bytes; False where that very version is already here.

    Other bytes of the same content are kept too, and are what export gives from then on.
    """
    new = tx.insert(document_versions).values(values(document_versions, version))
    added = tx.added(new, document_versions.c.hash)
    newest = tx.run(_NEWEST, {"hash": version.hash}).one_or_none()
    if newest is None or (newest.file, bytes(newest.bytes)) != (spelling.file, spelling.data):
        tx.run(
            insert(document_spellings).values(
                version=version.hash,
                bytes=spelling.data,
                file=spelling.file,
                imported_at=version.imported_at,
            )
        )
    return added


def get(tx: Transaction, version: str) -> Version:
    """Return one version by its hash. Raises NotFound."""
    row = tx.run(_ONE, {"hash": version}).one_or_none()
    if row is None:
        raise NotFound(Problem("store.not_found"))
    return built(Version, row)


def spelling(tx: Transaction, version: str) -> Spelling:
    """Return the bytes of a version as the last import took them. Raises NotFound."""
    row = tx.run(_NEWEST, {"hash": version}).one_or_none()
    if row is None:
        raise NotFound(Problem("store.not_found"))
    return Spelling(row.file, bytes(row.bytes))


def versions(tx: Transaction) -> tuple[Version, ...]:
    """Return every version, oldest first."""
    order = document_versions.c.imported_at, document_versions.c.hash
    return tuple(built(Version, row) for row in tx.run(_VERSION.order_by(*order)))


def in_force(
    recorded: Iterable[Event], at: datetime
) -> dict[tuple[DocumentKind, str], Publication]:
    """Return what is in force at a moment, by kind and id: computed from dates, never a flag."""
    found = {}
    for (kind, document_id), history in by_document(recorded).items():
        event = lifecycle.in_force(history, at)
        if event is not None:
            found[cast("DocumentKind", kind), document_id] = publication(event)
    return found


def publication(event: Event) -> Publication:
    """Return the publication that an event of that kind records."""
    return Publication(
        kind=cast("DocumentKind", event.kind),
        document_id=event.document_id,
        version=event.version,
        in_force_from=event.in_force_from or event.at,
        recorded_at=event.at,
        recorded_by=event.by,
        reason=event.reason,
    )


def by_document(events: Iterable[Event]) -> dict[tuple[str, str], tuple[Event, ...]]:
    """Return the history of each document."""
    found: dict[tuple[str, str], list[Event]] = {}
    for event in events:
        found.setdefault((event.kind, event.document_id), []).append(event)
    return {key: tuple(history) for key, history in found.items()}
