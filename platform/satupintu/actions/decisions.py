"""Decisions: read with every reason, applied after a correction, made anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

from satupintu import clock
from satupintu.actions.action import Act, action, deny
from satupintu.actions.cases import opened, rule_set_of
from satupintu.actions.deciding import Decided, decide
from satupintu.actions.managing import as_seen
from satupintu.actions.platform import Platform
from satupintu.actions.routing import end_referrals, event, open_referrals, send
from satupintu.agencies.directory import Agencies
from satupintu.agencies.laws import Laws
from satupintu.cases.access import may_see_case
from satupintu.cases.case import Case, DecisionRecord, Submission
from satupintu.cases.consent import agreed
from satupintu.cases.deadlines import counts_from
from satupintu.cases.flags import Effects, effects
from satupintu.cases.referral import Referral
from satupintu.cases.routing import Changes, Route, changes, routes
from satupintu.conditions.values import Facts, read_facts
from satupintu.errors import Conflict, NotFound, Problem
from satupintu.forms.document import Form
from satupintu.people.actor import Actor
from satupintu.people.permissions import may
from satupintu.rules.decision import Decision
from satupintu.rules.disagreement import Difference, differences
from satupintu.rules.document import RuleSet
from satupintu.rules.readings.decide import Index
from satupintu.store import cases, notices, referrals, submissions, timeline
from satupintu.words import say


@dataclass(frozen=True)
class Reasoned:
    """A decision with all that says why, under the versions that it was made with.

    ``ruleset`` is None where that version cannot read the form of the answers. ``facts`` hold the
    derived ones too. ``start`` is when the deadlines began. ``changes`` is what applying a proposed
    decision does. ``other`` is what the checker says where a person must decide, ``differences``
    where the two part. ``records`` are all decisions of the case, oldest first.
    """

    case: Case
    record: DecisionRecord
    records: tuple[DecisionRecord, ...]
    submission: Submission
    form: Form
    ruleset: RuleSet | None
    agencies: Agencies
    laws: Laws
    referrals: tuple[Referral, ...]
    facts: Facts
    effects: Effects
    start: datetime
    changes: Changes | None = None
    other: Decision | None = None
    differences: tuple[Difference, ...] = ()


@action("decision.read", reads=True)
def read(act: Act, case_id: str, decision_id: str | None = None) -> Reasoned:
    """Return a decision with its reasons: the one that is asked for, else the one that waits for
    somebody, else the one that holds. Raises NotFound, NotAllowed.
    """
    case = opened(act, case_id)
    records = submissions.decisions_of_case(act.tx, case_id)
    record = _shown(case, records, decision_id)
    act.note("case", case_id, decision=record.id)
    return _reasoned(act, case, record, records)


@action("decision.apply")
def apply(act: Act, case_id: str, decision_id: str, seen: int) -> Changes:
    """Make a proposed decision the one that holds: its referrals are opened, those it no longer
    asks for are ended. Raises Conflict where it is no longer proposed, or the case changed.
    """
    case = as_seen(opened(act, case_id, lock=True), seen)
    records = submissions.decisions_of_case(act.tx, case_id)
    record = next((r for r in records if r.id == decision_id), None)
    if record is None or record.state != "proposed" or case.state != "decided":
        raise Conflict(Problem("staff.not_proposed"))
    done = carry_out(act, case, record, records, _effects(act, record))
    submissions.mark_decision(act.tx, record.id, "applied")
    timeline.add(act.tx, event(act, case, "applied"))
    act.note("case", case_id, decision=record.id)
    return done


@dataclass(frozen=True)
class _Ready:
    submission: Submission
    decided: Decided


def again(platform: Platform, who: Actor, case_id: str) -> DecisionRecord:
    """Decide the newest assessment again under the rules in force.

    From triage the result holds at once where both engines agree, else the case stays there. For a
    case that is decided it is proposed. Raises NotAllowed, Conflict where nothing was assessed.
    """
    ready = None
    if not may(who.role, _again.name):
        return _again(platform, who, case_id, None)  # which refuses, and writes it down
    with platform.store.reading() as tx:
        case = cases.get(tx, case_id)
        content = platform.content.live(clock.now(), tx)
        lead = content.service().lead_agency
        sent = submissions.latest(tx, case_id, "assessment")
        if may_see_case(who, case, lead, cases.shared_with(tx, case_id)) and sent is not None:
            form = platform.content.form_version(sent.form_hash, tx)
            ready = _Ready(sent, decide(content, platform.engines, form, sent.answers))
    return _again(platform, who, case_id, ready)


@action("decision.again")
def _again(act: Act, case_id: str, ready: _Ready | None) -> DecisionRecord:
    case = opened(act, case_id, lock=True)
    sent = submissions.latest(act.tx, case_id, "assessment")
    if ready is None and sent is not None:
        raise deny("case", case_id)
    if ready is None or sent is None or case.state not in ("triage", "decided"):
        raise Conflict(Problem("staff.nothing_to_decide"))
    if sent.id != ready.submission.id:
        raise Conflict(Problem("store.changed"))
    records = submissions.decisions_of_case(act.tx, case_id)
    in_triage = case.state == "triage"
    record = replace(
        ready.decided.record(str(uuid4()), sent, "applied" if in_triage else "proposed"),
        decided_at=act.at,
        decided_by=act.who.account_id,
    )
    submissions.add_decision(act.tx, record)
    for older in records:
        if older.state == "proposed":
            submissions.mark_decision(act.tx, older.id, "superseded")
    act.note("case", case_id, decision=record.id, state=record.state)
    if record.state == "trouble":
        if not in_triage:
            notices.add(act.tx, "case_in_trouble", act.at, case_id=case_id)
            cases.change(act.tx, replace(case, state="triage", due_at=act.at))
        timeline.add(act.tx, event(act, case, "trouble"))
    elif in_triage:
        notices.settle(act.tx, case_id, act.at, by=act.who.account_id)
        carry_out(act, case, record, records, ready.decided.effects)
        count = 0 if record.decision is None else len(record.decision.agencies)
        timeline.add(act.tx, event(act, case, "decided", count=count))
    else:
        timeline.add(act.tx, event(act, case, "proposed"))
    return record


def carry_out(
    act: Act,
    case: Case,
    record: DecisionRecord,
    records: tuple[DecisionRecord, ...],
    asked: Effects,
) -> Changes:
    """Make the referrals of a case those of ``record``, and the case decided by it."""
    submission = submissions.get(act.tx, record.submission_id)
    form = act.platform.content.form_version(submission.form_hash, act.tx)
    agencies = act.platform.content.agencies_version(record.agencies_hash, act.tx)
    what = _changes(act, record, submission, form, agencies, asked)
    service = act.content.service()
    reason = say("staff.no_longer_asked", service.default_language)
    end_referrals(act, case, what.end, reason)
    open_referrals(
        act,
        case,
        what.open,
        start=_start(act, submission, form),
        agencies=agencies,
        decision_id=record.id,
    )
    for older in records:
        if older.state == "applied":
            submissions.mark_decision(act.tx, older.id, "superseded")
    cases.change(
        act.tx,
        replace(
            case,
            state="decided",
            headline=_headline(act, record, form),
            due_at=None,
            head_only=service.lead_agency in asked.head_only,
        ),
    )
    if asked.call_head:
        notices.add(act.tx, "call_head", act.at, case_id=case.id)
        send(act, case, [("call_head", service.lead_agency, f"/kasus/{case.id}/keputusan")])
    return what


def newest_with_decision(records: tuple[DecisionRecord, ...]) -> DecisionRecord | None:
    """Return the newest record that holds a decision, even one in trouble."""
    return next((r for r in reversed(records) if r.decision is not None), None)


def head_only(act: Act, records: tuple[DecisionRecord, ...]) -> frozenset[str]:
    """Return the agencies at which only the head sees the case, by its newest decision."""
    record = newest_with_decision(records)
    return frozenset() if record is None else _effects(act, record).head_only


def _shown(
    case: Case, records: tuple[DecisionRecord, ...], decision_id: str | None
) -> DecisionRecord:
    if decision_id is not None:
        found = [r for r in records if r.id == decision_id]
    elif case.state == "triage":
        found = list(records)
    else:
        wanted = ("proposed", "applied")
        found = [r for state in wanted for r in reversed(records) if r.state == state][:1]
        found = found or list(records)
    if not found:
        raise NotFound(Problem("staff.no_decision"))
    return found[-1]


def _reasoned(
    act: Act, case: Case, record: DecisionRecord, records: tuple[DecisionRecord, ...]
) -> Reasoned:
    content = act.platform.content
    submission = submissions.get(act.tx, record.submission_id)
    form = content.form_version(submission.form_hash, act.tx)
    agencies = content.agencies_version(record.agencies_hash, act.tx)
    ruleset = rule_set_of(act, record, form)
    decision = record.decision
    given = read_facts(dict(submission.facts), form.facts)
    asked = _effects(act, record)
    other = None
    if record.state == "trouble" and ruleset is not None:
        other = Index(ruleset).decide(given)
    return Reasoned(
        case=case,
        record=record,
        records=records,
        submission=submission,
        form=form,
        ruleset=ruleset,
        agencies=agencies,
        laws=act.content.laws(),
        referrals=referrals.of_case(act.tx, case.id),
        facts={**given, **({} if decision is None else decision.derived)},
        effects=asked,
        start=_start(act, submission, form),
        changes=(
            _changes(act, record, submission, form, agencies, asked)
            if record.state == "proposed"
            else None
        ),
        other=other,
        differences=() if other is None or decision is None else differences(decision, other),
    )


def _effects(act: Act, record: DecisionRecord) -> Effects:
    submission = submissions.get(act.tx, record.submission_id)
    form = act.platform.content.form_version(submission.form_hash, act.tx)
    ruleset = rule_set_of(act, record, form)
    if ruleset is None or record.decision is None:
        return Effects()
    return effects(ruleset.flags, record.decision, submission.facts)


def _headline(act: Act, record: DecisionRecord, form: Form) -> str | None:
    ruleset = rule_set_of(act, record, form)
    derived: Mapping[str, str] = {} if record.decision is None else record.decision.derived
    shown = [f.id for f in ruleset.facts if f.headline] if ruleset is not None else []
    return derived.get(shown[0]) if shown else None


def _changes(
    act: Act,
    record: DecisionRecord,
    submission: Submission,
    form: Form,
    agencies: Agencies,
    asked: Effects,
) -> Changes:
    wanted: tuple[Route, ...] = ()
    if record.decision is not None:
        consent = agreed(form, submission.answers)
        wanted = routes(record.decision, agencies, consent, asked.head_only)
    return changes(referrals.of_case(act.tx, record.case_id), wanted)


def _start(act: Act, submission: Submission, form: Form) -> datetime:
    """Return when the story was first told: a correction gives nobody more time."""
    sent = [s for s in submissions.of_case(act.tx, submission.case_id) if s.purpose == "assessment"]
    return counts_from(form, submission.answers, min(s.submitted_at for s in sent))
