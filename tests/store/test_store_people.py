"""Accounts, sessions, one-time links, limits and document versions."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from satupintu.errors import Conflict, NotFound
from satupintu.rules.lifecycle import Event
from satupintu.store import documents, lifecycle, limits, people, sessions
from satupintu.store.documents import Spelling, Version
from satupintu.store.open import Store
from store.store_content import NOON, account, new_id

LATER = NOON + timedelta(days=1)


def test_an_account_comes_back_and_is_found_by_its_name_in_any_case_of_letters(
    store: Store,
) -> None:
    with store.writing() as tx:
        kept = account(tx, "Petugas")
        assert people.get(tx, kept.id) == replace(kept, login="petugas")
        assert people.by_login(tx, " PETUGAS ") == replace(kept, login="petugas")
        assert people.by_login(tx, "siapa") is None
        assert people.by_login(tx, "pet\0ugas") is None
        with pytest.raises(NotFound):
            people.get(tx, new_id())


def test_a_log_in_name_belongs_to_one_account(store: Store) -> None:
    with store.writing() as tx:
        account(tx, "petugas")
        with pytest.raises(Conflict) as caught:
            account(tx, "PETUGAS")
        assert "PETUGAS" in caught.value.problems[0].sentence("id")
        assert len(people.listed(tx)) == 1


def test_a_changed_account_is_kept(store: Store) -> None:
    with store.writing() as tx:
        kept = account(tx)
        changed = replace(kept, password_hash="$argon2id$contoh", disabled_at=NOON)
        people.change(tx, changed)
        assert people.listed(tx) == (changed,)
        with pytest.raises(NotFound):
            people.change(tx, replace(kept, id=new_id(), login="lain"))


def test_a_one_time_link_works_once_and_only_the_newest(
    store: Store, raw: Callable[..., Any]
) -> None:
    with store.writing() as tx:
        kept = account(tx)
        for token in ("first-token", "second-token"):
            people.add_link(tx, token, kept.id, made_by=None, at=NOON, until=LATER)
        assert people.linked(tx, "first-token", NOON) is None
        assert people.linked(tx, "second-token", NOON) == kept
        assert people.use_link(tx, "second-token", LATER) is None
        assert people.use_link(tx, "second-token", NOON) == kept
        assert people.use_link(tx, "second-token", NOON) is None
    assert "token" not in str(raw("SELECT * FROM one_time_links"))


def test_a_session_is_found_by_its_token_and_ends_with_all_others(
    store: Store, raw: Callable[..., Any]
) -> None:
    with store.writing() as tx:
        kept = account(tx)
        begun = sessions.start(tx, "browser-token", kept.id, NOON)
        sessions.start(tx, "other-token", kept.id, NOON)
        sessions.touch(tx, begun, LATER)
        sessions.lock(tx, begun, LATER)
        locked = replace(begun, last_seen_at=LATER, locked_at=LATER)
        assert sessions.by_token(tx, "browser-token") == locked
        assert sessions.by_token(tx, "guess") is None
        assert sessions.end_all(tx, kept.id, LATER) == 2
        assert sessions.end_all(tx, kept.id, LATER) == 0
        assert sessions.by_token(tx, "browser-token") == replace(locked, ended_at=LATER)
        assert sessions.forget_before(tx, LATER) == 1
    assert "token" not in str(raw("SELECT * FROM login_sessions"))


def test_a_session_that_ended_is_not_opened_again_by_what_comes_late(store: Store) -> None:
    with store.writing() as tx:
        begun = sessions.start(tx, "browser-token", account(tx).id, NOON)
        sessions.lock(tx, begun, NOON)
        sessions.touch(tx, begun, LATER)
        assert sessions.by_token(tx, "browser-token") == replace(begun, locked_at=NOON)
        assert sessions.unlock(tx, begun, LATER)
        sessions.end(tx, begun, LATER)
        ended = sessions.by_token(tx, "browser-token")
        sessions.touch(tx, begun, LATER)
        sessions.lock(tx, begun, LATER)
        assert not sessions.unlock(tx, begun, LATER)
        assert sessions.by_token(tx, "browser-token") == ended
    assert ended == replace(begun, last_seen_at=LATER, ended_at=LATER)


def test_what_was_counted_can_be_taken_back_but_never_below_nothing(store: Store) -> None:
    with store.writing() as tx:
        for left in (1, 0, 0):
            if left:
                assert limits.count(tx, "login-account:x", NOON) == 1
            limits.take_back(tx, "login-account:x", NOON)
            assert limits.counted(tx, "login-account:x", NOON) == 0


def test_limits_are_counted_together_by_all_processes(
    store: Store, raw: Callable[..., Any]
) -> None:
    def count(_: int) -> int:
        with store.writing() as tx:
            return limits.count(tx, "login-account:petugas", NOON)

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(count, range(12))) == list(range(1, 13))
    with store.writing() as tx:
        limits.count(tx, "login-account:petugas", LATER)
        assert limits.counted(tx, "login-account:petugas", NOON) == 13
        assert limits.counted(tx, "login-account:petugas", LATER) == 1
        assert limits.counted(tx, "login-account:lain", NOON) == 0
        assert limits.forget_before(tx, LATER) == 1
        limits.clear(tx, "login-account:petugas")
        assert limits.counted(tx, "login-account:petugas", NOON) == 0
    assert "petugas" not in str(raw("SELECT * FROM limits"))


def version(name: str, document_id: str = "contoh") -> Version:
    return Version(name * 64, "form", document_id, NOON, None)


def test_a_document_version_keeps_its_exact_bytes(store: Store) -> None:
    spelled = Spelling("schemas/forms/contoh.json", b'{ "a" : 1 }\r\n\xc3\xa9')
    with store.writing() as tx:
        assert documents.keep(tx, version("a"), spelled)
        assert documents.spelling(tx, "a" * 64) == spelled
        assert documents.get(tx, "a" * 64) == version("a")
        assert documents.versions(tx) == (version("a"),)
        for ask in (documents.get, documents.spelling):
            with pytest.raises(NotFound):
                ask(tx, "b" * 64)


def test_the_same_content_in_other_bytes_is_the_same_version_in_its_newest_spelling(
    store: Store,
) -> None:
    with store.writing() as tx:
        for data, new in ((b"{}", True), (b"{ }", False), (b"{ }", False), (b"{}", False)):
            assert documents.keep(tx, version("a"), Spelling("contoh.json", data)) is new
            assert documents.spelling(tx, "a" * 64).data == data
        assert len(documents.versions(tx)) == 1


def test_what_is_in_force_follows_from_dates(store: Store) -> None:
    with store.writing() as tx:
        for name in "abc":
            documents.keep(tx, version(name), Spelling("contoh.json", b"{}"))
        for name, start in (("a", NOON), ("b", LATER), ("c", LATER)):
            lifecycle.record(
                tx, Event("form", "contoh", name * 64, "published", NOON, None, "uji", start)
            )
        recorded = lifecycle.recorded(tx)

    def in_force(at: Any) -> str | None:
        found = documents.in_force(recorded, at).get(("form", "contoh"))
        return found.version[0] if found else None

    assert in_force(NOON - timedelta(seconds=1)) is None
    assert in_force(NOON) == "a"
    assert in_force(LATER - timedelta(seconds=1)) == "a"
    assert in_force(LATER) == "c"  # recorded last for the same moment: a correction
