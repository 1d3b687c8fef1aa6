"""Drafts: answers on their way, sealed with a key of their own until they are sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, insert, select, update

from satupintu.documents import Json
from satupintu.errors import Conflict, NotFound, Problem
from satupintu.forms.document import Purpose
from satupintu.store.keys import Cell
from satupintu.store.open import Transaction
from satupintu.store.rows import values
from satupintu.store.tables import drafts, files
from satupintu.store.wrapped import draft_key, key_in_draft, new_key


@dataclass(frozen=True)
class Draft:
    """Answers on their way. ``body`` is a JSON object: the answers, and whatever the pages need.

    ``account`` is whose it is, None for the public, who holds it by a token in a cookie or, once
    ``has_code``, by a code that was written down.
    ``case_id`` and ``referral_id`` say what it is about, where that is known. ``version`` counts
    saves, so that two people never overwrite each other silently.
    """

    id: str
    kind: Purpose
    form_hash: str
    language: str
    body: Mapping[str, Json]
    created_at: datetime
    updated_at: datetime
    expires_at: datetime
    account: str | None = None
    case_id: str | None = None
    referral_id: str | None = None
    version: int = 1
    has_code: bool = False


_ADD = insert(drafts)
_DRAFT = select(drafts)
_ONE = _DRAFT.where(drafts.c.id == bindparam("id"))
_ONE_LOCKED = _ONE.with_for_update()
_HELD = _DRAFT.where(drafts.c.holder_hash == bindparam("holder"))
_BY_CODE = _DRAFT.where(drafts.c.code_hash == bindparam("code"))
_HOLD = (
    update(drafts).where(drafts.c.id == bindparam("row")).values(holder_hash=bindparam("holder"))
)
_OWN = _HOLD.values(code_hash=bindparam("code"))
_SAVE = (
    update(drafts)
    .where(drafts.c.id == bindparam("row"), drafts.c.version == bindparam("before"))
    .values(
        form_hash=bindparam("form_hash"),
        language=bindparam("language"),
        body_sealed=bindparam("sealed"),
        updated_at=bindparam("updated_at"),
        expires_at=bindparam("expires_at"),
        version=drafts.c.version + 1,
    )
)
_REMOVE = delete(drafts).where(drafts.c.id == bindparam("id"))
_REMOVE_AS_READ = _REMOVE.where(drafts.c.version == bindparam("before"))
_REMOVE_FILES = delete(files).where(files.c.draft_id == bindparam("id"))


def add(tx: Transaction, draft: Draft, *, holder: str | None = None) -> None:
    """Keep a new draft; ``holder`` is the token of the public reporter's cookie."""
    wrapped = new_key(tx, drafts, draft.id)
    tx.run(
        _ADD,
        values(drafts, draft)
        | {
            "holder_hash": None if holder is None else _holder(tx, holder),
            "body_sealed": draft_key(tx, draft.id).seal_json(_body(draft.id), draft.body),
            "wrapped_key": wrapped.sealed,
            "key_id": wrapped.key_id,
        },
    )


def get(tx: Transaction, draft_id: str, *, lock: bool = False) -> Draft:
    """Return one draft; with ``lock``, nobody else saves it meanwhile. Raises NotFound."""
    return _one(tx, tx.run(_ONE_LOCKED if lock else _ONE, {"id": draft_id}).one_or_none())


def held_by(tx: Transaction, holder: str, *, lock: bool = False) -> Draft:
    """Return the draft of a public reporter's token; ``lock`` as in ``get``. Raises NotFound."""
    held = _HELD.with_for_update() if lock else _HELD
    return _one(tx, tx.run(held, {"holder": _holder(tx, holder)}).one_or_none())


def by_code(tx: Transaction, code: str, *, lock: bool = False) -> Draft:
    """Return the draft that a code goes on with; ``lock`` as in ``get``. Raises NotFound."""
    found = _BY_CODE.with_for_update() if lock else _BY_CODE
    return _one(tx, tx.run(found, {"code": _code(tx, code)}).one_or_none())


def give_code(tx: Transaction, draft: Draft, code: str) -> None:
    """Let a code go on with a draft, instead of an earlier one; no browser holds it any more."""
    tx.run(_OWN, {"row": draft.id, "holder": None, "code": _code(tx, code)})


def release(tx: Transaction, draft: Draft) -> None:
    """Take a draft from the browser that holds it; its code still goes on with it."""
    tx.run(_HOLD, {"row": draft.id, "holder": None})


def hold(tx: Transaction, draft: Draft, holder: str) -> None:
    """Give a draft to the browser of a new token; whoever held it before does no longer."""
    tx.run(_HOLD, {"row": draft.id, "holder": _holder(tx, holder)})


def of_account(tx: Transaction, account_id: str) -> tuple[Draft, ...]:
    """Return an account's drafts, the last saved first."""
    rows = tx.run(
        _DRAFT.where(drafts.c.account == account_id).order_by(drafts.c.updated_at.desc())
    ).all()
    return tuple(_draft(tx, row) for row in rows)


def of_case(tx: Transaction, case_id: str) -> tuple[Draft, ...]:
    """Return the drafts about a case, the last saved first."""
    rows = tx.run(
        _DRAFT.where(drafts.c.case_id == case_id).order_by(drafts.c.updated_at.desc())
    ).all()
    return tuple(_draft(tx, row) for row in rows)


def save(tx: Transaction, draft: Draft) -> Draft:
    """Write body, form, language and times; returns the draft with its new version.

    Raises Conflict where somebody saved it since ``draft`` was read.
    """
    saved = tx.run(
        _SAVE,
        {
            "row": draft.id,
            "before": draft.version,
            "form_hash": draft.form_hash,
            "language": draft.language,
            "sealed": draft_key(tx, draft.id).seal_json(_body(draft.id), draft.body),
            "updated_at": draft.updated_at,
            "expires_at": draft.expires_at,
        },
    )
    if not saved.rowcount:
        raise Conflict(Problem("store.changed"))
    return replace(draft, version=draft.version + 1)


def remove(tx: Transaction, draft_id: str) -> bool:
    """Delete a draft, its key and its files; False where there was none (any more)."""
    tx.run(_REMOVE_FILES, {"id": draft_id})
    tx.opened.pop(f"{drafts.name}/{draft_id}", None)
    return tx.run(_REMOVE, {"id": draft_id}).rowcount > 0


def remove_sent(tx: Transaction, draft: Draft) -> bool:
    """Delete a draft whose files moved to its case, and its key.

    False where it was saved or deleted since ``draft`` was read; then nothing was.
    """
    tx.opened.pop(f"{drafts.name}/{draft.id}", None)
    return tx.run(_REMOVE_AS_READ, {"id": draft.id, "before": draft.version}).rowcount > 0


def expire(tx: Transaction, at: datetime) -> int:
    """Delete every draft whose time is over, with keys and files; returns how many."""
    old = select(drafts.c.id).where(drafts.c.expires_at <= at)
    tx.run(delete(files).where(files.c.draft_id.in_(old)))
    return tx.run(delete(drafts).where(drafts.c.expires_at <= at)).rowcount


def _one(tx: Transaction, row: Row[Any] | None) -> Draft:
    if row is None:
        raise NotFound(Problem("store.not_found"))
    return _draft(tx, row)


def _draft(tx: Transaction, row: Row[Any]) -> Draft:
    key = key_in_draft(tx, row)
    return Draft(
        id=row.id,
        kind=row.kind,
        form_hash=row.form_hash,
        language=row.language,
        body=key.open_json(_body(row.id), row.body_sealed),
        created_at=row.created_at,
        updated_at=row.updated_at,
        expires_at=row.expires_at,
        account=row.account,
        case_id=row.case_id,
        referral_id=row.referral_id,
        version=row.version,
        has_code=row.code_hash is not None,
    )


def _code(tx: Transaction, code: str) -> str:
    return tx.keyring.token_hash("draft_code", code)


def _holder(tx: Transaction, token: str) -> str:
    return tx.keyring.token_hash("draft_holder", token)


def _body(row: str) -> Cell:
    return Cell("drafts", row, "body_sealed")
