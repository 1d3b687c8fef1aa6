"""Case numbers: written by the service's pattern, read back as people type them."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from satupintu.agencies.service import pattern_problems
from satupintu.cases import numbers

CITY = "PPA-{year}-{number:05d}"
PATTERNS = [CITY, "{year}/SATWA.{number:03d}", "{number}/DOOR/{year}", "No {number:06d} of {year}"]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_the_patterns_here_are_ones_that_a_service_may_have(pattern):
    assert list(pattern_problems(pattern)) == []


def test_a_number_is_written_as_the_pattern_says():
    assert numbers.written(CITY, 2026, 142) == "PPA-2026-00142"
    assert numbers.written(CITY, 2026, 1234567) == "PPA-2026-1234567"
    assert numbers.written("{number}/DOOR/{year}", 2026, 7) == "7/DOOR/2026"


@pytest.mark.parametrize(
    "typed",
    [
        "PPA-2026-00142",
        "ppa-2026-142",
        " PPA 2026 142 ",
        "ppa2026142",
        "PPA/2026/00142",
        "Ppa. 2026 - 0142",
    ],
)
def test_a_number_is_read_however_it_is_typed(typed):
    assert numbers.read(CITY, typed) == (2026, 142)


@pytest.mark.parametrize(
    "typed", ["", "142", "PPA-2026-", "PPA-2026-00000", "KASUS-2026-1", "PPA-26-1", "PPA-٢٠٢٦-1"]
)
def test_what_is_no_number_of_this_service_is_none(typed):
    assert numbers.read(CITY, typed) is None


@settings(derandomize=True, max_examples=200)
@given(st.sampled_from(PATTERNS), st.integers(1970, 9999), st.integers(1, 10**9))
def test_what_is_written_is_read_back(pattern, year, number):
    written = numbers.written(pattern, year, number)
    assert numbers.read(pattern, written) == (year, number)
    assert numbers.read(pattern, written.lower().replace("-", " ")) == (year, number)


@settings(derandomize=True, max_examples=100)
@given(
    st.sampled_from(PATTERNS),
    st.tuples(st.integers(2000, 2100), st.integers(1, 10**6)),
    st.tuples(st.integers(2000, 2100), st.integers(1, 10**6)),
)
def test_two_cases_never_have_one_number(pattern, one, other):
    same = numbers.written(pattern, *one) == numbers.written(pattern, *other)
    assert same == (one == other)


@settings(derandomize=True, max_examples=200)
@given(st.sampled_from(PATTERNS), st.text(max_size=60))
def test_any_text_is_read_without_trouble(pattern, typed):
    found = numbers.read(pattern, typed)
    assert found is None or found[1] >= 1


def test_numbers_count_from_one():
    with pytest.raises(ValueError, match="count from 1"):
        numbers.written(CITY, 2026, 0)


def test_the_year_is_that_of_the_services_own_wall():
    moment = datetime(2026, 12, 31, 18, tzinfo=UTC)
    assert numbers.year_of(moment, ZoneInfo("Asia/Jakarta")) == 2027
    assert numbers.year_of(moment, ZoneInfo("UTC")) == 2026
