"""Triage: a person routes a case that the engines were not sure of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from satupintu.actions.action import Act, action
from satupintu.actions.by_hand import Barred, ByHand, refer
from satupintu.actions.cases import opened
from satupintu.actions.managing import as_seen
from satupintu.actions.routing import event
from satupintu.cases.case import Case
from satupintu.cases.referral import Referral
from satupintu.errors import BadAnswers, Conflict, Problem
from satupintu.store import cases, notices, timeline


@action("triage.route")
def route(
    act: Act, case_id: str, asked: Sequence[ByHand], reason: str, seen: int
) -> tuple[Referral, ...]:
    """Decide by hand to whom a case in triage goes, which settles its alarm.

    Whoever decides becomes the case's manager where it has none. Raises BadAnswers with every
    problem, Conflict where the case is no longer in triage.
    """
    case = opened(act, case_id, lock=True)
    if case.state != "triage":
        raise Conflict(Problem("staff.not_in_triage"))
    as_seen(case, seen)
    if not asked:
        raise BadAnswers(Problem("staff.agency_needed", pointer="/agencies"))
    # Where the engines differ, what one of them rules out is the person's to weigh.
    added = refer(act, case, asked, reason, Barred())
    timeline.add(act.tx, event(act, case, "routed", reason=reason.strip()))
    notices.settle(act.tx, case_id, act.at, by=act.who.account_id)
    cases.change(act.tx, _decided(act, case))
    act.note("case", case_id, agencies=[one.agency for one in added])
    return added


def _decided(act: Act, case: Case) -> Case:
    manager = case.manager or act.who.account_id
    return replace(case, state="decided", due_at=None, manager=manager)
