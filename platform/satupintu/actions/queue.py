"""The queue: what waits for the staff, the latest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from satupintu.actions.action import Act, action
from satupintu.agencies.directory import Agencies
from satupintu.cases.access import may_see_case
from satupintu.cases.case import Case, CaseState
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


WAITING: tuple[CaseState, CaseState] = ("undecided", "triage")
"""The states of cases that wait for the staff: a report nobody took up, a case for a person."""

SHOWN = ("call_head", "referral_declined")
"""The alarms shown by themselves; the others are late referrals or cases in triage."""


@dataclass(frozen=True)
class Counts:
    """How much waits for a person, however much of it a list shows at once.

    ``one_in_triage`` is the id of a case that waits there, None where none does.
    """

    late: int
    reports: int
    triage: int
    one_in_triage: str | None


@dataclass(frozen=True)
class Queue:
    """What waits: referrals past their time, reports and cases that need a person, alarms.

    Of each list the most pressing; ``counts`` returns how many there are.
    """

    late: tuple[Late, ...]
    reports: tuple[Case, ...]
    triage: tuple[Case, ...]
    alarms: tuple[Alarm, ...]
    agencies: Agencies


@action("triage.list", reads=True, trail=False)
def queue(act: Act) -> Queue:
    """Return what waits for this person: of the cases that they may see."""
    of = _whose(act)
    reports, triage = (cases.listed(act.tx, (state,), of=of) for state in WAITING)
    known = {case.id: case for case in (*reports, *triage)}

    def case_of(case_id: str) -> Case:
        return known.get(case_id) or known.setdefault(case_id, cases.get(act.tx, case_id))

    late = [_late(case_of(r.case_id), r, act.at) for r in referrals.late(act.tx, act.at, of=of)]
    alarms = [
        Alarm(case, one.kind, one.agency, one.made_at)
        for one in notices.unsettled(act.tx, SHOWN)
        if one.case_id and _may_see(act, case := case_of(one.case_id))
    ]
    return Queue(
        late=tuple(sorted(late, key=lambda one: one.due_at)),
        reports=reports,
        triage=triage,
        alarms=tuple(alarms),
        agencies=act.content.agencies(),
    )


@action("triage.count", reads=True, trail=False)
def counts(act: Act) -> Counts:
    """Return how much waits for this person: every page of theirs says so, and opens none of it."""
    of = _whose(act)
    waiting = cases.counted(act.tx, WAITING, of=of)
    triage, one = waiting.get("triage", (0, None))
    late = referrals.count_late(act.tx, act.at, of=of)
    return Counts(late, waiting.get("undecided", (0, None))[0], triage, one)


def _whose(act: Act) -> str | None:
    return None if act.who.role == "service_head" else act.who.account_id


def _may_see(act: Act, case: Case) -> bool:
    lead = act.content.service().lead_agency
    return may_see_case(act.who, case, lead, cases.shared_with(act.tx, case.id))


def _late(case: Case, referral: Referral, at: datetime) -> Late:
    silent = unanswered(referral, at)
    answer_by = referral.acknowledge_by if silent else None
    return Late(case, referral, min(referral.due_at, answer_by or referral.due_at), silent)
