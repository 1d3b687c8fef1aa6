"""A time of day: how it may be typed, what is kept, what is said."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from forms.asked_alone import assert_comes_back, assert_told_once, kind_of, post, said
from forms.browser_without_script import NO_FILES
from forms.small_forms import one, question
from satupintu.forms.answers import problems
from satupintu.forms.binding import read_page

HOUR = question("x-1", "Jam berapa biasanya?", type="string", format="time")


def test_a_text_with_the_format_time_is_asked_as_one_and_is_no_fact() -> None:
    assert kind_of(HOUR) == "time"
    assert one(HOUR).facts == {}


@given(st.times())
def test_every_whole_minute_comes_back_as_it_was(time: datetime.time) -> None:
    assert_comes_back(HOUR, f"{time:%H:%M}:00+07:00")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("9.30", "09:30:00+07:00"),
        ("09:30", "09:30:00+07:00"),
        (" 9,30 ", "09:30:00+07:00"),
        ("0930", "09:30:00+07:00"),
        ("9", "09:00:00+07:00"),
        ("0", "00:00:00+07:00"),
        ("23.59", "23:59:00+07:00"),
    ],
)
def test_a_time_is_read_as_people_type_it(typed: str, kept: str) -> None:
    assert post(HOUR, typed).answers == {"q": kept}
    assert problems(one(HOUR), {"q": kept}) == ()


@pytest.mark.parametrize("typed", ["24", "9.60", "930", "9 malam", "-1", "9.3", "٩", "9.30.60"])
def test_what_is_no_time_says_what_to_write(typed: str) -> None:
    assert_told_once(HOUR, typed, "questions.no_such_time")


def test_an_emptied_time_is_unanswered() -> None:
    assert post(HOUR, "", before="09:30:00+07:00").answers == {}


def test_a_time_of_another_zone_is_written_out_and_stays_as_it_is() -> None:
    for written in ("09:30:45.5+09:00", "09:30:45Z"):
        assert post(HOUR, written, before=written).answers == {"q": written}
        assert post(HOUR, written).answers == {"q": written}


def test_the_hour_on_the_wall_is_kept_where_clocks_change() -> None:
    form, berlin = one(HOUR), ZoneInfo("Europe/Berlin")
    posted = MultiDict({"q": "2.30"})
    bound = read_page(form, form.pages[0], posted, NO_FILES, {}, zone=berlin, language="id")
    assert str(bound.answers["q"]).startswith("02:30:00+0")


def test_a_time_is_said_as_each_language_writes_it() -> None:
    assert said(HOUR, "09:30:00+07:00", "id") == "09.30"
    assert said(HOUR, "09:30:00Z", "en") == "09:30"
    assert said(HOUR, "pagi", "id") == "pagi"
