"""Whose case it is: taken, shared, handed over, noted on, closed."""

from __future__ import annotations

from dataclasses import replace

from satupintu.actions.action import Act, action
from satupintu.actions.cases import lead_people, opened
from satupintu.actions.routing import event
from satupintu.actions.words_given import given
from satupintu.cases.case import Case
from satupintu.errors import BadAnswers, Conflict, Problem
from satupintu.people.account import Account
from satupintu.people.roles import LEAD_ROLES
from satupintu.store import cases, notices, referrals, timeline


@action("report.take")
def take(act: Act, case_id: str) -> Case:
    """Become the manager of a case that nobody manages yet; one's own again changes nothing.

    Raises Conflict where somebody else took it first.
    """
    case = opened(act, case_id, lock=True)
    act.note("case", case_id)
    if case.manager == act.who.account_id:
        return case
    if case.manager is not None:
        raise Conflict(Problem("staff.taken_already"))
    timeline.add(act.tx, event(act, case, "taken"))
    return cases.change(act.tx, replace(case, manager=act.who.account_id))


@action("case.note")
def note(act: Act, case_id: str, text: str) -> None:
    """Write a note into the timeline. Raises BadAnswers where nothing is written."""
    case = opened(act, case_id)
    timeline.add(act.tx, event(act, case, "noted", note=given(text, "staff.note_needed")))
    act.note("case", case_id)


@action("case.share")
def share(act: Act, case_id: str, account_id: str, *, shared: bool = True) -> None:
    """Let a colleague of the lead agency see a case, or no longer."""
    case = opened(act, case_id, lock=True)
    _colleague(act, account_id)
    if shared == (account_id in cases.shared_with(act.tx, case_id)):
        return
    if shared:
        cases.share(act.tx, case_id, account_id, by=act.who.account_id, at=act.at)
    else:
        cases.unshare(act.tx, case_id, account_id)
    timeline.add(act.tx, event(act, case, "shared" if shared else "unshared", to=account_id))
    act.note("case", case_id, account=account_id, shared=shared)


@action("case.reassign")
def reassign(act: Act, case_id: str, account_id: str, seen: int) -> Case:
    """Make a colleague the case's manager. ``seen`` is the case's version as the person saw it.

    Raises Conflict where the case changed since.
    """
    case = as_seen(opened(act, case_id, lock=True), seen)
    _colleague(act, account_id)
    act.note("case", case_id, account=account_id)
    if case.manager == account_id:
        return case
    timeline.add(act.tx, event(act, case, "reassigned", to=account_id))
    return cases.change(act.tx, replace(case, manager=account_id))


@action("case.close")
def close(act: Act, case_id: str, seen: int) -> Case:
    """Close a case on which nothing is expected of anybody any more. Raises Conflict."""
    case = as_seen(opened(act, case_id, lock=True), seen)
    if case.state != "decided" or any(r.open for r in referrals.of_case(act.tx, case_id)):
        raise Conflict(Problem("staff.still_open"))
    notices.settle(act.tx, case_id, act.at, by=act.who.account_id)
    timeline.add(act.tx, event(act, case, "closed"))
    act.note("case", case_id)
    return cases.change(act.tx, replace(case, state="closed", due_at=None))


@action("notice.settle")
def settle(act: Act, case_id: str) -> None:
    """Say that what the alarms about a case ask for is done. A case in triage has to be decided."""
    case = opened(act, case_id, lock=True)
    if case.state == "triage":
        raise Conflict(Problem("staff.decide_first"))
    settled = notices.settle(act.tx, case_id, act.at, by=act.who.account_id)
    act.note("case", case_id, settled=settled)


def as_seen(case: Case, seen: int) -> Case:
    """Return the case. Raises Conflict where it is not as the person saw it."""
    if case.version != seen:
        raise Conflict(Problem("store.changed"))
    return case


def _colleague(act: Act, account_id: str) -> Account:
    found = lead_people(act).get(account_id)
    if found is None or found.role not in LEAD_ROLES or found.disabled_at is not None:
        raise BadAnswers(Problem("staff.no_colleague", pointer="/account"))
    return found
