"""Documents being written: a form or rule set as bytes, until it is kept as a version to be tried.

Two people never overwrite each other: whoever saves says which save they saw.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

from satupintu import documents as bytes_of
from satupintu.actions import importing
from satupintu.actions.action import Act, action, deny
from satupintu.actions.folder import File
from satupintu.actions.importing import PLACES, Incoming
from satupintu.errors import BadDocument, Conflict, NotFound, Problem
from satupintu.people.actor import Actor
from satupintu.store import document_drafts, documents, lifecycle
from satupintu.store.document_drafts import DocumentDraft
from satupintu.store.documents import DocumentKind, Spelling, Version


@action("documents.drafts", reads=True, trail=False)
def listed(act: Act) -> tuple[DocumentDraft, ...]:
    """Return every document that somebody is writing, the last saved first."""
    return document_drafts.listed(act.tx)


@action("documents.begin")
def start(act: Act, name: str, data: bytes) -> DocumentDraft:
    """Begin a draft with a document that somebody uploaded or pasted; ``name`` is its file's.

    What it is is told by its content. Raises BadDocument where it can't be read or is none of ours.
    """
    new, account = _incoming(name, data), _account(act.who)
    draft = DocumentDraft(
        id=str(uuid4()),
        kind=new.kind,
        document_id=new.document_id,
        base=_in_force(act, new.kind, new.document_id),
        file=new.file,
        data=data,
        author=account,
        authors=frozenset({account}),
        created_at=act.at,
        updated_at=act.at,
        updated_by=account,
    )
    document_drafts.add(act.tx, draft)
    act.note("document_draft", draft.id, kind=draft.kind, document=draft.document_id)
    return draft


@action("documents.draft", reads=True, trail=False)
def read(act: Act, draft_id: str) -> DocumentDraft:
    """Return one draft. Raises NotFound."""
    return document_drafts.get(act.tx, draft_id)


@action("documents.save")
def save(act: Act, draft_id: str, data: bytes, seen: int) -> DocumentDraft:
    """Save what a draft holds now. ``seen`` is the save that the person saw.

    Raises NotFound, BadDocument where it can't be read or became another document, Conflict where
    somebody else saved it meanwhile.
    """
    draft = document_drafts.get(act.tx, draft_id)
    new = _incoming(draft.file, data)
    if (new.kind, new.document_id) != (draft.kind, draft.document_id):
        raise BadDocument(Problem("drafts.other_document", {"id": draft.document_id}))
    account = _account(act.who)
    changed = document_drafts.change(
        act.tx,
        replace(
            draft,
            data=data,
            version=seen,
            authors=draft.authors | {account},
            updated_at=act.at,
            updated_by=account,
        ),
    )
    act.note("document_draft", draft_id, kind=draft.kind, document=draft.document_id)
    return changed


@action("documents.discard")
def discard(act: Act, draft_id: str, seen: int) -> None:
    """Throw a draft away. Raises NotFound, Conflict."""
    draft = document_drafts.get(act.tx, draft_id)
    document_drafts.remove(act.tx, replace(draft, version=seen))
    act.note("document_draft", draft_id, kind=draft.kind, document=draft.document_id)


@action("documents.keep")
def keep(act: Act, draft_id: str, seen: int) -> Version:
    """Keep a draft as an immutable version, to be tried and submitted; the draft is then over.

    Raises NotFound, Conflict where it was saved meanwhile or is word for word what is in force.
    """
    draft = document_drafts.get(act.tx, draft_id)
    document_drafts.remove(act.tx, replace(draft, version=seen))
    new = _incoming(draft.file, draft.data)
    return _kept(act, new, draft.authors)


@action("documents.keep_file")
def keep_file(act: Act, new: Incoming) -> Version:
    """Keep a document of a file as an immutable version, to be tried and submitted."""
    return _kept(act, new, frozenset({_account(act.who)}))


def _kept(act: Act, new: Incoming, authors: Iterable[str]) -> Version:
    if _in_force(act, new.kind, new.document_id) == new.hash:
        raise Conflict(Problem("drafts.nothing_changed"))
    version = Version(new.hash, new.kind, new.document_id, act.at, act.who.account_id)
    documents.keep(act.tx, version, Spelling(new.file, new.data))
    lifecycle.written_by(act.tx, version.hash, authors)
    act.note("version", version.hash, kind=version.kind, document=version.document_id)
    return documents.get(act.tx, version.hash)


def _in_force(act: Act, kind: DocumentKind, document_id: str) -> str | None:
    try:
        return act.content.hash(kind, document_id)
    except NotFound:
        return None


def _incoming(name: str, data: bytes) -> Incoming:
    path = Path(name or "dokumen.json")
    found = importing.incoming(path.name, File(path, data, bytes_of.parse(data)))
    place = PLACES[found.kind].replace("*.json", f"{found.document_id}.json")
    return replace(found, file=place)


def _account(who: Actor) -> str:
    if who.account_id is None:
        raise deny()
    return who.account_id
