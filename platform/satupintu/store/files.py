"""Files that people gave as answers, name and content sealed with the key of the draft or case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, func, insert, select, update

from satupintu.errors import NotFound, Problem
from satupintu.store.keys import Cell, DataKey
from satupintu.store.open import Transaction
from satupintu.store.tables import files
from satupintu.store.wrapped import case_key, draft_key


@dataclass(frozen=True)
class StoredFile:
    """A file without its content; it belongs to a draft until that is sent, then to the case.

    ``size`` is in bytes, ``question`` the name of the question it answers.
    """

    id: str
    question: str
    name: str
    media_type: str
    size: int
    added_at: datetime
    draft_id: str | None = None
    case_id: str | None = None


_ADD = insert(files)
_ALL_BUT_DATA = select(*(c for c in files.c if c.name != "data_sealed"))
_ONE = _ALL_BUT_DATA.where(files.c.id == bindparam("id"))
_DATA = select(files.c.data_sealed).where(files.c.id == bindparam("id"))
_WHOLE_DRAFT = (
    select(files.c.id, files.c.name_sealed, files.c.data_sealed)
    .where(files.c.draft_id == bindparam("draft"))
    .order_by(files.c.id)
)
_MOVE = (
    update(files)
    .where(files.c.id == bindparam("row"))
    .values(
        draft_id=None,
        case_id=bindparam("case"),
        name_sealed=bindparam("name"),
        data_sealed=bindparam("data"),
    )
)


def add(tx: Transaction, file: StoredFile, data: bytes) -> None:
    """Keep a file for the draft or the case that it names."""
    key = _key(tx, file.draft_id, file.case_id)
    tx.run(
        _ADD,
        {
            "id": file.id,
            "draft_id": file.draft_id,
            "case_id": file.case_id,
            "question": file.question,
            "media_type": file.media_type,
            "size": file.size,
            "added_at": file.added_at,
            "name_sealed": key.seal(_name(file.id), file.name.encode()),
            "data_sealed": key.seal(_data(file.id), data),
        },
    )


def get(tx: Transaction, file_id: str) -> StoredFile:
    """Return one file without its content. Raises NotFound."""
    row = tx.run(_ONE, {"id": file_id}).one_or_none()
    if row is None:
        raise NotFound(Problem("store.not_found"))
    return _file(tx, row)


def read(tx: Transaction, file: StoredFile) -> bytes:
    """Return a file's content. Raises NotFound."""
    sealed = tx.run(_DATA, {"id": file.id}).scalar_one_or_none()
    if sealed is None:
        raise NotFound(Problem("store.not_found"))
    return _key(tx, file.draft_id, file.case_id).open(_data(file.id), sealed)


def of_draft(tx: Transaction, draft_id: str) -> tuple[StoredFile, ...]:
    """Return the files of a draft, in the order in which they were added."""
    rows = tx.run(
        _ALL_BUT_DATA.where(files.c.draft_id == draft_id).order_by(files.c.added_at, files.c.id)
    ).all()
    return tuple(_file(tx, row) for row in rows)


def of_case(tx: Transaction, case_id: str) -> tuple[StoredFile, ...]:
    """Return the files of a case, in the order in which they were added."""
    rows = tx.run(
        _ALL_BUT_DATA.where(files.c.case_id == case_id).order_by(files.c.added_at, files.c.id)
    ).all()
    return tuple(_file(tx, row) for row in rows)


def size_of_draft(tx: Transaction, draft_id: str) -> int:
    """Return how many bytes the files of a draft have together."""
    total = select(func.coalesce(func.sum(files.c.size), 0)).where(files.c.draft_id == draft_id)
    return int(tx.run(total).scalar_one())


def move_to_case(tx: Transaction, draft_id: str, case_id: str) -> int:
    """Seal a draft's files anew with the case's key, as the draft is sent; returns how many."""
    rows = tx.run(_WHOLE_DRAFT, {"draft": draft_id}).all()
    if rows:
        before, after = draft_key(tx, draft_id), case_key(tx, case_id)
        tx.run(
            _MOVE,
            [
                {
                    "row": row.id,
                    "case": case_id,
                    "name": after.seal(_name(row.id), before.open(_name(row.id), row.name_sealed)),
                    "data": after.seal(_data(row.id), before.open(_data(row.id), row.data_sealed)),
                }
                for row in rows
            ],
        )
    return len(rows)


def rename(tx: Transaction, file: StoredFile, question: str) -> None:
    """Say that a file answers a question of another name: its draft changed its form."""
    if question != file.question:
        tx.run(update(files).where(files.c.id == file.id).values(question=question))


def remove(tx: Transaction, file_id: str) -> bool:
    """Delete a file; False where there was none."""
    return tx.run(delete(files).where(files.c.id == file_id)).rowcount > 0


def _file(tx: Transaction, row: Row[Any]) -> StoredFile:
    key = _key(tx, row.draft_id, row.case_id)
    return StoredFile(
        id=row.id,
        question=row.question,
        name=key.open(_name(row.id), row.name_sealed).decode(),
        media_type=row.media_type,
        size=row.size,
        added_at=row.added_at,
        draft_id=row.draft_id,
        case_id=row.case_id,
    )


def _key(tx: Transaction, draft_id: str | None, case_id: str | None) -> DataKey:
    if case_id is not None:
        return case_key(tx, case_id)
    if draft_id is not None:
        return draft_key(tx, draft_id)
    raise ValueError("a file belongs to a draft or to a case")


def _name(row: str) -> Cell:
    return Cell("files", row, "name_sealed")


def _data(row: str) -> Cell:
    return Cell("files", row, "data_sealed")
