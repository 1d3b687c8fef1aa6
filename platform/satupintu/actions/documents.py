"""Documents in and out: import keeps the exact bytes, export gives them back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from satupintu import clock
from satupintu.actions import fitting, importing
from satupintu.actions.action import Act, action, deny
from satupintu.actions.importing import Incoming
from satupintu.actions.platform import Platform
from satupintu.errors import BadDocument, Conflict, Problem
from satupintu.people.actor import Actor
from satupintu.people.permissions import may
from satupintu.rules import lifecycle
from satupintu.rules.lifecycle import Event
from satupintu.rules.readings.execute.trial import try_out
from satupintu.store import documents, people
from satupintu.store import lifecycle as events
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

    Where the operator of the machine imports, a document of which no version was ever in force
    comes into force now; with ``in_force`` the others do too, and ``reason`` is recorded with them.
    Every other version is kept as a draft and goes the way of ``rules.lifecycle``. The engine tries
    a rule set out in a throw-away process before its first version is kept. Raises BadDocument
    with all problems, Conflict where what is in force would no longer fit, NotAllowed where
    anybody but the operator asks for ``in_force``.
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
        known = platform.content.live(clock.now(), tx)
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
    operator = act.who.role in lifecycle.TABLE["import"].by
    if in_force and not operator:
        raise deny("version", None, "lifecycle.not_the_operator")
    BadDocument.raise_if((*importing.problems(new, act.content), *troubles))
    events.lock(act.tx)
    history = documents.by_document(act.platform.content.events(act.tx))
    done = tuple(
        _keep(act, one, history.get((one.kind, one.document_id), ()), in_force, reason)
        for one in importing.in_order(new)
    )
    if any(one.in_force for one in done):
        recorded = act.platform.content.events(act.tx)
        problems = fitting.problems(act.platform.content, recorded, act.at, act.tx)
        if problems:
            raise Conflict(*problems)
    return done


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
    act: Act, one: Incoming, history: Sequence[Event], in_force: bool, reason: str | None
) -> Imported:
    version = Version(one.hash, one.kind, one.document_id, act.at, act.who.account_id)
    is_new = documents.keep(act.tx, version, Spelling(one.file, one.data))
    if act.who.account_id is not None:
        events.written_by(act.tx, version.hash, [act.who.account_id])
    first = not any(event.what == "published" for event in history)
    at = clock.now()  # whoever waited for another's event records after it
    now = _comes_into_force(act, version, history, at, first=first, in_force=in_force)
    if now:
        said = reason or say("actions.first_import" if first else "actions.imported")
        events.record(act.tx, _published(act, version, at, said))
    act.note(one.kind, one.document_id, version=version.hash, new=is_new, in_force=now)
    return Imported(one.kind, one.document_id, one.file, version.hash, is_new, now)


def _comes_into_force(
    act: Act,
    version: Version,
    history: Sequence[Event],
    at: datetime,
    *,
    first: bool,
    in_force: bool,
) -> bool:
    if act.who.role not in lifecycle.TABLE["import"].by or not (first or in_force):
        return False
    before = lifecycle.in_force(history, at)
    if before is not None and before.version == version.hash:
        return False
    newest = events.newest(act.tx)
    found = lifecycle.problems("import", history, version.hash, at, newest, at)
    if problems := tuple(found):
        raise Conflict(*problems)
    return True


def _published(act: Act, version: Version, at: datetime, reason: str) -> Event:
    return Event(
        kind=version.kind,
        document_id=version.document_id,
        version=version.hash,
        what="published",
        at=at,
        by=act.who.account_id,
        reason=reason,
        in_force_from=at,
    )
