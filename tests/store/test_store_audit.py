"""The audit trail: written with the act, sealed in order, and each tampering is located."""

from __future__ import annotations

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from satupintu.store import audit, chain
from satupintu.store.audit import Entry
from satupintu.store.chain import Break, Verified
from satupintu.store.open import Store
from store.store_content import NOON, new_id

Raw = Callable[..., Any]


def entry(n: int = 0, **changes: Any) -> Entry:
    made = Entry(NOON, None, "staff", "case.read", "done", "case", f"kasus-{n}", {"n": n})
    return replace(made, **changes)


def write(store: Store, count: int) -> None:
    with store.writing() as tx:
        audit.write(tx, *(entry(n) for n in range(count)))


def seal(store: Store, limit: int = 2_000) -> int:
    with store.writing() as tx:
        return chain.seal(tx, limit=limit)


def verify(store: Store) -> Verified:
    with store.reading() as tx:
        return chain.verify(tx)


def test_entries_come_back_newest_first_and_can_be_asked_for(store: Store) -> None:
    someone = new_id()
    with store.writing() as tx:
        audit.write(tx, entry(1), entry(2, account=someone), entry(3, object_kind="file"))
        audit.write(tx)
    with store.reading() as tx:
        newest = audit.listed(tx)
        assert [e.object_id for e in newest] == ["kasus-3", "kasus-2", "kasus-1"]
        assert newest[2] == replace(entry(1), id=newest[2].id)
        assert [e.object_id for e in audit.listed(tx, account=someone)] == ["kasus-2"]
        assert [e.object_id for e in audit.listed(tx, object_kind="file")] == ["kasus-3"]
        assert [e.object_id for e in audit.listed(tx, object_id="kasus-1")] == ["kasus-1"]
        assert [e.id for e in audit.listed(tx, before=newest[1].id)] == [newest[2].id]
        assert len(audit.listed(tx, action="case.read", outcome="done")) == 3
        assert audit.listed(tx, action="case.note") == audit.listed(tx, outcome="refused") == ()
        assert len(audit.listed(tx, since=NOON)) == 3
        assert audit.listed(tx, until=NOON) == ()


def test_an_entry_stands_or_falls_with_its_act(store: Store) -> None:
    def fail() -> None:
        with store.writing() as tx:
            audit.write(tx, entry())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with store.reading() as tx:
        assert audit.listed(tx) == ()


def test_an_untouched_trail_verifies_sealed_or_not(store: Store) -> None:
    assert verify(store) == Verified(0, 0, None)
    write(store, 7)
    assert verify(store) == Verified(0, 7, None)
    assert seal(store, limit=5) == 5
    assert verify(store) == Verified(5, 2, None)
    assert (seal(store), seal(store)) == (2, 0)
    assert verify(store) == Verified(7, 0, None)


def test_sealers_at_once_make_one_chain(store: Store) -> None:
    def work(n: int) -> None:
        write(store, 3)
        seal(store, limit=2)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(work, range(12)))
    while seal(store):
        pass
    assert verify(store) == Verified(36, 0, None)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at", "2026-11-23 12:00:01"),
        ("account", "x"),
        ("role", "'auditor'"),
        ("action", "'case.list'"),
        ("outcome", "'refused'"),
        ("object_kind", "NULL"),
        ("object_id", "'kasus-9'"),
        ("details", "'{}'"),
        ("mac", "hash"),
        ("hash", "mac"),
    ],
)
def test_an_altered_entry_is_located(store: Store, raw: Raw, column: str, value: str) -> None:
    write(store, 5)
    seal(store)
    literal = value if value.isupper() or value in ("hash", "mac") or "'" in value else f"'{value}'"
    raw(f"UPDATE audit SET {column} = {literal} WHERE sequence = 3")
    ids = [row.id for row in raw("SELECT id FROM audit WHERE sequence = 3")]
    assert verify(store).broken == Break("altered", 3, ids[0])


def test_an_entry_altered_before_it_was_sealed_is_located_before_and_after(
    store: Store, raw: Raw
) -> None:
    write(store, 3)
    (row,) = raw("SELECT id FROM audit WHERE object_id = 'kasus-1'")
    raw("UPDATE audit SET object_id = 'kasus-9' WHERE id = :id", id=row.id)
    assert verify(store).broken == Break("altered", None, row.id)
    seal(store)
    assert verify(store).broken == Break("altered", 2, row.id)


@pytest.mark.parametrize("sequence", [1, 3])
def test_a_missing_entry_is_located(store: Store, raw: Raw, sequence: int) -> None:
    write(store, 5)
    seal(store)
    raw("DELETE FROM audit WHERE sequence = :n", n=sequence)
    assert verify(store).broken == Break("missing", sequence, None)


def test_a_cut_off_end_is_seen_with_the_head_or_without(store: Store, raw: Raw) -> None:
    write(store, 5)
    seal(store)
    raw("DELETE FROM audit WHERE sequence > 3")
    assert verify(store).broken == Break("cut_off", 4, None)
    raw("UPDATE audit_head SET sequence = 3, hash = (SELECT hash FROM audit WHERE sequence = 3)")
    assert verify(store).broken == Break("cut_off", 4, None)
    raw("DELETE FROM audit_head")
    assert verify(store).broken == Break("cut_off", 4, None)


def test_entries_that_changed_places_are_located(store: Store, raw: Raw) -> None:
    write(store, 4)
    seal(store)
    raw("UPDATE audit SET sequence = 99 WHERE sequence = 2")
    raw("UPDATE audit SET sequence = 2 WHERE sequence = 3")
    raw("UPDATE audit SET sequence = 3 WHERE sequence = 99")
    broken = verify(store).broken
    assert broken is not None
    assert (broken.why, broken.sequence) == ("altered", 2)


def tampers(store: Store, raw: Raw, count: int) -> None:
    chance = random.Random(20261123)
    write(store, 60)
    seal(store)
    columns = ("role", "action", "outcome", "object_kind", "object_id", "details", "mac", "hash")
    for _ in range(count):
        column, sequence = chance.choice(columns), chance.randint(1, 60)
        before = raw(f"SELECT {column} FROM audit WHERE sequence = :n", n=sequence)[0][0]
        place = chance.randrange(len(before))
        other = chr((ord(before[place]) - 32 + chance.randint(1, 94)) % 95 + 32)
        after = before[:place] + other + before[place + 1 :]
        change = f"UPDATE audit SET {column} = :value WHERE sequence = :n"
        raw(change, value=after, n=sequence)
        broken = verify(store).broken
        assert broken is not None, (column, sequence, after)
        assert (broken.why, broken.sequence) == ("altered", sequence)
        raw(change, value=before, n=sequence)
    assert verify(store).broken is None


def test_random_tampers_are_each_located(store: Store, raw: Raw) -> None:
    tampers(store, raw, 40)


@pytest.mark.assure
def test_a_thousand_random_tampers_are_each_located(store: Store, raw: Raw) -> None:
    tampers(store, raw, 1_000)
