"""A referral: one case at one agency, and the one table of who may move it where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Literal

from satupintu.errors import Conflict, Problem
from satupintu.rules.decision import Consent, Urgency

ReferralState = Literal["held", "sent", "accepted", "in_progress", "declined", "done", "ended"]
REFERRAL_STATES: tuple[ReferralState, ...] = (
    "held",
    "sent",
    "accepted",
    "in_progress",
    "declined",
    "done",
    "ended",
)
OPEN_STATES: frozenset[ReferralState] = frozenset({"held", "sent", "accepted", "in_progress"})
"""Something is still expected of somebody."""

_WORKING: frozenset[ReferralState] = frozenset({"accepted", "in_progress"})

Origin = Literal["rules", "person"]
Side = Literal["agency", "lead"]

Ready = Literal["now", "half_hour", "hour", "today", "tomorrow"]
READY: tuple[Ready, ...] = ("now", "half_hour", "hour", "today", "tomorrow")
"""From when an agency that accepts can help; said as ``cases.ready.…``."""

DeclineReason = Literal["unavailable", "full", "not_ours", "conflict"]
DECLINE_REASONS: tuple[DeclineReason, ...] = ("unavailable", "full", "not_ours", "conflict")
"""Why an agency declines; said as ``cases.declined.…``, with the officer's own words besides."""


@dataclass(frozen=True)
class AskedService:
    """One service asked of the agency; ``rules`` is empty where a person asked."""

    service: str
    within_hours: int
    urgency: Urgency
    consent: Consent
    rules: tuple[str, ...] = ()


@dataclass(frozen=True)
class Referral:
    """One case at one agency: services, deadline, state.

    ``origin`` tells a rule's referral from a person's; ``reason`` is the person's words (why it
    was added, declined or ended). ``told_at`` is when staff confirmed that the person was told,
    where consent is ``informasikan``. ``acknowledge_by`` and ``due_at`` are moments in UTC;
    ``acknowledge_by`` is None while it is held.
    """

    id: str
    case_id: str
    agency: str
    state: ReferralState
    urgency: Urgency
    consent: Consent
    services: tuple[AskedService, ...]
    due_at: datetime
    created_at: datetime
    origin: Origin = "rules"
    decision_id: str | None = None
    acknowledge_by: datetime | None = None
    reason: str | None = None
    told_at: datetime | None = None
    sent_at: datetime | None = None
    accepted_at: datetime | None = None
    ended_at: datetime | None = None
    version: int = 1
    head_only: bool = False
    """A flag restricts it at this agency: only the agency's head sees it."""

    @property
    def rules(self) -> tuple[str, ...]:
        """Every rule that is a reason for this referral, without repeats."""
        return tuple(dict.fromkeys(r for s in self.services for r in s.rules))

    @property
    def open(self) -> bool:
        """Tell whether something is still expected of somebody."""
        return self.state in OPEN_STATES

    @property
    def to_be_told(self) -> bool:
        """Tell whether staff still have to confirm that the person was told."""
        return self.consent == "informasikan" and self.told_at is None and self.open


@dataclass(frozen=True)
class Transition:
    """One act that moves a referral: from where to where, whose it is, whether it says why."""

    action: str
    before: frozenset[ReferralState]
    after: ReferralState
    by: Side
    with_reason: bool = False


TRANSITIONS: Mapping[str, Transition] = MappingProxyType(
    {
        t.action: t
        for t in (
            Transition("referral.release", frozenset({"held"}), "sent", "lead"),
            Transition("referral.end", frozenset({"held", "sent"}), "ended", "lead", True),
            Transition("referral.accept", frozenset({"sent"}), "accepted", "agency"),
            Transition("referral.decline", frozenset({"sent"}), "declined", "agency", True),
            Transition("referral.follow_up", _WORKING, "in_progress", "agency"),
            Transition("referral.done", _WORKING, "done", "agency"),
        )
    }
)
"""By action. What is accepted is the agency's to finish: nobody else ends it."""


def moved(state: ReferralState, action: str) -> ReferralState:
    """Return the state after ``action``. Raises Conflict where it can no longer start."""
    transition = TRANSITIONS[action]
    if state not in transition.before:
        raise Conflict(Problem(f"cases.moved.{state}"))
    return transition.after


def possible(state: ReferralState, by: Side) -> tuple[str, ...]:
    """Return the actions that ``by`` may take from ``state``, for the buttons of a page."""
    return tuple(t.action for t in TRANSITIONS.values() if t.by == by and state in t.before)


def unanswered(referral: Referral, at: datetime) -> bool:
    """Tell whether the agency should have answered by now: computed, never stored."""
    return (
        referral.state == "sent"
        and referral.acknowledge_by is not None
        and at > referral.acknowledge_by
    )
