"""A number with a fraction: how it may be typed, kept, bounded and said."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.asked_alone import assert_comes_back, assert_told_once, kind_of, post, said
from forms.small_forms import document, form, one, question
from satupintu.conditions.types import Text
from satupintu.documents import Json
from satupintu.errors import BadDocument
from satupintu.forms import reading
from satupintu.forms.answers import asked, problems
from satupintu.forms.closed import Closed
from satupintu.forms.completing import synthetic
from satupintu.forms.facts import facts

WEIGHT = question("x-1", "Berat badan", type="number", minimum=0, maximum=300)
FREE = question("x-1", "Berapa?", type="number")
COIN = {**WEIGHT, "multipleOf": 0.1}
EXACT = st.floats(-(2.0**53), 2.0**53, allow_subnormal=False).map(lambda f: round(f, 6))


def test_a_number_is_asked_as_one_and_is_no_fact() -> None:
    assert kind_of(WEIGHT) == "decimal"
    assert one(WEIGHT).types == {"q": Text(number=True)}
    assert facts(one(WEIGHT), {"q": 2.5}) == {}


def test_a_question_may_hang_on_its_being_answered() -> None:
    later = {"q": {}, "r": question("x-2", "Alat apa?", type="string", maxLength=40)}
    hanging = form(
        {"q": WEIGHT},
        allOf=[{"if": {"required": ["q"]}, "then": {"properties": {"r": later["r"]}}}],
    )
    assert [q.name for q in asked(hanging, {"q": 2.5})] == ["q", "r"]
    assert [q.name for q in asked(hanging, {})] == ["q"]


@given(st.integers(-(2**53) + 1, 2**53 - 1) | EXACT)
def test_every_number_comes_back_as_it_was(number: float) -> None:
    assert_comes_back(FREE, number)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("2,5", 2.5),
        ("2.5", 2.5),
        (" 2,50 ", 2.5),
        ("70", 70),
        ("70,0", 70),
        ("-0,25", -0.25),
        ("0.125", 0.125),
        ("1.512,5", 1512.5),
        ("1,512.5", 1512.5),
        ("1.500.000", 1500000),
        ("1 500,5", 1500.5),
    ],
)
def test_a_number_is_read_with_comma_or_point(typed: str, number: float) -> None:
    answers = post(FREE, typed).answers
    assert answers == {"q": number}
    assert isinstance(answers["q"], type(number))


def test_three_decimals_are_read_where_the_bounds_leave_no_doubt() -> None:
    assert post(WEIGHT, "62.125").answers == {"q": 62.125}
    assert post({**FREE, "minimum": 1000}, "62.125").answers == {"q": 62125}
    assert_told_once(FREE, "62.125", "questions.not_a_decimal")


@pytest.mark.parametrize(
    "typed",
    [
        *("dua", "1,2,3", "1e3", "NaN", "Infinity", "--1", "1.50.000", "٣", ",5", "5,", "1/2"),
        *("9" * 17, "0,1234567890123456789"),
    ],
)
def test_what_is_no_number_says_what_to_write(typed: str) -> None:
    assert_told_once(FREE, typed, "questions.not_a_decimal")


@pytest.mark.parametrize(
    ("keywords", "answer", "sentence", "english"),
    [
        (
            {"minimum": 2.5},
            2,
            "Tulis 2,5 atau lebih pada “Judul”.",
            "Write 2.5 or more at “Judul”.",
        ),
        (
            {"maximum": 40},
            40.5,
            "Tulis 40 atau kurang pada “Judul”.",
            "Write 40 or less at “Judul”.",
        ),
        ({"exclusiveMinimum": 0}, 0, "Tulis lebih dari 0 pada “Judul”.", "Write more than 0"),
        ({"exclusiveMaximum": 0.5}, 0.5, "Tulis kurang dari 0,5 pada “Judul”.", "Write less than"),
        ({"multipleOf": 0.1}, 0.25, "Tulis kelipatan 0,1 pada “Judul”.", "Write a multiple of 0.1"),
        ({}, "dua", "Tulis angka pada “Judul”, misalnya 14 atau 1,5.", "Write a number at"),
    ],
)
def test_a_bound_that_is_broken_is_told_in_one_sentence(
    keywords: dict[str, Json], answer: Json, sentence: str, english: str
) -> None:
    found = problems(one(question("x-1", "Judul", type="number", **keywords)), {"q": answer})
    assert [p.sentence("id") for p in found] == [sentence]
    assert found[0].sentence("en").startswith(english)


def test_steps_are_exact_where_floats_are_not() -> None:
    judged = Closed({"multipleOf": 0.1})
    assert all(judged.accepts(value) for value in (0.3, 0.7, 1, 1.1, 1e300, "x"))
    assert not any(judged.accepts(value) for value in (0.25, 0.05, float("nan")))


@pytest.mark.parametrize("keyword", ["minimum", "maximum", "exclusiveMinimum", "multipleOf"])
def test_only_a_number_that_need_not_be_whole_has_fractions_in_its_bounds(keyword: str) -> None:
    schema: dict[str, Any] = question("x-1", "Berapa?", type="integer", **{keyword: 0.5})
    with pytest.raises(BadDocument) as refused:
        reading.read(document({"q": schema}))
    assert [p.pointer for p in refused.value.problems] == [f"/properties/q/{keyword}"]


@pytest.mark.parametrize(
    "keywords",
    [{}, {"minimum": 2.5, "maximum": 2.7}, {"exclusiveMinimum": 0, "exclusiveMaximum": 0.5},
     {"minimum": 0.2, "multipleOf": 0.25}],
)  # fmt: skip
def test_a_made_up_answer_fits_the_bounds(keywords: dict[str, Json]) -> None:
    made_up = synthetic({"type": "number", **keywords})
    assert Closed({"type": "number", **keywords}).accepts(made_up)


def test_a_number_is_said_as_each_language_writes_it() -> None:
    assert (said(FREE, 1512.5, "id"), said(FREE, 1512.5, "en")) == ("1.512,5", "1,512.5")
    assert (said(FREE, -0.00001, "id"), said(FREE, 3, "en")) == ("-0,00001", "3")
    assert said(FREE, "dua", "id") == "dua"
