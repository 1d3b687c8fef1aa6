"""Opening hours, by the agency's own clock."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from satupintu.agencies.hours import Hours, OpenTime

JAKARTA = ZoneInfo("Asia/Jakarta")
OFFICE = Hours(JAKARTA, False, (OpenTime(frozenset(range(5)), time(8), time(16)),))
NIGHT = Hours(JAKARTA, False, (OpenTime(frozenset({4}), time(22), time(6)),))
ALWAYS = Hours(JAKARTA, True)


def jakarta(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=JAKARTA)  # the 23rd is a Monday


def test_an_office_is_open_from_its_first_minute_until_before_its_last():
    assert not OFFICE.open_at(jakarta(23, 7, 59))
    assert OFFICE.open_at(jakarta(23, 8))
    assert OFFICE.open_at(jakarta(23, 15, 59))
    assert not OFFICE.open_at(jakarta(23, 16))
    assert not OFFICE.open_at(jakarta(28, 10))


def test_the_agencys_own_clock_counts():
    assert OFFICE.open_at(datetime(2026, 11, 23, 1, tzinfo=UTC))
    assert not OFFICE.open_at(datetime(2026, 11, 23, 9, tzinfo=UTC))


def test_a_night_watch_lasts_into_the_next_day():
    assert NIGHT.open_at(jakarta(27, 23))
    assert NIGHT.open_at(jakarta(28, 5))
    assert not NIGHT.open_at(jakarta(28, 6))
    assert not NIGHT.open_at(jakarta(27, 5))


def test_the_next_opening_skips_the_weekend():
    assert OFFICE.next_open(jakarta(27, 17)) == jakarta(30, 8)
    assert OFFICE.next_open(jakarta(24, 9)) == jakarta(24, 9)
    assert ALWAYS.next_open(jakarta(28, 3)) == jakarta(28, 3)
    assert Hours(JAKARTA, False).next_open(jakarta(28, 3)) is None


@settings(derandomize=True, max_examples=100)
@given(st.integers(0, 60 * 24 * 30))
def test_the_next_opening_is_open_and_nothing_opens_before_it(minutes):
    moment = jakarta(1, 0) + timedelta(minutes=minutes)
    for hours in (OFFICE, NIGHT):
        opening = hours.next_open(moment)
        assert opening is not None
        assert hours.open_at(opening)
        assert opening == moment or not hours.open_at(opening - timedelta(minutes=1))
