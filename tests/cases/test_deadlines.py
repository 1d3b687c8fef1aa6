"""Deadlines: counted from when the story was told, in hours of the clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from satupintu.cases import deadlines
from satupintu.cases.deadlines import Due, due

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("2026-11-23T10:15:00+07:00", datetime(2026, 11, 23, 3, 15, tzinfo=UTC)),
        ("2026-11-23T12:00:00Z", NOON),
        ("2026-11-24T12:00:00Z", NOON),
        (None, NOON),
        ("yesterday", NOON),
        ("2026-11-23T10:15:00", NOON),
    ],
)
def test_deadlines_count_from_when_the_story_was_told_never_from_the_future(
    small_form, told, expected
):
    answers = {} if told is None else {"ditimbang_pukul": told}
    assert deadlines.counts_from(small_form, answers, NOON) == expected


def test_a_form_that_does_not_ask_counts_from_its_submission(small_report):
    assert deadlines.counts_from(small_report, {"kisah_singkat": "x"}, NOON) == NOON


def test_both_packs_say_which_answer_counts(small_form, city_form):
    assert len(small_form.with_role("told_at")) == 1
    assert len(city_form.with_role("told_at")) == 1


def test_hours_are_hours_of_the_clock():
    assert deadlines.due_at(NOON, 72) == NOON + timedelta(days=3)


def test_an_agency_answers_and_a_report_is_read_within_the_agencys_own_minutes(small_agencies):
    lead, tests = small_agencies["BALAI_SATWA"], small_agencies["POS_UJI"]
    assert deadlines.acknowledge_by(NOON, tests) == NOON + timedelta(minutes=120)
    assert deadlines.report_due_at(NOON, lead) == NOON + timedelta(minutes=45)


@pytest.mark.parametrize(
    ("minutes_left", "finished_before", "expected"),
    [
        (-50, None, ("over", 50)),
        (0, None, ("soon", 0)),
        (35, None, ("soon", 35)),
        (239, None, ("soon", 239)),
        (240, None, ("later", 240)),
        (-500, 10, ("met", 10)),
        (-500, 0, ("met", 0)),
        (-500, -10, ("missed", 10)),
    ],
)
def test_a_deadline_is_over_near_or_later_and_once_finished_met_or_missed(
    minutes_left, finished_before, expected
):
    at = NOON + timedelta(minutes=minutes_left)
    finished = None if finished_before is None else at - timedelta(minutes=finished_before)
    assert due(at, NOON, finished) == Due(*expected, at)


@settings(derandomize=True, max_examples=100)
@given(st.integers(-(10**6), 10**6))
def test_the_distance_is_never_negative_and_over_means_past(seconds):
    at = NOON + timedelta(seconds=seconds)
    found = due(at, NOON)
    assert found.minutes == abs(seconds) // 60
    assert (found.state == "over") == (at < NOON)
