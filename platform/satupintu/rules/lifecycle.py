"""From draft to in force: the one table of what may become of a document version, and by whom.

Rule sets, forms and every other document live by it. Nothing here is a flag: which state a version
is in at a moment, past or future, is computed from the events that were recorded. Events are
ordered by the place at which they were recorded, never by the clock alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Literal

from satupintu.errors import Problem

State = Literal["draft", "submitted", "approved", "in_force", "superseded", "withdrawn"]
Happening = Literal["submitted", "returned", "approved", "published", "withdrawn"]
StepName = Literal["submit", "return", "approve", "publish", "withdraw", "import"]
Gate = Literal["check", "examples", "compatible", "engine", "proved", "impact"]
By = Literal["administrator", "policy_owner", "worker"]

STATES: tuple[State, ...] = (
    "draft",
    "submitted",
    "approved",
    "in_force",
    "superseded",
    "withdrawn",
)

GATES: Mapping[str, tuple[Gate, ...]] = MappingProxyType(
    {
        "rule_set": ("check", "compatible", "examples", "engine", "proved", "impact"),
        "form": ("check", "compatible", "examples", "engine", "proved"),
        "agencies": ("check", "compatible"),
        "legal_basis": ("check", "compatible"),
        "service": ("check", "compatible"),
    }
)
"""What each kind of document has to pass, in the order in which it is tried."""

SEEN: frozenset[Gate] = frozenset({"impact"})
"""Gates that are passed by a person's looking: by whoever takes the step, nobody else."""


@dataclass(frozen=True)
class Event:
    """One thing that was recorded about a version. ``place`` counts up with each event.

    ``by`` is an account, None for the product's own command line. ``in_force_from`` belongs to
    ``published`` alone.
    """

    kind: str
    document_id: str
    version: str
    what: Happening
    at: datetime
    by: str | None
    reason: str
    in_force_from: datetime | None = None
    place: int = 0


@dataclass(frozen=True)
class Step:
    """One line of the table: from which states, by whom, what it records.

    With ``four_eyes`` nobody who wrote or submitted the version may take it. Of ``gates``, those
    count that the kind of document has.
    """

    before: frozenset[State]
    by: tuple[By, ...]
    records: tuple[Happening, ...]
    gates: frozenset[Gate] = frozenset()
    four_eyes: bool = False


_TRIED: frozenset[Gate] = frozenset({"check", "compatible", "examples", "engine", "proved"})
_ALL: frozenset[Gate] = _TRIED | SEEN
_PUBLISHED: frozenset[State] = frozenset({"approved", "superseded", "withdrawn"})

TABLE: Mapping[StepName, Step] = MappingProxyType(
    {
        "submit": Step(
            before=frozenset({"draft"}),
            by=("administrator", "policy_owner"),
            records=("submitted",),
            gates=_ALL,
        ),
        "return": Step(
            before=frozenset({"submitted"}),
            by=("policy_owner",),
            records=("returned",),
        ),
        "approve": Step(
            before=frozenset({"submitted"}),
            by=("policy_owner",),
            records=("approved", "published"),
            gates=_ALL,
            four_eyes=True,
        ),
        # A roll-back: an old version, or one whose day has not come, from another moment on.
        "publish": Step(
            before=_PUBLISHED,
            by=("policy_owner",),
            records=("published",),
            gates=_TRIED,
            four_eyes=True,
        ),
        "withdraw": Step(
            before=frozenset({"approved", "in_force", "superseded"}),
            by=("policy_owner",),
            records=("withdrawn",),
        ),
        # The operator's own act on the machine: the first import, and `import --in-force`.
        "import": Step(
            before=frozenset(STATES) - {"in_force"},
            by=("worker",),
            records=("published",),
        ),
    }
)
"""What may become of a version. ``people/permissions.py`` reads who may from here."""


@dataclass(frozen=True)
class Span:
    """A version in force from a moment until another; ``until`` is None where no end is known."""

    version: str
    start: datetime
    until: datetime | None


def in_force(history: Sequence[Event], at: datetime) -> Event | None:
    """Return the publication that is in force at a moment, of one document's history.

    A withdrawal takes away what was published of its version before it was recorded; what was in
    force before comes back. Of what was to begin at the same moment the last recorded counts.
    """
    live = [event for event in history if _holds(event, history, at)]
    return max(live, key=lambda event: (event.in_force_from, event.place), default=None)


def _holds(event: Event, history: Sequence[Event], at: datetime) -> bool:
    if event.what != "published" or event.in_force_from is None or event.in_force_from > at:
        return False
    return not _taken_away(event, history, at)


def _taken_away(event: Event, history: Sequence[Event], at: datetime) -> bool:
    return any(
        later.what == "withdrawn"
        and later.version == event.version
        and later.place > event.place
        and later.at <= at
        for later in history
    )


def state(history: Sequence[Event], version: str, at: datetime) -> State:
    """Return the state of a version at a moment, past or future, by one document's history."""
    known = [event for event in history if event.at <= at]
    now = in_force(known, at)
    if now is not None and now.version == version:
        return "in_force"
    last = max((e for e in known if e.version == version), key=lambda e: e.place, default=None)
    match last:
        case None | Event(what="returned"):
            return "draft"
        case Event(what="submitted"):
            return "submitted"
        case Event(what="withdrawn"):
            return "withdrawn"
        case Event(in_force_from=start) if start is not None and start <= at:
            return "superseded"
        case _:
            return "approved"


def spans(history: Sequence[Event]) -> tuple[Span, ...]:
    """Return which version is in force from when until when, in the order of time."""
    moments = sorted({m for e in history for m in (e.in_force_from, _end(e)) if m is not None})
    found: list[Span] = []
    for moment, following in zip(moments, [*moments, None][1:], strict=True):
        now = in_force(history, moment)
        if now is None:
            continue
        if found and found[-1].version == now.version and found[-1].until == moment:
            found[-1] = Span(now.version, found[-1].start, following)
        else:
            found.append(Span(now.version, moment, following))
    return tuple(found)


def _end(event: Event) -> datetime | None:
    return event.at if event.what == "withdrawn" else None


def moments_after(history: Sequence[Event], at: datetime) -> tuple[datetime, ...]:
    """Return ``at`` and every later moment at which something comes into force."""
    later = {e.in_force_from for e in history if e.in_force_from and e.in_force_from > at}
    return (at, *sorted(later))


def authors_of_step(history: Sequence[Event], version: str) -> frozenset[str]:
    """Return who submitted a version, each time."""
    sent = (e.by for e in history if e.version == version and e.what == "submitted")
    return frozenset(account for account in sent if account is not None)


def own(
    step: StepName, history: Sequence[Event], version: str, authors: Collection[str], who: str
) -> bool:
    """Tell whether a step needs a second person and this one wrote or submitted the version."""
    return TABLE[step].four_eyes and who in {*authors, *authors_of_step(history, version)}


def problems(
    step: StepName,
    history: Sequence[Event],
    version: str,
    at: datetime,
    newest: datetime | None,
    in_force_from: datetime | None = None,
) -> Iterator[Problem]:
    """Yield why a step can't be taken now, whoever takes it.

    ``newest`` is the moment of the newest event of any document: a clock that went back is behind
    it. ``in_force_from`` belongs to a step that publishes.
    """
    if newest is not None and at < newest:
        yield Problem("lifecycle.clock_back", {"newest": newest.isoformat(timespec="seconds")})
        return
    now = state(history, version, at)
    if now not in TABLE[step].before:
        yield Problem(f"lifecycle.not_from_{now}")
    if in_force_from is not None and in_force_from < at:
        yield Problem("lifecycle.past", pointer="/from")
    if step == "withdraw" and not _something_left(history, version, at):
        yield Problem("lifecycle.nothing_left")


def _something_left(history: Sequence[Event], version: str, at: datetime) -> bool:
    """Tell whether what is in force now has something after it without this version."""
    if in_force(history, at) is None:
        return True
    left = [event for event in history if event.version != version]
    return all(
        in_force(history, moment) is None or in_force(left, moment) is not None
        for moment in moments_after(history, at)
    )


def gates(step: StepName, kind: str) -> tuple[Gate, ...]:
    """Return the gates that a document of this kind has to have passed for a step."""
    return tuple(gate for gate in GATES.get(kind, ()) if gate in TABLE[step].gates)
