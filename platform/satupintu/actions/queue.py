"""The queue: what waits for the staff, the latest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from satupintu.actions.action import Act, action
from satupintu.agencies.directory import Agencies
from satupintu.cases.access import may_see_case
from satupintu.cases.case import Case
from satupintu.cases.referral import Referral, unanswered
from satupintu.store import cases, notices, referrals


@dataclass(frozen=True)
class Late:
    """A referral past a deadline, with its case; ``due_at`` is the deadline that was missed."""

    case: Case
    referral: Referral
    due_at: datetime
    unanswered: bool


@dataclass(frozen=True)
class Alarm:
    """Something that somebody has to do now, until they say that it is done."""

    case: Case
    kind: str
    agency: str | None
    made_at: datetime


SHOWN = ("call_head", "referral_declined")
"""The alarms shown by themselves; the others are late referrals or cases in triage."""


@dataclass(frozen=True)
class Queue:
    """What waits: referrals past their time, reports and cases that need a person, alarms."""

    late: tuple[Late, ...]
    reports: tuple[Case, ...]
    triage: tuple[Case, ...]
    alarms: tuple[Alarm, ...]
    agencies: Agencies


@action("triage.list", reads=True, trail=False)
def queue(act: Act) -> Queue:
    """Return what waits for this person: of the cases that they may see."""
    of = None if act.who.role == "service_head" else act.who.account_id
    waiting = cases.listed(act.tx, ("undecided", "triage"), of=of)
    known = {case.id: case for case in waiting}

    def case_of(case_id: str) -> Case:
        return known.get(case_id) or known.setdefault(case_id, cases.get(act.tx, case_id))

    late = [_late(case_of(r.case_id), r, act.at) for r in referrals.late(act.tx, act.at, of=of)]
    alarms = [
        Alarm(case, one.kind, one.agency, one.made_at)
        for one in notices.unsettled(act.tx)
        if one.kind in SHOWN and one.case_id and _may_see(act, case := case_of(one.case_id))
    ]
    return Queue(
        late=tuple(sorted(late, key=lambda one: one.due_at)),
        reports=tuple(case for case in waiting if case.state == "undecided"),
        triage=tuple(case for case in waiting if case.state == "triage"),
        alarms=tuple(alarms),
        agencies=act.content.agencies(),
    )


def _may_see(act: Act, case: Case) -> bool:
    lead = act.content.service().lead_agency
    return may_see_case(act.who, case, lead, cases.shared_with(act.tx, case.id))


def _late(case: Case, referral: Referral, at: datetime) -> Late:
    silent = unanswered(referral, at)
    answer_by = referral.acknowledge_by if silent else None
    return Late(case, referral, min(referral.due_at, answer_by or referral.due_at), silent)
