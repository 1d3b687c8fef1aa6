"""Reminding: a deadline that passed is told once, to the case and to those who manage it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal
from uuid import NAMESPACE_URL, uuid5

from satupintu.actions.action import Act, action
from satupintu.actions.answering import tell_lead
from satupintu.cases.timeline import Event
from satupintu.store import cases, notices, referrals, timeline
from satupintu.store.referrals import Missed

Passed = Literal["referral_unanswered", "referral_overdue"]


@action("worker.remind", trail=False)
def remind(act: Act) -> int:
    """Tell of every deadline that passed and was not told yet; return how many. A worker's step."""
    passed = {
        told_as(missed.referral_id, kind): (missed, kind)
        for missed in referrals.past_deadline(act.tx, act.at)
        for kind in _kinds(missed)
    }
    told = 0
    for case_id in sorted({missed.case_id for missed, _ in _new(act, passed).values()}):
        case = cases.get(act.tx, case_id, lock=True)
        here = {k: v for k, v in passed.items() if v[0].case_id == case_id}
        # Once more under the lock: another worker may have been here.
        for event_id, (missed, kind) in _new(act, here).items():
            agency = referrals.get(act.tx, missed.referral_id).agency
            details = {"referral": missed.referral_id}
            happened = Event(event_id, case_id, act.at, kind, details, agency=agency)
            timeline.add(act.tx, happened)
            notices.add(act.tx, kind, act.at, case_id=case_id, agency=agency)
            tell_lead(act, case, kind)
            act.note("referral", missed.referral_id, case=case_id, agency=agency, passed=kind)
            told += 1
    return told


def told_as(referral_id: str, kind: Passed) -> str:
    """Return the id of the event that tells of it: always the same, so that it is told once."""
    return str(uuid5(NAMESPACE_URL, f"{kind}/{referral_id}"))


def _kinds(missed: Missed) -> Iterator[Passed]:
    if missed.silent:
        yield "referral_unanswered"
    if missed.overdue:
        yield "referral_overdue"


def _new(act: Act, passed: dict[str, tuple[Missed, Passed]]) -> dict[str, tuple[Missed, Passed]]:
    known = timeline.there(act.tx, passed)
    return {event_id: one for event_id, one in passed.items() if event_id not in known}
