"""Referrals past a deadline are found, of the cases that somebody manages or has shared."""

from __future__ import annotations

from datetime import timedelta

import pytest

from satupintu.store import cases, referrals
from satupintu.store.open import Store
from store.store_content import NOON, account, case, referral, versions

LONG_AGO = NOON - timedelta(hours=1)
LATER = NOON + timedelta(hours=1)


@pytest.mark.parametrize(
    ("changes", "late"),
    [
        ({"state": "sent", "acknowledge_by": LONG_AGO, "due_at": LATER}, True),
        ({"state": "sent", "acknowledge_by": LATER, "due_at": LATER}, False),
        ({"state": "accepted", "acknowledge_by": LONG_AGO, "due_at": LATER}, False),
        ({"state": "accepted", "acknowledge_by": LONG_AGO, "due_at": LONG_AGO}, True),
        ({"state": "held", "acknowledge_by": None, "due_at": LONG_AGO}, True),
        ({"state": "held", "acknowledge_by": None, "due_at": LATER}, False),
        ({"state": "done", "acknowledge_by": LONG_AGO, "due_at": LONG_AGO}, False),
        ({"state": "ended", "acknowledge_by": LONG_AGO, "due_at": LONG_AGO}, False),
    ],
)
def test_what_is_open_and_past_its_time_is_late(
    store: Store, changes: dict[str, object], late: bool
) -> None:
    with store.writing() as tx:
        versions(tx)
        kept = referral(case(tx).id, **changes)
        referrals.add(tx, [kept])
    with store.reading() as tx:
        assert [r.id for r in referrals.late(tx, NOON)] == ([kept.id] if late else [])
        assert referrals.count_late(tx, NOON) == late


def test_only_ones_own_cases_and_those_shared_are_looked_at(store: Store) -> None:
    with store.writing() as tx:
        versions(tx)
        manager, colleague = account(tx, "satu"), account(tx, "dua")
        mine = case(tx, "X-1", manager=manager.id)
        heads = case(tx, "X-2", manager=manager.id, head_only=True)
        kept = [referral(one.id, state="sent", due_at=LONG_AGO) for one in (mine, heads)]
        referrals.add(tx, kept)
    with store.reading() as tx:
        assert len(referrals.late(tx, NOON)) == referrals.count_late(tx, NOON) == 2
        assert [r.case_id for r in referrals.late(tx, NOON, of=manager.id)] == [mine.id]
        assert referrals.count_late(tx, NOON, of=manager.id) == 1
        assert referrals.late(tx, NOON, of=colleague.id) == ()
        assert referrals.count_late(tx, NOON, of=colleague.id) == 0
    with store.writing() as tx:
        cases.share(tx, mine.id, colleague.id, by=manager.id, at=NOON)
    with store.reading() as tx:
        assert [r.case_id for r in referrals.late(tx, NOON, of=colleague.id)] == [mine.id]


def test_the_newest_cases_come_first_page_by_page(store: Store) -> None:
    with store.writing() as tx:
        for n in range(5):
            case(tx, f"X-{n}", created_at=NOON + timedelta(minutes=n))
    with store.reading() as tx:
        pages = [cases.listed(tx, ("decided",), newest=True, limit=2, skip=s) for s in (0, 2, 4)]
    assert [[c.number for c in page] for page in pages] == [["X-4", "X-3"], ["X-2", "X-1"], ["X-0"]]


def test_what_is_counted_is_what_would_be_listed(store: Store) -> None:
    with store.writing() as tx:
        manager, colleague = account(tx, "satu"), account(tx, "dua")
        case(tx, "X-1", state="undecided")
        case(tx, "X-2", state="undecided", manager=manager.id)
        mine = case(tx, "X-3", state="triage")
        case(tx, "X-4", state="triage", head_only=True)
        case(tx, "X-5", state="decided", manager=manager.id)
    with store.reading() as tx:
        for of in (None, manager.id, colleague.id):
            counted = cases.counted(tx, ("undecided", "triage"), of=of)
            for state in ("undecided", "triage"):
                listed = cases.listed(tx, (state,), of=of)
                assert counted[state][0] == len(listed)
                assert counted[state][1] in {one.id for one in listed}
        assert cases.counted(tx, ("triage",), of=colleague.id) == {"triage": (1, mine.id)}
        assert cases.counted(tx, ("closed",)) == {}
