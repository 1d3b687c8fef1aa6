"""Cases, submissions and referrals come back as they were kept, and nobody overwrites anybody."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from satupintu.cases.timeline import Event
from satupintu.errors import Conflict, NotFound
from satupintu.store import cases, notices, referrals, search, submissions, timeline, wrapped
from satupintu.store.keys import CannotOpen, Erased, Keyring
from satupintu.store.open import Store
from store.store_content import (
    NOON,
    account,
    case,
    new_id,
    record,
    referral,
    submission,
    versions,
)


def test_a_case_comes_back_as_it_was_kept(store: Store) -> None:
    with store.writing() as tx:
        manager = account(tx)
        kept = case(tx, manager=manager.id, headline="tinggi", due_at=NOON, head_only=True)
    with store.reading() as tx:
        assert cases.get(tx, kept.id) == kept
        assert cases.by_number(tx, kept.number) == kept


def test_a_case_that_is_not_there_is_not_found(store: Store) -> None:
    with store.reading() as tx:
        with pytest.raises(NotFound):
            cases.get(tx, new_id())
        with pytest.raises(NotFound):
            cases.by_number(tx, "X-2026-9")
        with pytest.raises(NotFound):
            wrapped.case_key(tx, new_id())


def test_two_people_who_change_one_case_never_overwrite_each_other(store: Store) -> None:
    with store.writing() as tx:
        kept = case(tx)
    with store.writing() as tx:
        changed = cases.change(tx, replace(kept, state="closed"))
        assert changed.version == kept.version + 1
        assert cases.get(tx, kept.id) == changed
    with store.writing() as tx, pytest.raises(Conflict):
        cases.change(tx, replace(kept, state="triage"))


def test_numbers_count_from_one_in_each_year(store: Store) -> None:
    with store.writing() as tx:
        assert [cases.next_number(tx, 2026) for _ in range(3)] == [1, 2, 3]
        assert cases.next_number(tx, 2027) == 1


def test_parallel_submits_never_get_the_same_number(store: Store) -> None:
    def submit(_: int) -> int:
        with store.writing() as tx:
            number = cases.next_number(tx, 2026)
            case(tx, f"X-2026-{number}")
            return number

    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(submit, range(40)))
    assert sorted(numbers) == list(range(1, 41))


def test_staff_see_what_they_manage_what_is_shared_and_the_queue(store: Store) -> None:
    with store.writing() as tx:
        me, other = account(tx, "saya"), account(tx, "rekan")
        mine = case(tx, "1", manager=me.id, due_at=NOON)
        shared = case(tx, "2", manager=other.id, due_at=NOON - timedelta(hours=1))
        waiting = case(tx, "3", state="undecided")
        case(tx, "4", manager=other.id)
        case(tx, "5", state="undecided", manager=other.id)
        case(tx, "6", manager=me.id, head_only=True)
        triage = case(tx, "7", state="triage", manager=other.id)
        closed = case(tx, "8", state="closed", manager=me.id)
        for _ in range(2):
            cases.share(tx, shared.id, me.id, by=other.id, at=NOON)
        assert cases.shared_with(tx, shared.id) == {me.id}
        states = ("undecided", "decided", "triage")
        assert [c.number for c in cases.listed(tx, states, of=me.id)] == [
            shared.number,
            mine.number,
            *sorted((waiting.number, triage.number)),
        ]
        assert len(cases.listed(tx, states)) == 7
        assert cases.listed(tx, ("closed",)) == (closed,)
        cases.unshare(tx, shared.id, me.id)
        assert shared not in cases.listed(tx, states, of=me.id)


def test_a_tracking_code_finds_its_case_and_is_not_kept(
    store: Store, raw: Callable[..., Any]
) -> None:
    with store.writing() as tx:
        kept = case(tx)
        cases.add_tracking_code(tx, kept.id, "T7KM-4W9A-RX2B-08ZC")
    with store.reading() as tx:
        assert cases.by_tracking_code(tx, "T7KM-4W9A-RX2B-08ZC") == kept
        with pytest.raises(NotFound):
            cases.by_tracking_code(tx, "T7KM-4W9A-RX2B-08ZD")
    assert "T7KM" not in str(raw("SELECT * FROM tracking_codes"))


def test_submissions_and_decisions_come_back_as_they_were_kept(store: Store) -> None:
    with store.writing() as tx:
        versions(tx)
        kept = case(tx)
        first = submission(kept.id)
        second = submission(
            kept.id, corrects=first.id, submitted_at=NOON + timedelta(hours=1), language="en"
        )
        for one in (first, second):
            submissions.add(tx, one)
        decided = record(kept.id, first.id)
        trouble = record(
            kept.id,
            second.id,
            state="trouble",
            decision=None,
            agrees=False,
            trouble="hang",
            decided_at=NOON + timedelta(hours=1),
        )
        for each in (decided, trouble):
            submissions.add_decision(tx, each)
    with store.writing() as tx:
        assert submissions.of_case(tx, kept.id) == (first, second)
        assert submissions.get(tx, first.id) == first
        assert submissions.latest(tx, kept.id, "assessment") == second
        assert submissions.latest(tx, kept.id, "follow_up") is None
        assert submissions.decisions_of_case(tx, kept.id) == (decided, trouble)
        submissions.mark_decision(tx, decided.id, "superseded")
        assert submissions.decision(tx, decided.id) == replace(decided, state="superseded")
        with pytest.raises(NotFound):
            submissions.get(tx, new_id())


def test_referrals_come_back_as_they_were_kept(store: Store) -> None:
    with store.writing() as tx:
        kept = case(tx)
        late = referral(kept.id, "POLISI", due_at=NOON + timedelta(hours=9), origin="person")
        soon = replace(referral(kept.id), reason="Diminta korban", acknowledge_by=NOON)
        referrals.add(tx, [late, soon])
        referrals.add(tx, [])
    with store.reading() as tx:
        assert referrals.of_case(tx, kept.id) == (soon, late)
        assert referrals.get(tx, soon.id) == soon
        with pytest.raises(NotFound):
            referrals.get(tx, new_id())


def test_an_agency_finds_its_own_referrals_and_only_its_head_the_restricted(store: Store) -> None:
    with store.writing() as tx:
        kept = case(tx)
        mine = referral(kept.id)
        restricted = referral(kept.id, head_only=True, due_at=NOON)
        held = referral(kept.id, state="held")
        referrals.add(tx, [mine, restricted, held, referral(kept.id, "POLISI")])
        assert referrals.inbox(tx, "KLINIK", ("sent",), head=False) == (mine,)
        assert referrals.inbox(tx, "KLINIK", ("sent",), head=True) == (restricted, mine)


def test_two_people_who_answer_one_referral_never_overwrite_each_other(store: Store) -> None:
    with store.writing() as tx:
        kept = case(tx)
        sent = referral(kept.id)
        referrals.add(tx, [sent])
        accepted = referrals.change(tx, replace(sent, state="accepted", accepted_at=NOON))
        assert referrals.get(tx, sent.id, lock=True) == accepted
        with pytest.raises(Conflict):
            referrals.change(tx, replace(sent, state="declined", reason="Penuh"))


def test_the_timeline_keeps_the_order_of_what_happened_at_one_moment(store: Store) -> None:
    with store.writing() as tx:
        kept = case(tx)
        events = [
            Event(new_id(), kept.id, NOON, "noted", {"note": f"catatan {n}"}, None, "KLINIK")
            for n in range(5)
        ]
        timeline.add(tx, *events)
        timeline.add(tx)
    with store.reading() as tx:
        assert timeline.of_case(tx, kept.id) == tuple(events)


def test_alarms_stay_until_somebody_settles_them(store: Store) -> None:
    with store.writing() as tx:
        kept = case(tx)
        first = notices.add(tx, "trouble", NOON, case_id=kept.id)
        second = notices.add(tx, "call_head", NOON, agency="KLINIK")
        assert notices.unsettled(tx) == (first, second)
        assert notices.settle(tx, kept.id, NOON, by=None) == 1
        assert notices.unsettled(tx) == (second,)


def test_search_finds_a_case_that_has_all_values_of_any_one_set(store: Store) -> None:
    with store.writing() as tx:
        one, other = case(tx, "1"), case(tx, "2")
        search.index(tx, one.id, [("name", "korban"), ("name", "contoh"), ("phone", "0812")])
        search.index(tx, other.id, [("name", "korban"), ("name", "lain"), ("name", "lain")])
        search.add(tx, other.id, [("name", "lain"), ("phone", "0899")])

        def find(*wanted: list[tuple[str, str]]) -> set[str]:
            return set(search.find(tx, wanted))  # type: ignore[arg-type]

        assert find([("name", "korban")]) == {one.id, other.id}
        assert find([("name", "korban"), ("name", "contoh")]) == {one.id}
        assert find([("phone", "0812")], [("phone", "0899")]) == {one.id, other.id}
        assert find([("name", "0812")]) == set()
        assert find([], []) == set()
        search.index(tx, one.id, [])
        assert find([("phone", "0812")]) == set()


def test_an_erased_case_opens_for_nobody_and_is_found_by_nothing(
    store: Store, raw: Callable[..., Any]
) -> None:
    with store.writing() as tx:
        versions(tx)
        kept = case(tx)
        sent = submission(kept.id)
        submissions.add(tx, sent)
        search.index(tx, kept.id, [("name", "korban")])
        cases.add_tracking_code(tx, kept.id, "T7KM")
    with store.writing() as tx:
        cases.erase(tx, kept.id)
        with pytest.raises(Erased):
            submissions.get(tx, sent.id)
        assert search.find(tx, [[("name", "korban")]]) == frozenset()
        assert cases.get(tx, kept.id).number == kept.number
    assert raw("SELECT wrapped_key FROM cases") == [(None,)]


def test_swapped_cells_fail_to_open(store: Store, raw: Callable[..., Any]) -> None:
    with store.writing() as tx:
        versions(tx)
        one, other = case(tx, "1"), case(tx, "2")
        ids = []
        for kept in (one, other):
            sent = submission(kept.id)
            ids.append(sent.id)
            submissions.add(tx, sent)
    raw("UPDATE submissions SET facts_sealed = answers_sealed WHERE id = :id", id=ids[0])
    raw(
        "UPDATE submissions SET answers_sealed ="
        " (SELECT answers_sealed FROM submissions WHERE id = :other) WHERE id = :id",
        other=ids[0],
        id=ids[1],
    )
    with store.reading() as tx:
        for each in ids:
            with pytest.raises(CannotOpen):
                submissions.get(tx, each)


def test_the_key_of_another_case_does_not_open_this_one(
    store: Store, raw: Callable[..., Any]
) -> None:
    with store.writing() as tx:
        one, other = case(tx, "1"), case(tx, "2")
    raw(
        "UPDATE cases SET wrapped_key = (SELECT wrapped_key FROM cases WHERE id = :other)"
        " WHERE id = :id",
        other=other.id,
        id=one.id,
    )
    with store.reading() as tx, pytest.raises(CannotOpen):
        wrapped.case_key(tx, one.id)


def test_rewrapping_goes_on_where_it_stopped_and_leaves_everything_readable(store: Store) -> None:
    with store.writing() as tx:
        versions(tx)
        kept = [case(tx, str(n)) for n in range(5)]
        sent = submission(kept[0].id)
        submissions.add(tx, sent)
    old = store.keyring
    new = Keyring([b"n" * 32, bytes(range(32))])
    store.keyring = new
    counts = []
    while not counts or counts[-1]:
        with store.writing() as tx:
            counts.append(wrapped.rewrap(tx, limit=2))
    assert counts == [2, 2, 1, 0]
    with store.reading() as tx:
        assert submissions.get(tx, sent.id) == sent
    store.keyring = old
    with store.reading() as tx, pytest.raises(CannotOpen):
        submissions.get(tx, sent.id)
