"""Cases: the list, one case with all that belongs to it, an answer that was covered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from satupintu.actions import attachments
from satupintu.actions.action import Act, action, deny
from satupintu.actions.older_versions import way_of
from satupintu.agencies.directory import Agencies
from satupintu.cases.access import may_see_case, secret
from satupintu.cases.case import CASE_STATES, Case, CaseState, DecisionRecord, Submission
from satupintu.cases.referral import Referral
from satupintu.cases.timeline import Event
from satupintu.errors import BadDocument, NotFound, Problem
from satupintu.forms.attached import Attached
from satupintu.forms.document import Form
from satupintu.forms.migrating import Migrated, migrate_along
from satupintu.forms.migrating.guarding import as_secret_as
from satupintu.people.account import Account
from satupintu.people.roles import LEAD_ROLES
from satupintu.rules.document import Flag, RuleSet
from satupintu.store import cases, people, referrals, submissions, timeline


@dataclass(frozen=True)
class Story:
    """One submission with the form it was given to."""

    submission: Submission
    form: Form


@dataclass(frozen=True)
class CaseFile:
    """One case with all that belongs to it, as those who manage it see it.

    ``stories`` are oldest first. ``people`` are the accounts of the lead agency by id, closed ones
    too, as the timeline names them. ``flags`` are those of the decision that holds.
    """

    case: Case
    referrals: tuple[Referral, ...]
    timeline: tuple[Event, ...]
    stories: tuple[Story, ...]
    decisions: tuple[DecisionRecord, ...]
    shared_with: frozenset[str]
    people: Mapping[str, Account]
    agencies: Agencies
    flags: tuple[Flag, ...]
    at: datetime
    attached: Mapping[str, Attached] = field(default_factory=dict)
    """What to tell of the files that its answers name, by id."""

    @property
    def main(self) -> Story | None:
        """The answers that count: the newest assessment, else the report."""
        for purpose in ("assessment", "public_report"):
            found = [s for s in self.stories if s.submission.purpose == purpose]
            if found:
                return found[-1]
        return None

    @property
    def proposed(self) -> DecisionRecord | None:
        """The decision that waits for somebody to apply it."""
        return next((d for d in reversed(self.decisions) if d.state == "proposed"), None)

    @property
    def titles(self) -> Mapping[str, str]:
        """What pages call the accounts."""
        return {one.id: one.title for one in self.people.values()}

    @property
    def colleagues(self) -> tuple[Account, ...]:
        """Who may manage a case or have it shared with them."""
        return tuple(
            one
            for one in self.people.values()
            if one.role in LEAD_ROLES and one.disabled_at is None
        )


ON_A_PAGE = 50


@dataclass(frozen=True)
class CaseList:
    """One page of cases, and the titles of those who manage them by account; ``more`` follow."""

    cases: tuple[Case, ...]
    titles: Mapping[str, str]
    more: bool = False


def opened(act: Act, case_id: str, *, lock: bool = False) -> Case:
    """Return a case that the person may see; with ``lock``, nobody else changes it meanwhile.

    Raises NotFound, or NotAllowed with the case in the audit trail.
    """
    case = cases.get(act.tx, case_id, lock=lock)
    lead = act.content.service().lead_agency
    if not may_see_case(act.who, case, lead, cases.shared_with(act.tx, case_id)):
        raise deny("case", case_id, "staff.not_yours")
    return case


def lead_people(act: Act) -> Mapping[str, Account]:
    """Return the accounts of the lead agency by id."""
    lead = act.content.service().lead_agency
    return {one.id: one for one in people.listed(act.tx) if one.agency == lead}


@action("case.list", reads=True, trail=False)
def listed(act: Act, states: tuple[CaseState, ...] = CASE_STATES, page: int = 1) -> CaseList:
    """Return the cases in these states that the person may see, the newest first."""
    found = cases.listed(
        act.tx,
        states,
        of=None if act.who.role == "service_head" else act.who.account_id,
        newest=True,
        limit=ON_A_PAGE + 1,
        skip=(page - 1) * ON_A_PAGE,
    )
    titles = {one.id: one.title for one in lead_people(act).values()}
    return CaseList(found[:ON_A_PAGE], titles, more=len(found) > ON_A_PAGE)


@action("case.read", reads=True)
def read(act: Act, case_id: str) -> CaseFile:
    """Return one case. Raises NotFound, NotAllowed."""
    case = opened(act, case_id)
    act.note("case", case_id)
    return case_file(act, case)


@action("case.reveal", reads=True)
def reveal(act: Act, case_id: str, question: str) -> CaseFile:
    """Return one case to somebody who uncovers the answer to ``question``, which is recorded.

    Raises NotFound where no form of the case has such a covered question, NotAllowed.
    """
    found = case_file(act, opened(act, case_id))
    if not any(question in secret(story.form) for story in found.stories):
        raise NotFound(Problem("staff.no_such_question"))
    act.note("case", case_id, question=question)
    return found


@dataclass(frozen=True)
class Today:
    """One submission under the form in force: what it was, what came of it, and the newer form.

    ``form`` has every question at least as covered as the answers were promised to be.
    """

    file: CaseFile
    story: Story
    form: Form
    migrated: Migrated


@action("case.today", reads=True)
def today(act: Act, case_id: str, submission_id: str, question: str | None = None) -> Today:
    """Return what was sent, as the form in force has it; nothing is changed.

    ``question`` is a covered one of either version that is uncovered, which is recorded. Raises
    NotFound, NotAllowed.
    """
    file = case_file(act, opened(act, case_id))
    story = next((s for s in file.stories if s.submission.id == submission_id), None)
    if story is None:
        raise NotFound(Problem("store.not_found"))
    newer = act.content.form(story.form.id)
    forms = way_of(act.platform.content, story.form.hash, newer, act.tx)
    migrated = migrate_along(forms, story.submission.answers)
    form = as_secret_as(story.form, newer, migrated)
    if question is not None and question not in secret(story.form) | secret(form):
        raise NotFound(Problem("staff.no_such_question"))
    shown = {} if question is None else {"question": question}
    act.note("case", case_id, submission=submission_id, form=newer.hash, **shown)
    return Today(file, story, form, migrated)


def case_file(act: Act, case: Case) -> CaseFile:
    """Return all that belongs to a case that the caller may see."""
    content = act.platform.content
    stories = tuple(
        Story(one, content.form_version(one.form_hash, act.tx))
        for one in submissions.of_case(act.tx, case.id)
    )
    decisions = submissions.decisions_of_case(act.tx, case.id)
    return CaseFile(
        case=case,
        referrals=referrals.of_case(act.tx, case.id),
        timeline=timeline.of_case(act.tx, case.id),
        stories=stories,
        decisions=decisions,
        shared_with=cases.shared_with(act.tx, case.id),
        people=lead_people(act),
        agencies=act.content.agencies(),
        flags=_flags(act, stories, decisions),
        at=act.at,
        attached=attachments.of_case(act.tx, case.id, *(one.form for one in stories)),
    )


def rule_set_of(act: Act, record: DecisionRecord, form: Form) -> RuleSet | None:
    """Return the rule set that made a decision; None where it cannot read the form at all, which
    is why that case went to triage.
    """
    try:
        return act.platform.content.rule_set_version(record.rule_set_hash, form.hash, act.tx)
    except BadDocument:
        return None


def _flags(
    act: Act, stories: tuple[Story, ...], decisions: tuple[DecisionRecord, ...]
) -> tuple[Flag, ...]:
    holding = [d for d in decisions if d.state == "applied"]
    if not holding or holding[-1].decision is None:
        return ()
    record, decision = holding[-1], holding[-1].decision
    form = next(s.form for s in stories if s.submission.id == record.submission_id)
    ruleset = rule_set_of(act, record, form)
    return () if ruleset is None else tuple(ruleset.flags[one] for one in decision.flags)
