"""Document versions to be read: their states and dates, their gates, what became of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from satupintu.actions import gates
from satupintu.actions.action import Act, action
from satupintu.actions.gates import Standing
from satupintu.actions.surroundings import Candidate
from satupintu.errors import Conflict, NotFound, Problem
from satupintu.people.account import Account
from satupintu.rules import lifecycle as table
from satupintu.rules.lifecycle import Event, Span, State, StepName
from satupintu.store import documents, lifecycle, people
from satupintu.store.documents import DocumentKind, Spelling, Version

SHORTEST_PREFIX = 6


@dataclass(frozen=True)
class Seen:
    """One version as it stands at a moment.

    ``number`` counts the versions of its document, the first is 1. ``spans`` are when it was, is
    and will be in force.
    """

    version: Version
    number: int
    state: State
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Opened:
    """One version with everything that a second person looks at.

    ``others`` are all versions of the document, the newest first. ``standings`` say how it stands
    at its gates with what is or will be in force at the moment that was asked for; ``steps`` is
    what whoever asks may take now, as far as states and roles go; ``own`` says that they wrote or
    submitted it. ``before`` is what to compare with: the version in force, or the one before it.
    """

    seen: Seen
    spelling: Spelling
    others: tuple[Seen, ...]
    events: tuple[Event, ...]
    authors: frozenset[str]
    accounts: Mapping[str, Account]
    standings: tuple[Standing, ...]
    steps: frozenset[StepName]
    own: bool
    before: Version | None


@action("documents.versions", reads=True, trail=False)
def listed(act: Act, kind: DocumentKind | None = None) -> tuple[Seen, ...]:
    """Return every version, by document, the newest first."""
    histories = documents.by_document(act.platform.content.events(act.tx))
    by_document: dict[tuple[str, str], list[Version]] = {}
    for version in documents.versions(act.tx):
        if kind is None or version.kind == kind:
            by_document.setdefault((version.kind, version.document_id), []).append(version)
    return tuple(
        one
        for key, versions in sorted(by_document.items())
        for one in _seen(versions, histories.get(key, ()), act.at)
    )


@action("documents.version", reads=True, trail=False)
def read(act: Act, version_hash: str, at: datetime | None = None) -> Opened:
    """Return one version; ``at`` is the moment that it may come into force. Raises NotFound."""
    version = documents.get(act.tx, version_hash)
    history = lifecycle.of_document(act.tx, version.kind, version.document_id)
    same = [
        v
        for v in documents.versions(act.tx)
        if (v.kind, v.document_id) == (version.kind, version.document_id)
    ]
    others = _seen(same, history, act.at)
    seen = next(one for one in others if one.version.hash == version.hash)
    authors = lifecycle.authors(act.tx, version.hash)
    candidate = Candidate.at(act.platform, version.hash, max(at or act.at, act.at), act.tx)
    return Opened(
        seen=seen,
        spelling=documents.spelling(act.tx, version.hash),
        others=others,
        events=tuple(e for e in history if e.version == version.hash),
        authors=authors,
        accounts={account.id: account for account in people.listed(act.tx)},
        standings=gates.standings(act, candidate),
        steps=_steps(act, seen.state),
        own=table.own("approve", history, version.hash, authors, act.who.account_id or ""),
        before=_before(act, version, history),
    )


@action("documents.find_version", reads=True, trail=False)
def find(act: Act, beginning: str) -> Version:
    """Return the version whose hash begins so. Raises NotFound, Conflict where several do."""
    found = [v for v in documents.versions(act.tx) if v.hash.startswith(beginning.lower())]
    if len(beginning) < SHORTEST_PREFIX or not found:
        raise NotFound(Problem("versions.no_version", {"hash": beginning}))
    if len(found) > 1:
        raise Conflict(Problem("versions.several", {"hash": beginning}))
    return found[0]


def _seen(versions: Sequence[Version], history: Sequence[Event], at: datetime) -> tuple[Seen, ...]:
    spans = table.spans(history)
    return tuple(
        Seen(
            version,
            number,
            table.state(history, version.hash, at),
            tuple(span for span in spans if span.version == version.hash),
        )
        for number, version in reversed([*enumerate(versions, 1)])
    )


def _steps(act: Act, state: State) -> frozenset[StepName]:
    return frozenset(
        name
        for name, step in table.TABLE.items()
        if state in step.before and act.who.role in step.by
    )


def _before(act: Act, version: Version, history: Sequence[Event]) -> Version | None:
    """Return what a version is compared with: what was in force before it, else what is now."""
    spans = table.spans(history)
    own = next((n for n, span in enumerate(spans) if span.version == version.hash), None)
    if own is not None:
        return documents.get(act.tx, spans[own - 1].version) if own else None
    now = table.in_force(history, act.at)
    return None if now is None else documents.get(act.tx, now.version)
