"""Documents in and out: import keeps the exact bytes, export gives them back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from satupintu import clock
from satupintu.actions import importing
from satupintu.actions.action import Act, action
from satupintu.actions.importing import Incoming
from satupintu.actions.platform import Platform
from satupintu.errors import BadDocument, Problem
from satupintu.people.actor import Actor
from satupintu.people.permissions import may
from satupintu.rules.readings.execute.trial import try_out
from satupintu.store import documents, people
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
    """One document in force: which version, from when, by whose recorded act.

    ``by`` is the title of the account that recorded it; None for the product's own command line.
    """

    publication: Publication
    version: Version
    file: str
    by: str | None = None


def import_documents(
    platform: Platform,
    who: Actor,
    new: Sequence[Incoming],
    *,
    in_force: bool = False,
    reason: str | None = None,
) -> tuple[Imported, ...]:
    """Take documents (``importing.from_folder``, ``from_files``), all of them or none.

    A document of which no version was ever in force comes into force now. With ``in_force`` the
    others do too, and ``reason`` is recorded with them; else they are kept and wait. The engine
    tries a rule set out in a throw-away process before its first version is kept. Raises
    BadDocument with all problems.
    """
    troubles = _tried_out(platform, new) if may(who.role, "documents.import") else ()
    return _import(platform, who, new, troubles, in_force=in_force, reason=reason)


def _tried_out(platform: Platform, new: Sequence[Incoming]) -> tuple[Problem, ...]:
    """Return why the engine must not run the rule sets that are new here.

    It takes seconds, so it happens before the writing transaction.
    """
    if all(one.kind != "rule_set" for one in new):
        return ()
    with platform.store.reading() as tx:
        here = {version.hash for version in documents.versions(tx)}
        known = platform.content.in_force(clock.now(), tx)
        sets = importing.rule_sets([one for one in new if one.hash not in here], known)
    found = ((one, try_out(rule_set)) for one, rule_set in sets)
    return tuple(problem.within(one.file) for one, problem in found if problem is not None)


@action("documents.import")
def _import(
    act: Act,
    new: Sequence[Incoming],
    troubles: Sequence[Problem],
    *,
    in_force: bool,
    reason: str | None,
) -> tuple[Imported, ...]:
    BadDocument.raise_if((*importing.problems(new, act.content), *troubles))
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
        _listed(act, publication) for _, publication in sorted(act.content.published.items())
    )


def _listed(act: Act, publication: Publication) -> Listed:
    version = documents.get(act.tx, publication.version)
    by = publication.recorded_by
    return Listed(
        publication,
        version,
        documents.spelling(act.tx, version.hash).file,
        people.get(act.tx, by).title if by is not None else None,
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
