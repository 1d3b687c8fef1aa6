"""A case: one story, with what was sent about it and what was decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from satupintu.documents import Json
from satupintu.forms.document import Purpose
from satupintu.rules.decision import Decision

CaseState = Literal["undecided", "decided", "triage", "closed"]
CASE_STATES: tuple[CaseState, ...] = ("undecided", "decided", "triage", "closed")
"""``undecided``: reported, no rules ran yet. ``triage``: the engines failed or disagreed, a person
routes it.
"""

DecisionState = Literal["proposed", "applied", "superseded", "trouble"]


@dataclass(frozen=True)
class Case:
    """One story.

    ``manager`` is the account of its one case manager, None while it waits in the queue.
    ``headline`` is the value of the decision's headline fact. ``due_at`` is when the next act of
    the lead agency is due. ``version`` counts changes, so that two people never overwrite each
    other silently.
    """

    id: str
    number: str
    state: CaseState
    created_at: datetime
    manager: str | None = None
    headline: str | None = None
    due_at: datetime | None = None
    version: int = 1
    head_only: bool = False
    """A flag restricts it at the lead agency: only the service head sees it."""


@dataclass(frozen=True)
class Submission:
    """One set of answers that was sent, with the hashes of the documents it was made under.

    ``submitted_by`` is None for the public. ``corrects`` is the submission that this one replaces.
    """

    id: str
    case_id: str
    purpose: Purpose
    form_hash: str
    rule_set_hash: str | None
    answers: Mapping[str, Json]
    facts: Mapping[str, Json]
    submitted_at: datetime
    submitted_by: str | None
    language: str
    corrects: str | None = None
    referral_id: str | None = None
    """The referral that a follow-up reports on."""
    kept: Mapping[str, Json] = field(default_factory=dict)
    """Answers by JSON pointer whose questions were not asked any more and yet ask to be kept. They
    are no part of ``answers`` and never become facts.
    """


@dataclass(frozen=True)
class DecisionRecord:
    """A decision as the case keeps it, with its versions and whether both engines agreed.

    ``decision`` is None where no engine gave one; ``trouble`` then says why.
    """

    id: str
    case_id: str
    submission_id: str
    rule_set_hash: str
    agencies_hash: str
    state: DecisionState
    decision: Decision | None
    engine: str
    agrees: bool
    trouble: str | None
    decided_at: datetime
    decided_by: str | None
