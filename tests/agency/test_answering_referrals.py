"""Accepting, declining, following up and finishing, on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from agency.referred import (
    all_referrals,
    messages,
    person,
    referral,
    seen,
    sent,
)
from satupintu.actions import answering, drafts, follow_up
from satupintu.actions.platform import Platform
from satupintu.actions.received import AccessEnded
from satupintu.cases.referral import DECLINE_REASONS, Referral
from satupintu.errors import BadAnswers, Conflict, NotAllowed, NotFound, SatuPintuError
from satupintu.people.actor import Actor
from satupintu.store import audit, notices, submissions, timeline
from satupintu.store import drafts as stored

AGENCY = "POS_BEDAH"
LEAD = "BALAI_SATWA"
WRITTEN = {
    "sudah_pulih": True,
    "tanggal_rawat": "2026-11-20",
    "ringkas_rawat": "Ringkasan contoh",
}


def waiting_at(platform: Platform) -> tuple[Referral, Actor]:
    """Return a referral that waits for its agency, and an officer there."""
    one = referral(platform, sent(platform, "C2"), AGENCY, "sent")
    return one, person(platform, "agency_officer", AGENCY)


def accept(platform: Platform, who: Actor, one: Referral, **changed: Any) -> Referral:
    fields = {"seen": one.version, "ready": "hour", "handler": "Petugas contoh", **changed}
    return answering.accept(platform, who, one.id, **fields)


def told(platform: Platform, one: Referral) -> list[tuple[str, Any]]:
    """Return the timeline entries that this agency's acts made."""
    with platform.store.reading() as tx:
        events = timeline.of_case(tx, one.case_id)
    return [(e.kind, dict(e.details)) for e in events if e.details.get("referral") == one.id]


def test_an_accepted_referral_says_who_helps_and_from_when(either: Platform) -> None:
    waiting, officer = waiting_at(either)
    after = accept(either, officer, waiting)
    assert (after.state, after.version) == ("accepted", 2)
    assert after.accepted_at is not None
    assert referral(either, waiting.case_id, AGENCY) == after
    details = {"referral": waiting.id, "ready": "hour", "handler": "Petugas contoh"}
    assert told(either, waiting) == [("referral_accepted", details)]
    assert ("referral_accepted", LEAD) in messages(either, waiting.case_id)
    [line] = seen(either, officer, waiting.id).history
    assert line.said.endswith(
        "Korban dapat dilayani dalam 1 jam. Penanggung jawab: Petugas contoh."
    )


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"ready": "someday"}, {"/ready"}),
        ({"handler": "  "}, {"/handler"}),
        ({"handler": "x" * 121}, {"/handler"}),
        ({"ready": "", "handler": ""}, {"/ready", "/handler"}),
    ],
)
def test_what_is_missing_is_said_all_at_once_and_nothing_changes(
    small: Platform, changed: Any, wrong: set[str]
) -> None:
    waiting, officer = waiting_at(small)
    with pytest.raises(BadAnswers) as e:
        accept(small, officer, waiting, **changed)
    assert {p.pointer for p in e.value.problems} == wrong
    assert referral(small, waiting.case_id, AGENCY) == waiting
    assert told(small, waiting) == []


def test_a_declined_referral_alarms_the_case_manager_and_ends_access(either: Platform) -> None:
    waiting, officer = waiting_at(either)
    why = DECLINE_REASONS[0]
    after = answering.decline(either, officer, waiting.id, 1, why, " Besok buka lagi. ", "id")
    assert after.state == "declined"
    assert after.reason is not None
    assert after.reason.endswith(": Besok buka lagi.")
    assert after.ended_at is not None
    details = {"referral": waiting.id, "why": why, "reason": "Besok buka lagi."}
    assert told(either, waiting) == [("referral_declined", details)]
    assert ("referral_declined", LEAD) in messages(either, waiting.case_id)
    with either.store.reading() as tx:
        [notice] = [n for n in notices.unsettled(tx) if n.kind == "referral_declined"]
    assert (notice.case_id, notice.agency) == (waiting.case_id, AGENCY)
    with pytest.raises(AccessEnded):
        seen(either, officer, waiting.id)


def test_a_reason_has_to_be_one_of_the_list(small: Platform) -> None:
    waiting, officer = waiting_at(small)
    for why, more in (("", ""), ("because", ""), ("full", "x" * 1001)):
        with pytest.raises(BadAnswers):
            answering.decline(small, officer, waiting.id, 1, why, more, "id")
    assert referral(small, waiting.case_id, AGENCY) == waiting


ACTS = ("accept", "decline", "begin", "done")
POSSIBLE = {
    "sent": {"accept", "decline"},
    "accepted": {"begin", "done"},
    "in_progress": {"begin", "done"},
    "done": set[str](),
    "declined": set[str](),
}


def act(platform: Platform, who: Actor, one: Referral, name: str) -> object:
    match name:
        case "accept":
            return accept(platform, who, one)
        case "decline":
            return answering.decline(platform, who, one.id, one.version, "full", "", "id")
        case "begin":
            return follow_up.start(platform, who, one.id, "id")
        case _:
            return answering.done(platform, who, one.id, one.version)


def brought_to(platform: Platform, who: Actor, one: Referral, state: str) -> Referral:
    path = {
        "sent": (),
        "accepted": ("accept",),
        "in_progress": ("accept", "report"),
        "done": ("accept", "done"),
        "declined": ("decline",),
    }[state]
    for step in path:
        if step == "report":
            report(platform, who, one)
        else:
            act(platform, who, one, step)
        one = referral(platform, one.case_id, AGENCY)
    assert one.state == state
    return one


@pytest.mark.parametrize(("state", "name"), list(product(POSSIBLE, ACTS)))
def test_only_what_is_possible_in_a_state_happens(small: Platform, state: str, name: str) -> None:
    who = person(small, "agency_officer", AGENCY)
    one = referral(small, sent(small, "C2"), AGENCY, "sent")
    one = brought_to(small, who, one, state)
    if name in POSSIBLE[state]:
        act(small, who, one, name)
        return
    with pytest.raises((Conflict, AccessEnded)):
        act(small, who, one, name)
    assert referral(small, one.case_id, AGENCY) == one


def test_an_officer_who_looked_at_an_older_state_is_told_so(small: Platform) -> None:
    waiting, officer = waiting_at(small)
    accept(small, officer, waiting)
    report(small, officer, waiting)
    with pytest.raises(Conflict) as e:
        answering.done(small, officer, waiting.id, 2)
    assert e.value.problems[0].key == "cases.moved.changed"


def test_of_two_officers_at_once_exactly_one_answers(either: Platform) -> None:
    waiting, _ = waiting_at(either)
    people = [person(either, role, AGENCY) for role in ("agency_officer", "agency_head")]

    def answer(number: int) -> str:
        try:
            if number % 2:
                accept(either, people[number % 2], waiting)
            else:
                answering.decline(either, people[0], waiting.id, 1, "full", "", "id")
        except SatuPintuError as e:
            return type(e).__name__
        return "done"

    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(answer, range(4)))
    assert results.count("done") == 1
    assert set(results) <= {"done", "Conflict", "AccessEnded"}
    assert len(told(either, waiting)) == 1


def test_nobody_of_another_agency_answers_it(small: Platform) -> None:
    waiting, _ = waiting_at(small)
    for role, agency in (
        ("agency_officer", "POS_UJI"),
        ("agency_head", "POS_BATAS"),
        ("staff", LEAD),
        ("service_head", LEAD),
    ):
        who = person(small, role, agency)
        for name in ACTS:
            with pytest.raises(NotAllowed):
                act(small, who, waiting, name)
    assert referral(small, waiting.case_id, AGENCY) == waiting


def test_the_lead_agencys_staff_receive_their_own(small: Platform) -> None:
    case_id = sent(small, "C2")
    own = referral(small, case_id, LEAD, "sent")
    after = accept(small, person(small, "staff", LEAD), own)
    assert after.state == "accepted"


# Follow-up


def report(platform: Platform, who: Actor, one: Referral) -> follow_up.Reported:
    """Write and send a follow-up with the small pack's form."""
    draft_id = follow_up.start(platform, who, one.id, "id")
    answer(platform, draft_id, WRITTEN)
    return follow_up.report(platform, who, one.id, draft_id)


def answer(platform: Platform, draft_id: str, answers: dict[str, Any]) -> None:
    with platform.store.writing() as tx:
        draft = stored.get(tx, draft_id)
        stored.save(tx, replace(draft, body={**draft.body, "answers": answers}))


def test_a_follow_up_joins_the_case_without_its_words(either: Platform) -> None:
    waiting, officer = waiting_at(either)
    accept(either, officer, waiting)
    reported = report(either, officer, waiting)
    assert referral(either, waiting.case_id, AGENCY).state == "in_progress"
    with either.store.reading() as tx:
        submission = submissions.get(tx, reported.submission_id)
        trail = str(audit.listed(tx, limit=200))
    assert (submission.purpose, submission.referral_id) == ("follow_up", waiting.id)
    assert submission.rule_set_hash is None
    assert told(either, waiting)[-1] == ("referral_followed_up", {"referral": waiting.id})
    assert messages(either, waiting.case_id)[-1] == ("referral_followed_up", LEAD)
    assert "Ringkasan contoh" not in trail
    it = seen(either, officer, waiting.id)
    assert "Ringkasan contoh" in str(it.follow_ups)
    assert it.draft_id is None


def test_a_follow_up_sent_twice_is_kept_once(either: Platform) -> None:
    waiting, officer = waiting_at(either)
    accept(either, officer, waiting)
    draft_id = follow_up.start(either, officer, waiting.id, "id")
    answer(either, draft_id, WRITTEN)

    def send(_: int) -> follow_up.Reported:
        return follow_up.report(either, officer, waiting.id, draft_id)

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(send, range(4)))) == 1
    assert len(seen(either, officer, waiting.id).follow_ups) == 1


def test_an_agency_writes_one_follow_up_at_a_time_and_its_people_share_it(small: Platform) -> None:
    waiting, officer = waiting_at(small)
    head = person(small, "agency_head", AGENCY)
    accept(small, officer, waiting)
    draft_id = follow_up.start(small, officer, waiting.id, "id")
    assert follow_up.start(small, head, waiting.id, "id") == draft_id
    assert follow_up.begun(small, head, waiting.id) == draft_id
    assert drafts.read(small, head, draft_id).draft.id == draft_id
    for role, agency in (("agency_officer", "POS_UJI"), ("service_head", LEAD)):
        who = person(small, role, agency)
        with pytest.raises(NotAllowed):
            drafts.read(small, who, draft_id)
        with pytest.raises(NotAllowed):
            follow_up.begun(small, who, waiting.id)
    with pytest.raises(NotAllowed):
        follow_up.report(small, person(small, "agency_head", "POS_UJI"), waiting.id, draft_id)


def test_an_incomplete_follow_up_is_not_sent(small: Platform) -> None:
    waiting, officer = waiting_at(small)
    accept(small, officer, waiting)
    draft_id = follow_up.start(small, officer, waiting.id, "id")
    with pytest.raises(BadAnswers):
        follow_up.report(small, officer, waiting.id, draft_id)
    assert follow_up.begun(small, officer, waiting.id) == draft_id
    assert referral(small, waiting.case_id, AGENCY).state == "accepted"


def test_there_is_no_follow_up_before_one_is_begun(small: Platform) -> None:
    waiting, officer = waiting_at(small)
    accept(small, officer, waiting)
    with pytest.raises(NotFound):
        follow_up.begun(small, officer, waiting.id)


def test_a_draft_of_another_referral_is_never_sent_here(small: Platform) -> None:
    case_id = sent(small, "C2")
    staff = person(small, "staff", LEAD)
    own = referral(small, case_id, LEAD, "sent")
    accept(small, staff, own)
    elsewhere = drafts.start(small, staff, "id")
    with pytest.raises(NotAllowed):
        follow_up.report(small, staff, own.id, elsewhere.id)
    assert all(r.state != "in_progress" for r in all_referrals(small, case_id))
