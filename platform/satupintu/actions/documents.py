"""Documents in and out: import keeps the exact bytes, export gives them back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from satupintu.actions import importing
from satupintu.actions.action import Act, action
from satupintu.actions.importing import Incoming
from satupintu.errors import BadDocument, Problem
from satupintu.store import documents
from satupintu.store.documents import DocumentKind, Publication, Spelling, Version
from satupintu.words import say


@dataclass(frozen=True)
class Imported:
    """What became of one document: the version it is, whether it is new here, and in force now."""

    kind: DocumentKind
    document_id: str
    file: str
    version: str
    new: bool
    in_force: bool


@dataclass(frozen=True)
class Listed:
    """One document in force: which version, from when, by whose recorded act."""

    publication: Publication
    version: Version
    file: str


@action("documents.import")
def import_documents(
    act: Act, new: Sequence[Incoming], *, in_force: bool = False, reason: str | None = None
) -> tuple[Imported, ...]:
    """Take documents (``importing.from_folder``, ``from_files``), all of them or none.

    A document of which no version was ever in force comes into force now. With ``in_force`` the
    others do too, and ``reason`` is recorded with them; else they are kept and wait. Raises
    BadDocument with all problems.
    """
    BadDocument.raise_if(importing.problems(new, act.content))
    published = {(p.kind, p.document_id): p for p in documents.published(act.tx)}
    return tuple(
        _keep(act, one, published.get((one.kind, one.document_id)), in_force, reason)
        for one in importing.in_order(new)
    )


@action("documents.export")
def export(act: Act) -> tuple[Spelling, ...]:
    """Return every document in force, byte for byte, with its file name below a content folder."""
    found = []
    for _, publication in sorted(act.content.published.items()):
        found.append(documents.spelling(act.tx, publication.version))
        act.note(publication.kind, publication.document_id, version=publication.version)
    return tuple(found)


def write(folder: Path, exported: Sequence[Spelling]) -> None:
    """Write exported documents below ``folder``. Raises BadDocument, naming the file."""
    for spelling in exported:
        target = folder / spelling.file
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(spelling.data)
        except OSError as e:
            reason = {"reason": e.strerror or "?"}
            raise BadDocument(Problem("actions.not_written", reason, file=str(target))) from e


@action("documents.list", reads=True, trail=False)
def in_force(act: Act) -> tuple[Listed, ...]:
    """Return the documents in force, by kind and id."""
    return tuple(
        Listed(
            publication,
            documents.get(act.tx, publication.version),
            documents.spelling(act.tx, publication.version).file,
        )
        for _, publication in sorted(act.content.published.items())
    )


@action("documents.read", reads=True, trail=False)
def read(act: Act, version: str) -> Spelling:
    """Return the bytes of any version. Raises NotFound."""
    return documents.spelling(act.tx, version)


def _keep(
    act: Act, one: Incoming, before: Publication | None, in_force: bool, reason: str | None
) -> Imported:
    version = Version(one.hash, one.kind, one.document_id, act.at, act.who.account_id)
    is_new = documents.keep(act.tx, version, Spelling(one.file, one.data))
    changed = before is None or before.version != version.hash
    now = changed and (in_force or before is None)
    if now:
        documents.publish(
            act.tx,
            Publication(
                kind=version.kind,
                document_id=version.document_id,
                version=version.hash,
                in_force_from=act.at,
                recorded_at=act.at,
                recorded_by=act.who.account_id,
                reason=reason
                or say("actions.first_import" if before is None else "actions.imported"),
            ),
        )
    act.note(one.kind, one.document_id, version=version.hash, new=is_new, in_force=now)
    return Imported(one.kind, one.document_id, one.file, version.hash, is_new, now)
