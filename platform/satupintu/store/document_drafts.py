"""Documents that somebody is writing: saved one version after another, never over each other."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Row, bindparam, delete, insert, select, update

from satupintu.errors import Conflict, NotFound, Problem
from satupintu.store.document_tables import document_drafts
from satupintu.store.documents import DocumentKind
from satupintu.store.open import Transaction


@dataclass(frozen=True)
class DocumentDraft:
    """A document on its way. ``base`` is the version it began as, None for a new document.

    ``authors`` is everybody who saved it; ``version`` counts the times it was saved.
    """

    id: str
    kind: DocumentKind
    document_id: str
    base: str | None
    file: str
    data: bytes
    author: str
    authors: frozenset[str]
    created_at: datetime
    updated_at: datetime
    updated_by: str
    version: int = 1


_ALL = select(document_drafts).order_by(document_drafts.c.updated_at.desc(), document_drafts.c.id)
_ONE = select(document_drafts).where(document_drafts.c.id == bindparam("id"))


def add(tx: Transaction, draft: DocumentDraft) -> None:
    """Keep a new draft."""
    tx.run(insert(document_drafts), _values(draft))


def get(tx: Transaction, draft_id: str) -> DocumentDraft:
    """Return one draft. Raises NotFound."""
    row = tx.run(_ONE, {"id": draft_id}).one_or_none()
    if row is None:
        raise NotFound(Problem("store.not_found"))
    return _draft(row)


def listed(tx: Transaction) -> tuple[DocumentDraft, ...]:
    """Return every draft, the last saved first."""
    return tuple(_draft(row) for row in tx.run(_ALL))


def change(tx: Transaction, draft: DocumentDraft) -> DocumentDraft:
    """Keep what ``draft`` holds now. Raises Conflict where its ``version`` is no longer the last:
    somebody else saved it meanwhile.
    """
    changed = replace(draft, version=draft.version + 1)
    done = tx.run(
        update(document_drafts)
        .where(document_drafts.c.id == draft.id, document_drafts.c.version == draft.version)
        .values(_values(changed))
    )
    if done.rowcount != 1:
        raise Conflict(Problem("store.changed"))
    return changed


def remove(tx: Transaction, draft: DocumentDraft) -> None:
    """Let go of a draft. Raises Conflict where somebody else saved it meanwhile."""
    done = tx.run(
        delete(document_drafts).where(
            document_drafts.c.id == draft.id, document_drafts.c.version == draft.version
        )
    )
    if done.rowcount != 1:
        raise Conflict(Problem("store.changed"))


def _values(draft: DocumentDraft) -> dict[str, Any]:
    kept = {column.name: getattr(draft, column.name, None) for column in document_drafts.c}
    return kept | {"bytes": draft.data, "authors": json.dumps(sorted(draft.authors))}


def _draft(row: Row[Any]) -> DocumentDraft:
    return DocumentDraft(
        id=row.id,
        kind=cast("DocumentKind", row.kind),
        document_id=row.document_id,
        base=row.base,
        file=row.file,
        data=bytes(row.bytes),
        author=row.author,
        authors=frozenset(json.loads(row.authors)),
        created_at=row.created_at,
        updated_at=row.updated_at,
        updated_by=row.updated_by,
        version=row.version,
    )
