"""From draft to in force: every step of ``rules.lifecycle`` as an act, with its permission.

Each step is decided inside its writing transaction, by what is recorded: a second person's
approval, the gates, the dates. A page that shows less than the truth changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from satupintu import clock
from satupintu.actions import fitting, gates
from satupintu.actions.action import Act, action, deny
from satupintu.actions.surroundings import Candidate
from satupintu.errors import BadAnswers, Conflict, Problem
from satupintu.rules import lifecycle as table
from satupintu.rules.lifecycle import Event, State, StepName
from satupintu.store import documents, lifecycle
from satupintu.store.documents import Version

LONGEST_REASON = 2_000


@dataclass(frozen=True)
class Taken:
    """A step that was taken: the version, the state it is in now, from when it is in force."""

    version: Version
    state: State
    in_force_from: datetime | None = None


@action("documents.submit")
def submit(act: Act, version: str, reason: str) -> Taken:
    """Ask a second person to approve a version. Raises NotFound, BadAnswers, Conflict."""
    return _take(act, "submit", version, reason)


@action("documents.return")
def give_back(act: Act, version: str, reason: str) -> Taken:
    """Give a submitted version back to whoever wrote it, with what has to change."""
    return _take(act, "return", version, reason)


@action("documents.approve")
def approve(act: Act, version: str, reason: str, start: datetime | None = None) -> Taken:
    """Let a submitted version come into force from a moment, by default now.

    Raises NotAllowed for whoever wrote or submitted it, Conflict where somebody else was first, a
    gate is not passed, or the moment is past.
    """
    return _take(act, "approve", version, reason, start)


@action("documents.publish")
def publish(act: Act, version: str, reason: str, start: datetime | None = None) -> Taken:
    """Let a version that was approved before come into force again: the way back.

    Raises as ``approve`` does.
    """
    return _take(act, "publish", version, reason, start)


@action("documents.withdraw")
def withdraw(act: Act, version: str, reason: str) -> Taken:
    """Take a version out of force, or keep it from coming: what was in force before comes back.

    Raises Conflict where nothing would be left, or what comes back no longer fits.
    """
    return _take(act, "withdraw", version, reason)


def _take(
    act: Act, step: StepName, version_hash: str, reason: str, start: datetime | None = None
) -> Taken:
    lifecycle.lock(act.tx)
    at = clock.now()  # whoever waited for another's event records after it
    version = documents.get(act.tx, version_hash)
    publishes = "published" in table.TABLE[step].records
    moment = (start or at) if publishes else None
    _second_person(act, step, version)
    _reasoned(reason)
    _open(act, step, version, at, moment)
    new = _events(act, step, version, reason.strip(), at, moment)
    if moment is not None or step == "withdraw":
        _fits(act, new, moment or at)
    for event in new:
        lifecycle.record(act.tx, event)
    details = {} if moment is None else {"from": moment.isoformat()}
    act.note("version", version.hash, kind=version.kind, document=version.document_id, **details)
    return Taken(version, table.state(_history(act, version), version.hash, at), moment)


def _history(act: Act, version: Version) -> tuple[Event, ...]:
    return lifecycle.of_document(act.tx, version.kind, version.document_id)


def _second_person(act: Act, step: StepName, version: Version) -> None:
    history, authors = _history(act, version), lifecycle.authors(act.tx, version.hash)
    if table.own(step, history, version.hash, authors, act.who.account_id or ""):
        raise deny("version", version.hash, "lifecycle.own")


def _reasoned(reason: str) -> None:
    if not 0 < len(reason.strip()) <= LONGEST_REASON:
        raise BadAnswers(Problem("lifecycle.no_reason", {"longest": LONGEST_REASON}, "/reason"))


def _open(
    act: Act, step: StepName, version: Version, at: datetime, moment: datetime | None
) -> None:
    """Raise Conflict with everything that keeps the step from being taken."""
    newest = lifecycle.newest(act.tx)
    found = [
        *table.problems(step, _history(act, version), version.hash, at, newest, moment),
    ]
    if not found:
        candidate = Candidate.at(act.platform, version.hash, moment or at, act.tx)
        found += gates.missing(act, candidate, step)
    if found:
        raise Conflict(*found)


def _events(
    act: Act,
    step: StepName,
    version: Version,
    reason: str,
    at: datetime,
    moment: datetime | None,
) -> tuple[Event, ...]:
    return tuple(
        Event(
            kind=version.kind,
            document_id=version.document_id,
            version=version.hash,
            what=what,
            at=at,
            by=act.who.account_id,
            reason=reason,
            in_force_from=moment if what == "published" else None,
        )
        for what in table.TABLE[step].records
    )


def _fits(act: Act, new: Sequence[Event], since: datetime) -> None:
    """Raise Conflict where the documents in force would no longer fit each other."""
    events = act.platform.content.events(act.tx)
    last = events[-1].place if events else 0
    planned = [replace(event, place=last + n) for n, event in enumerate(new, 1)]
    found = fitting.problems(act.platform.content, [*events, *planned], since, act.tx)
    if found:
        raise Conflict(*found)
