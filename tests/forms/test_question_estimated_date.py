"""A date known only about: how long ago it was, or its day, month and year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.asked_alone import assert_comes_back, assert_told_once, kind_of, post, said
from forms.small_forms import one, question
from satupintu import clock
from satupintu.conditions.types import Day
from satupintu.documents import Json
from satupintu.forms.facts import facts
from satupintu.forms.questions.estimated_date import UNITS, before

ABOUT = question(
    "x-1", "Kapan mulai?", type="string", format="date", **{"x-ui": {"widget": "estimated-date"}}
)
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with clock.standing_at(datetime(2026, 11, 22, 18, tzinfo=UTC)):  # 23 November in Prabumulih
        yield


def ago(count: str, unit: str, day: str = "", month: str = "", year: str = "") -> dict[str, str]:
    parts = {"q.day": day, "q.month": month, "q.year": year}
    return {**parts, "q.count": count, "q.unit": unit}


def test_a_date_is_asked_as_an_estimate_only_where_the_document_says_so_and_is_a_day() -> None:
    assert kind_of(ABOUT) == "estimated-date"
    assert kind_of({**ABOUT, "x-ui": {}}) == "date"
    assert one(ABOUT).facts == {"q": Day()}
    assert facts(one(ABOUT), {"q": "2026-11-09"}) == {"q": date(2026, 11, 9)}


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_every_date_comes_back_as_it_was(day: date) -> None:
    assert_comes_back(ABOUT, day.isoformat())


@pytest.mark.parametrize(
    ("count", "unit", "day"),
    [
        ("2", "week", "2026-11-09"),
        ("0", "day", "2026-11-23"),
        ("23", "day", "2026-10-31"),
        ("11", "month", "2025-12-23"),
        ("9", "month", "2026-02-23"),
        ("3", "year", "2023-11-23"),
    ],
)
def test_how_long_ago_is_counted_back_from_today(count: str, unit: str, day: str) -> None:
    assert post(ABOUT, ago(count, unit)).answers == {"q": day}


def test_a_month_that_is_too_short_ends_with_its_last_day() -> None:
    assert before(date(2026, 3, 31), "1", "month") == date(2026, 2, 28)
    assert before(date(2024, 2, 29), "1", "year") == date(2023, 2, 28)


@given(st.dates(date(1901, 1, 1), date(2100, 1, 1)), st.integers(0, 99_999), st.sampled_from(UNITS))
def test_counting_back_is_never_later_and_never_before_1900(
    today: date, count: int, unit: str
) -> None:
    found = before(today, str(count), unit)
    assert found is None or date(1900, 1, 1) <= found <= today


def test_a_date_that_is_known_is_written_as_any_date() -> None:
    assert post(ABOUT, ago("", "day", "9", "11", "2026")).answers == {"q": "2026-11-09"}
    assert post(ABOUT, ago("", "day"), before="2026-11-09").answers == {}


def test_how_long_ago_replaces_the_date_that_stood_there() -> None:
    bound = post(ABOUT, ago("2", "week", "1", "5", "2026"), before="2026-05-01")
    assert bound.answers == {"q": "2026-11-09"}
    assert bound.problems == ()


@pytest.mark.parametrize("count", ["dua", "-1", "1,5", "٢", "99999", "2 minggu"])
def test_what_cannot_be_counted_back_says_what_to_write(count: str) -> None:
    assert_told_once(ABOUT, ago(count, "week"), "questions.no_such_ago")


def test_both_at_once_asks_for_one_of_them() -> None:
    assert_told_once(ABOUT, ago("2", "week", "1", "5", "2026"), "questions.date_or_ago")


def test_a_date_that_is_not_in_the_calendar_is_told_as_for_any_date() -> None:
    assert_told_once(ABOUT, ago("", "day", "30", "2", "2026"), "questions.no_such_date")


def test_it_is_said_to_be_a_guess() -> None:
    value: Json = "2026-11-09"
    assert said(ABOUT, value, "id") == "sekitar 9 November 2026"
    assert said(ABOUT, value, "en") == "about 9 November 2026"
