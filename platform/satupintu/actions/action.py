"""What every action is: the one place that checks permission, opens the transaction, writes the
audit trail and commits.

An action is written as ``@action("referral.accept")`` on ``def accept(act: Act, …)`` and called as
``accept(platform, who, …)``. One action that needs another in its own transaction calls
``accept.inside(act, …)``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

import structlog

from satupintu import clock
from satupintu.actions.content import InForce
from satupintu.actions.platform import Platform
from satupintu.documents import Json
from satupintu.errors import NotAllowed, NotFound, Problem, SatuPintuError, Unavailable
from satupintu.people import permissions
from satupintu.people.actor import Actor
from satupintu.store import audit
from satupintu.store.audit import AuditOutcome, Entry
from satupintu.store.open import Transaction

P = ParamSpec("P")
R = TypeVar("R")

_log = structlog.get_logger(__name__)


@dataclass
class Act:
    """One action under way: who does it, when, and the transaction it does it in."""

    name: str
    who: Actor
    platform: Platform
    at: datetime
    tx: Transaction
    entries: list[Entry] = field(default_factory=list)
    """What the audit trail will say once the action is done."""

    @cached_property
    def content(self) -> InForce:
        """The documents in force at the moment of the act."""
        return self.platform.content.live(self.at, self.tx)

    def under(self, content: InForce) -> None:
        """Go on with the documents that the act was prepared with, not those of a moment later."""
        self.content = replace(content, tx=self.tx)

    def note(self, object_kind: str, object_id: str, **details: Json) -> None:
        """Say what the action did something to, for the audit trail. Never an answer."""
        self.entries.append(_entry(self, "done", object_kind, object_id, details))

    def refuse(self, object_kind: str, object_id: str, **details: Json) -> None:
        """Note a refusal, and yet commit: for a failed log-in that must be counted.

        Everywhere else a refusal is ``raise deny()``.
        """
        self.entries.append(_entry(self, "refused", object_kind, object_id, details))


class Denied(NotAllowed):
    """The person may not do this to this thing, which the audit trail then names."""

    def __init__(self, problem: Problem, object_kind: str | None, object_id: str | None) -> None:
        self.object_kind = object_kind
        self.object_id = object_id
        super().__init__(problem)


def deny(
    object_kind: str | None = None,
    object_id: str | None = None,
    key: str = "actions.not_allowed",
) -> NotAllowed:
    """Return what to raise where the person may not do this to this thing; ``key`` names the
    sentence.
    """
    return Denied(Problem(key), object_kind, object_id)


@dataclass(frozen=True)
class Action(Generic[P, R]):
    """One thing a person or the worker can do.

    ``reads`` actions change nothing, and run in a reading transaction. Without ``trail`` only what
    the function notes is written down: for reading what is of no case, and for the worker's steps.
    """

    name: str
    function: Callable[Concatenate[Act, P], R]
    reads: bool
    trail: bool

    def __call__(self, platform: Platform, who: Actor, /, *args: P.args, **kwargs: P.kwargs) -> R:
        """Do it as ``who``, in one commit with its audit entry.

        Raises NotAllowed where the role may not; whatever the function raises leaves nothing
        behind but the entry that says so.
        """
        at = clock.now()
        try:
            if not permissions.may(who.role, self.name):
                raise deny()
            store = platform.store
            with store.reading() if self.reads else store.writing() as tx:
                act = Act(self.name, who, platform, at, tx)
                result = self.function(act, *args, **kwargs)
                entries = act.entries
                if self.trail and not entries:
                    entries.append(_entry(act, "done", None, None, {}))
                if not self.reads:
                    audit.write(tx, *entries)
            if self.reads and entries:
                with store.writing() as tx:
                    audit.write(tx, *entries)
        except Unavailable:
            raise  # the store does not answer: there is nowhere to write that down
        except Exception as e:
            self._write_down(platform, who, at, e)
            raise
        return result

    def inside(self, act: Act, /, *args: P.args, **kwargs: P.kwargs) -> R:
        """Do it as a part of another action: its transaction, its entry, its permission."""
        return self.function(act, *args, **kwargs)

    def _write_down(self, platform: Platform, who: Actor, at: datetime, error: Exception) -> None:
        refused = isinstance(error, NotAllowed | NotFound)
        if isinstance(error, SatuPintuError):
            details: dict[str, Json] = {"problems": sorted({p.key for p in error.problems})}
        else:
            details = {"error": type(error).__name__}
        entry = Entry(
            at=at,
            account=who.account_id,
            role=who.role,
            action=self.name,
            outcome="refused" if refused else "failed",
            object_kind=error.object_kind if isinstance(error, Denied) else None,
            object_id=error.object_id if isinstance(error, Denied) else None,
            details=details,
        )
        try:
            with platform.store.writing() as tx:
                audit.write(tx, entry)
        except Unavailable:
            _log.exception("audit entry lost", action=self.name, outcome=entry.outcome)


ACTIONS: dict[str, Action[..., Any]] = {}
"""Every action there is, by name: filled as the modules of this folder are imported."""


def action(
    name: str, *, reads: bool = False, trail: bool = True
) -> Callable[[Callable[Concatenate[Act, P], R]], Action[P, R]]:
    """Make a function an action. Raises LookupError for a name without a row in the table."""
    if name not in permissions.MAY:
        raise LookupError(f"{name} has no row in people/permissions.py")
    harmless = (reads and name not in permissions.READS_ANSWERS) or name.startswith("worker.")
    if not trail and not harmless:
        raise LookupError(f"{name} reads answers or changes something: it needs its audit entry")

    def make(function: Callable[Concatenate[Act, P], R]) -> Action[P, R]:
        if name in ACTIONS:
            raise LookupError(f"{name} is an action already")
        made = Action(name, function, reads, trail)
        ACTIONS[name] = made
        return made

    return make


def _entry(
    act: Act, outcome: AuditOutcome, kind: str | None, one: str | None, details: dict[str, Json]
) -> Entry:
    who = act.who
    return Entry(act.at, who.account_id, who.role, act.name, outcome, kind, one, details)
