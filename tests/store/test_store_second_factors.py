"""Second factors at rest: sealed, used up once, and log-ins that wait for a code."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from satupintu.errors import Conflict
from satupintu.people.second_factor import SecondFactor
from satupintu.store import second_factors, sessions, wrapped
from satupintu.store.keys import CannotOpen, Keyring
from satupintu.store.open import Store
from store.store_content import NOON, account

SECRET, OTHER = "JBSWY3DPEHPK3PXP", "GEZDGNBVGY3TQOJQ"
CODE = "1234567890123456"
LATER = NOON + timedelta(minutes=5)


def switched_on(store: Store, login: str = "petugas", secret: str = SECRET) -> str:
    """Make an account with a second factor that a code of step 10 confirmed."""
    with store.writing() as tx:
        own = account(tx, login).id
        second_factors.begin(tx, own, secret, NOON)
        second_factors.confirm(tx, own, 10, NOON)
        second_factors.give_codes(tx, own, (CODE, CODE[::-1]), NOON)
    return own


def test_a_secret_counts_once_it_is_confirmed_and_is_then_not_replaced(store: Store) -> None:
    with store.writing() as tx:
        own = account(tx).id
        assert second_factors.get(tx, own) is None
        second_factors.begin(tx, own, OTHER, NOON)
        second_factors.begin(tx, own, SECRET, NOON)
        assert second_factors.get(tx, own, held=True) == SecondFactor(own, SECRET, NOON)
        assert not second_factors.is_on(tx, own)
        assert not second_factors.use_step(tx, own, 10)
        second_factors.confirm(tx, own, 10, LATER)
        assert second_factors.is_on(tx, own)
        assert second_factors.all_on(tx) == {own}
    with store.writing() as tx, pytest.raises(Conflict):
        second_factors.begin(tx, own, OTHER, LATER)
    with store.reading() as tx:
        assert second_factors.get(tx, own) == SecondFactor(own, SECRET, NOON, LATER, 10)


def test_neither_secret_nor_recovery_codes_stand_in_the_tables(
    store: Store, raw: Callable[..., Any]
) -> None:
    switched_on(store)
    kept = str([raw(f"SELECT * FROM {t}") for t in ("second_factors", "recovery_codes")])
    assert SECRET not in kept
    assert CODE not in kept


def test_a_secret_moved_to_another_account_does_not_open(
    store: Store, raw: Callable[..., Any]
) -> None:
    one, other = switched_on(store), switched_on(store, "petugas2", OTHER)
    for column in ("secret_sealed", "wrapped_key"):
        raw(
            f"UPDATE second_factors SET {column} ="
            f" (SELECT {column} FROM second_factors WHERE id = :one) WHERE id = :other",
            one=one,
            other=other,
        )
        with store.reading() as tx, pytest.raises(CannotOpen):
            second_factors.get(tx, other)


def test_the_step_of_a_used_code_only_grows(store: Store) -> None:
    own = switched_on(store)
    with store.writing() as tx:
        assert not second_factors.use_step(tx, own, 9)
        assert not second_factors.use_step(tx, own, 10)
        assert second_factors.use_step(tx, own, 12)
        assert not second_factors.use_step(tx, own, 11)


@pytest.mark.parametrize("kind", ["step", "recovery"])
def test_of_all_who_use_one_code_at_the_same_moment_one_has_it(store: Store, kind: str) -> None:
    own = switched_on(store)

    def use(_: int) -> bool:
        with store.writing() as tx:
            if kind == "step":
                return second_factors.use_step(tx, own, 11)
            return second_factors.use_code(tx, own, CODE, NOON)

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(use, range(8))) == [False] * 7 + [True]


def test_recovery_codes_belong_to_one_account_and_end_with_newer_ones(store: Store) -> None:
    own, other = switched_on(store), switched_on(store, "petugas2")
    with store.writing() as tx:
        assert second_factors.use_code(tx, own, CODE, NOON)
        assert not second_factors.use_code(tx, own, CODE, NOON)
        assert second_factors.codes_left(tx, own) == 1
        assert second_factors.codes_left(tx, other) == 2
        second_factors.give_codes(tx, own, ("0" * 16,), LATER)
        assert not second_factors.use_code(tx, own, CODE[::-1], NOON)
        assert second_factors.codes_left(tx, own) == 1


def test_what_is_removed_leaves_nothing(store: Store, raw: Callable[..., Any]) -> None:
    own = switched_on(store)
    with store.writing() as tx:
        assert second_factors.remove(tx, own)
        assert not second_factors.remove(tx, own)
        assert second_factors.codes_left(tx, own) == 0
    assert not raw("SELECT * FROM second_factors")


def test_a_new_master_key_wraps_the_keys_of_second_factors_too(store: Store) -> None:
    own = switched_on(store)
    store.keyring = Keyring([b"n" * 32, bytes(range(32))])
    with store.writing() as tx:
        assert wrapped.rewrap(tx) == 1
    # The codes are keyed hashes: those stay with the oldest key, which keeps standing in the ring.
    store.keyring = Keyring([b"n" * 32])
    with store.reading() as tx:
        kept = second_factors.get(tx, own)
    assert kept is not None
    assert kept.secret == SECRET


def test_a_log_in_waits_for_its_code_once_and_for_a_while(
    store: Store, raw: Callable[..., Any]
) -> None:
    own = switched_on(store)
    with store.writing() as tx:
        for token in ("one-token", "other-token", "third-token"):
            sessions.wait_for_code(tx, token, own, LATER)
        assert sessions.waits_for_code(tx, "one-token", NOON) == own
        assert sessions.waits_for_code(tx, "one-token", LATER) is None
        assert sessions.waits_for_code(tx, "guess", NOON) is None
        assert sessions.with_account(tx, "one-token") is None
        assert sessions.waits_no_more(tx, "one-token")
        assert not sessions.waits_no_more(tx, "one-token")
    assert "token" not in str(raw("SELECT * FROM waiting_log_ins"))
    with store.writing() as tx:
        sessions.end_all(tx, own, NOON)
        assert sessions.waits_for_code(tx, "other-token", NOON) is None
        sessions.wait_for_code(tx, "late-token", own, LATER)
        sessions.forget_before(tx, LATER + timedelta(seconds=1))
    assert not raw("SELECT * FROM waiting_log_ins")
