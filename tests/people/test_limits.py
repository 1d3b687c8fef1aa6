"""How often somebody may try."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from satupintu.people.limits import LIMITS, LOGIN_BY_ACCOUNT, by_address, by_login

SECONDS = st.integers(1_500_000_000, 4_000_000_000)


@settings(derandomize=True, max_examples=100)
@given(SECONDS, st.sampled_from(LIMITS))
def test_each_moment_lies_in_exactly_one_window(seconds, limit):
    moment = datetime.fromtimestamp(seconds, UTC)
    start = limit.starts(moment)
    assert start <= moment < start + limit.window
    assert timedelta(0) < limit.wait(moment) <= limit.window
    assert limit.starts(moment + limit.wait(moment)) == start + limit.window


def test_a_window_is_the_same_in_every_zone():
    moment = datetime(2026, 11, 23, 3, 20, tzinfo=UTC)
    local = moment.astimezone(timezone(timedelta(hours=7)))
    assert LOGIN_BY_ACCOUNT.starts(local) == LOGIN_BY_ACCOUNT.starts(moment)


def test_the_last_try_is_allowed_and_the_next_is_not():
    assert LOGIN_BY_ACCOUNT.allows(LOGIN_BY_ACCOUNT.count - 1)
    assert not LOGIN_BY_ACCOUNT.allows(LOGIN_BY_ACCOUNT.count)


def test_limits_are_counted_apart():
    keys = {limit.key("one") for limit in LIMITS}
    assert len(keys) == len(LIMITS)


def test_a_login_name_is_counted_however_it_is_typed():
    assert by_login("  Petugas ") == by_login("petugas")
    assert len(by_login("x" * 10_000)) == 200


@pytest.mark.parametrize(
    ("address", "subject"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("not an address", "unknown"),
        ("", "unknown"),
    ],
)
def test_an_address_is_counted_as_its_owner(address, subject):
    assert by_address(address) == subject
