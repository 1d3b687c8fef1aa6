"""Log-in sessions: locked after a while, ended later, and never longer than a shift."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from satupintu.people.account import Account
from satupintu.people.sessions import LoginSession, state, to_be_touched

START = datetime(2026, 11, 23, 8, tzinfo=UTC)
FRESH = LoginSession("hash", "account", START, START)


def after(**span: float) -> datetime:
    return START + timedelta(**span)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (after(), "open"),
        (after(minutes=14, seconds=59), "open"),
        (after(minutes=15), "locked"),
        (after(minutes=119), "locked"),
        (after(hours=2), "ended"),
    ],
)
def test_a_session_left_alone_locks_and_then_ends(at, expected):
    assert state(FRESH, at) == expected


def test_a_busy_session_ends_after_twelve_hours():
    busy = replace(FRESH, last_seen_at=after(hours=11, minutes=59))
    assert state(busy, after(hours=11, minutes=59, seconds=59)) == "open"
    assert state(busy, after(hours=12)) == "ended"


def test_a_locked_screen_stays_locked_and_a_left_one_stays_left():
    assert state(replace(FRESH, locked_at=after()), after(seconds=1)) == "locked"
    assert state(replace(FRESH, ended_at=after()), after(seconds=1)) == "ended"
    both = replace(FRESH, locked_at=after(), ended_at=after())
    assert state(both, after(seconds=1)) == "ended"


def test_reading_page_after_page_writes_once_a_minute():
    assert not to_be_touched(FRESH, after(seconds=59))
    assert to_be_touched(FRESH, after(seconds=60))
    assert not to_be_touched(replace(FRESH, locked_at=after()), after(minutes=5))


def test_an_account_logs_in_only_with_a_password_and_while_it_is_open():
    account = Account("1", "meja", "staff", "LEAD", "Petugas", "$argon2id$", START)
    assert account.may_log_in
    assert not replace(account, password_hash=None).may_log_in
    assert not replace(account, disabled_at=START).may_log_in
    assert account.actor().agency == "LEAD"
    assert account.actor().account_id == "1"
