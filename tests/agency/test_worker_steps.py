"""What the product does by itself: it tells of late referrals once, and nothing stops it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event

import pytest

from agency.referred import all_referrals, messages, person, referral, sent, sent_now
from satupintu import clock
from satupintu.actions import answering, drafts, worker
from satupintu.actions.forgetting import SENT_AGAIN, forget
from satupintu.actions.platform import Platform
from satupintu.actions.reminding import remind
from satupintu.actions.worker import STEPS, Step, work
from satupintu.errors import NotFound, Problem, Unavailable
from satupintu.people.actor import SYSTEM
from satupintu.store import chain, idempotency, notices, timeline
from satupintu.store import drafts as stored

PASSED = ("referral_unanswered", "referral_overdue")
A_MONTH = timedelta(days=30)


def told(platform: Platform, case_id: str) -> list[tuple[str, str | None]]:
    with platform.store.reading() as tx:
        return [(e.kind, e.agency) for e in timeline.of_case(tx, case_id) if e.kind in PASSED]


def alarms(platform: Platform) -> list[tuple[str, str | None]]:
    with platform.store.reading() as tx:
        return [(n.kind, n.agency) for n in notices.unsettled(tx) if n.kind in PASSED]


def test_a_deadline_that_passed_is_told_once(either: Platform) -> None:
    case_id = sent_now(either, "C2")
    waiting = [r.agency for r in all_referrals(either, case_id) if r.state == "sent"]
    assert remind(either, SYSTEM) == 0
    with clock.shifted(timedelta(minutes=46)):
        assert remind(either, SYSTEM) == 2
    assert sorted(told(either, case_id)) == sorted(("referral_unanswered", a) for a in waiting)
    with clock.shifted(A_MONTH):
        assert remind(either, SYSTEM) == 2
        assert remind(either, SYSTEM) == 0
    expected = sorted((kind, agency) for kind in PASSED for agency in waiting)
    assert sorted(told(either, case_id)) == sorted(alarms(either)) == expected
    sent_out = messages(either, case_id)
    assert [sum(kind == k for k, _ in sent_out) for kind in PASSED] == [len(waiting)] * 2


def test_workers_at_once_tell_it_once(either: Platform) -> None:
    case_id = sent(either, "C2")
    with clock.shifted(A_MONTH), ThreadPoolExecutor(4) as pool:
        counts = list(pool.map(lambda _: remind(either, SYSTEM), range(4)))
    assert sum(counts) == len(told(either, case_id)) == 4


def test_what_was_answered_or_done_in_time_is_not_told(small: Platform) -> None:
    case_id = sent_now(small, "C2")
    one = referral(small, case_id, "POS_BEDAH", "sent")
    officer = person(small, "agency_officer", "POS_BEDAH")
    answering.accept(small, officer, one.id, 1, "now", "Petugas contoh")
    with clock.shifted(timedelta(hours=1)):
        remind(small, SYSTEM)
    assert ("referral_unanswered", "POS_BEDAH") not in told(small, case_id)
    answering.done(small, officer, one.id, 2)
    with clock.shifted(A_MONTH):
        remind(small, SYSTEM)
    assert "POS_BEDAH" not in {agency for _, agency in told(small, case_id)}


def test_what_is_held_for_consent_is_late_for_nobody_of_its_agency(city: Platform) -> None:
    case_id = sent(city, "G05", share=False)
    held = {r.agency for r in all_referrals(city, case_id) if r.state == "held"}
    open_too = {r.agency for r in all_referrals(city, case_id) if r.state == "sent"}
    with clock.shifted(A_MONTH):
        remind(city, SYSTEM)
    assert {agency for _, agency in told(city, case_id)} == open_too
    assert held - open_too


def test_drafts_whose_time_is_over_go_and_what_is_used_stays(either: Platform) -> None:
    staff = person(either, "staff")
    old = drafts.start(either, staff, "id")
    with clock.shifted(timedelta(days=29)):
        young = drafts.start(either, staff, "id")
        assert forget(either, SYSTEM) == 0
    with clock.shifted(timedelta(days=31)):
        assert forget(either, SYSTEM) == 1
    with either.store.reading() as tx:
        assert stored.get(tx, young.id).id == young.id
        with pytest.raises(NotFound):
            stored.get(tx, old.id)


def test_a_second_press_is_forgotten_after_its_time(either: Platform) -> None:
    with either.store.writing() as tx:
        idempotency.earlier(tx, "a key", clock.now())
        idempotency.keep(tx, "a key", "a result")
    with clock.shifted(SENT_AGAIN - timedelta(hours=1)):
        forget(either, SYSTEM)
        with either.store.writing() as tx:
            assert idempotency.earlier(tx, "a key", clock.now()) == "a result"
    with clock.shifted(SENT_AGAIN + timedelta(hours=1)):
        forget(either, SYSTEM)
        with either.store.writing() as tx:
            assert idempotency.earlier(tx, "a key", clock.now()) is None


def test_the_worker_does_every_step_and_stops_when_told(small: Platform) -> None:
    case_id = sent(small, "C2")
    stop = Event()
    done = [0] * len(STEPS)

    def counted(number: int) -> Callable[[Platform], int]:
        def do(platform: Platform) -> int:
            result = STEPS[number].do(platform)
            done[number] += 1
            if all(done):
                stop.set()
            return result

        return do

    steps = [Step(s.name, s.every, counted(n)) for n, s in enumerate(STEPS)]
    work(small, stop, steps)
    assert done == [1] * len(STEPS)
    assert messages(small, case_id)
    with small.store.reading() as tx:
        found = chain.verify(tx)
    assert found.sealed
    assert found.broken is None


def test_a_step_in_trouble_never_stops_the_others(small: Platform) -> None:
    stop = Event()
    did: list[str] = []

    def fails(_: Platform) -> int:
        did.append("fails")
        raise Unavailable(Problem("store.locked"))

    def goes_on(_: Platform) -> int:
        did.append("goes on")
        if len(did) > 3:
            stop.set()
        return 0

    at_once = timedelta(0)
    work(small, stop, [Step("fails", at_once, fails), Step("goes on", at_once, goes_on)])
    assert {"fails", "goes on"} == set(did)


def test_each_step_has_a_name_of_its_own_and_a_time() -> None:
    assert len({step.name for step in worker.STEPS}) == len(worker.STEPS)
    assert all(step.every > timedelta(0) for step in worker.STEPS)
