from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from satupintu import clock
from satupintu.web.wording import SOON, Wording

ID = Wording("id", ZoneInfo("Asia/Jakarta"))
EN = Wording("en", ZoneInfo("Asia/Jakarta"))
NOW = datetime(2026, 11, 23, 4, 40, tzinfo=UTC)  # 11.40 in Jakarta, a Monday


def test_a_time_is_written_on_the_services_clock_with_its_zone() -> None:
    moment = datetime(2026, 11, 23, 3, 15, tzinfo=UTC)
    assert ID.time(moment) == "10.15 WIB"
    assert EN.time(moment) == "10:15 WIB"
    assert Wording("id", ZoneInfo("Asia/Jayapura")).time(moment) == "12.15 WIT"


def test_a_day_is_written_with_its_month_in_words() -> None:
    assert ID.day(date(2026, 8, 7)) == "7 Agustus 2026"
    assert EN.day(date(2026, 8, 7)) == "7 August 2026"
    assert ID.weekday(date(2026, 11, 23)) == "Senin, 23 November 2026"


def test_a_moment_late_in_the_evening_in_utc_is_the_next_day_in_jakarta() -> None:
    assert ID.day(datetime(2026, 11, 23, 20, 0, tzinfo=UTC)) == "24 November 2026"


@pytest.mark.parametrize(
    ("left", "state", "relative", "absolute"),
    [
        (timedelta(minutes=35), "soon", "35 menit lagi", "batas 12.15 WIB"),
        (timedelta(minutes=-50), "over", "Lewat 50 menit", "batas 10.50 WIB"),
        (timedelta(minutes=-80), "over", "Lewat 1 jam 20 menit", "batas 10.20 WIB"),
        (timedelta(hours=-4), "over", "Lewat 4 jam", "batas 07.40 WIB"),
        (timedelta(days=-1, hours=-2), "over", "Lewat 1 hari", "batas Min 22 Nov, 09.40"),
        (timedelta(hours=20, minutes=20), "later", "20 jam lagi", "batas Sel 24 Nov, 08.00"),
        (timedelta(days=2, hours=21), "later", "2 hari 21 jam lagi", "batas Kam 26 Nov, 08.40"),
        (timedelta(seconds=30), "soon", "kurang dari 1 menit lagi", "batas 11.40 WIB"),
        (timedelta(0), "over", "Lewat kurang dari 1 menit", "batas 11.40 WIB"),
    ],
)
def test_a_deadline_says_how_long_first_and_when_below(
    left: timedelta, state: str, relative: str, absolute: str
) -> None:
    with clock.standing_at(NOW):
        due = ID.due(NOW + left)
    assert (due.state, due.relative, due.absolute) == (state, relative, absolute)


def test_a_deadline_in_english_counts_one_hour_and_two_hours() -> None:
    with clock.standing_at(NOW):
        assert EN.due(NOW + timedelta(hours=1)).relative == "in 1 hour"
        assert EN.due(NOW - timedelta(hours=2)).relative == "Overdue by 2 hours"
        assert EN.due(NOW + timedelta(hours=1)).absolute == "due 12:40 WIB"


def test_another_year_is_named() -> None:
    with clock.standing_at(NOW):
        assert ID.short_day(date(2027, 1, 4)) == "Sen 4 Jan 2027"


def test_numbers_are_written_as_each_language_writes_them() -> None:
    assert ID.number(1512) == "1.512"
    assert EN.number(1512) == "1,512"
    assert ID.percent(0.884) == "88,4%"
    assert ID.number(1234567.5, 1) == "1.234.567,5"


def test_a_listing_ends_with_and() -> None:
    assert ID.listing(["polisi"]) == "polisi"
    assert ID.listing(["polisi", "psikolog"]) == "polisi dan psikolog"
    assert EN.listing(["a", "b", "c"]) == "a, b, and c"
    assert EN.listing([]) == ""


@settings(derandomize=True, max_examples=200)
@given(st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=400)))
def test_a_deadline_is_never_promised_later_than_it_is(left: timedelta) -> None:
    with clock.standing_at(NOW):
        due = EN.due(NOW + left)
        words = due.relative.replace("in ", "").split()
    if left <= timedelta(0):
        assert due.state == "over"
        return
    assert due.state == ("soon" if left <= SOON else "later")
    if words[0].isdigit():
        units = {"d": timedelta(days=1), "h": timedelta(hours=1), "m": timedelta(minutes=1)}
        pairs = zip(words[::2], words[1::2], strict=True)
        said = sum((int(n) * units[unit[0]] for n, unit in pairs), timedelta(0))
        assert said <= left
