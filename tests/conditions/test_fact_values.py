"""Facts read from JSON and written back; every problem at its place."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conditions.condition_strategies import RICH, facts, nested, sized, vocabularies
from satupintu.conditions.types import Many, Moment
from satupintu.conditions.values import MAX_PROBLEMS, Facts, read_facts, write_facts
from satupintu.errors import BadAnswers, Problem


def problems(value: Any) -> tuple[Problem, ...]:
    """Return what is wrong with these facts, each said in both languages."""
    with pytest.raises(BadAnswers) as caught:
        read_facts(value, RICH)
    for problem in caught.value.problems:
        assert problem.sentence("id")
        assert problem.sentence("en")
    return caught.value.problems


@sized(40, assured=1_000)
@given(st.data())
def test_what_is_written_reads_back_the_same(data: st.DataObject) -> None:
    types = data.draw(vocabularies())
    found: Facts = data.draw(facts(types))
    assert read_facts(json.loads(json.dumps(write_facts(found))), types) == found


@sized(100)
@given(facts(RICH))
def test_nested_answers_read_as_their_dotted_facts(found: Facts) -> None:
    assert read_facts(nested(found), RICH) == found


def test_types_are_what_conditions_compute_with() -> None:
    found = read_facts(
        {
            "age": 18.0,
            "forms": ["p"],
            "born": "2008-02-29",
            "told": "2026-11-23T10:15:00.5+07:00",
            "home": {"safe": True},
            "children": [{"age": 3, "needs": []}, {}],
        },
        RICH,
    )
    assert found == {
        "age": 18,
        "forms": ("p",),
        "born": date(2008, 2, 29),
        "told": datetime(2026, 11, 23, 10, 15, 0, 500_000, timezone(timedelta(hours=7))),
        "home.safe": True,
        "children": ({"age": 3, "needs": ()}, {}),
    }
    assert type(found["age"]) is int


def test_the_offset_of_a_moment_is_kept() -> None:
    told = {"told": "2026-11-23T10:15:00+07:00"}
    assert write_facts(read_facts(told, {"told": Moment()})) == told


@pytest.mark.parametrize(
    ("value", "place", "key"),
    [
        ([], "", "facts_not_an_object"),
        ({"agee": 3}, "/agee", "fact_unknown_nearest"),
        ({"zzzzz": 3}, "/zzzzz", "fact_unknown"),
        ({"home": {"saf": True}}, "/home/saf", "fact_unknown_nearest"),
        ({"home": 3}, "/home", "fact_unknown_nearest"),
        ({"home.safe": True, "home": {"safe": True}}, "/home/safe", "fact_twice"),
        ({"yes": 1}, "/yes", "value_not_boolean"),
        ({"yes": "true"}, "/yes", "value_not_boolean"),
        ({"yes": None}, "/yes", "value_not_boolean"),
        ({"age": True}, "/age", "value_not_integer"),
        ({"age": "18"}, "/age", "value_not_integer"),
        ({"age": 18.5}, "/age", "value_not_integer"),
        ({"age": float("nan")}, "/age", "value_not_integer"),
        ({"age": float("inf")}, "/age", "value_not_integer"),
        ({"age": -1}, "/age", "value_too_small"),
        ({"age": 121}, "/age", "value_too_large"),
        ({"hours": 2**60}, "/hours", "value_too_large"),
        ({"hours": 1e300}, "/hours", "value_too_large"),
        ({"kind": "its"}, "/kind", "option_unknown_nearest"),
        ({"kind": "zzz"}, "/kind", "option_unknown"),
        ({"kind": ["a"]}, "/kind", "value_not_option"),
        ({"forms": "p"}, "/forms", "value_not_list"),
        ({"forms": ["p", "z"]}, "/forms/1", "option_unknown"),
        ({"forms": ["p", 3]}, "/forms/1", "value_not_option"),
        ({"forms": ["p", "p"]}, "/forms", "value_repeated"),
        ({"forms": ["p"] * 100_000}, "/forms", "value_too_many"),
        ({"born": "2026-02-30"}, "/born", "value_not_day"),
        ({"born": "20260101"}, "/born", "value_not_day"),
        ({"born": "2026-W01-1"}, "/born", "value_not_day"),
        ({"told": "2026-11-23T10:15:00"}, "/told", "value_not_moment"),
        ({"told": "2026-11-23T25:15:00Z"}, "/told", "value_not_moment"),
        ({"told": "2026-11-23"}, "/told", "value_not_moment"),
        ({"note": 3}, "/note", "value_not_text"),
        ({"children": {}}, "/children", "value_not_rows"),
        ({"children": [3]}, "/children", "value_not_rows"),
        ({"children": [{}] * 4}, "/children", "value_too_many"),
        ({"children": [{}, {"age": 31}]}, "/children/1/age", "value_too_large"),
    ],
)
def test_each_wrong_value_is_named_at_its_place(value: Any, place: str, key: str) -> None:
    (problem,) = problems(value)
    assert (problem.pointer, problem.key) == (place, f"conditions.{key}")


def test_all_problems_come_at_once() -> None:
    found = problems({"age": -1, "kind": "zzz", "forms": ["z", "y"]})
    assert [p.pointer for p in found] == ["/age", "/kind", "/forms/0", "/forms/1"]


def test_a_flood_of_unknown_names_is_cut_off() -> None:
    assert len(problems({f"unknown{n}": n for n in range(20_000)})) == MAX_PROBLEMS


def test_a_list_keeps_to_its_bounds() -> None:
    types = {"m": Many(("a", "b", "c"), min_items=1, max_items=2)}
    for value, key in (([], "value_too_few"), (["a", "b", "c"], "value_too_many")):
        with pytest.raises(BadAnswers) as caught:
            read_facts({"m": value}, types)
        assert caught.value.problems[0].key == f"conditions.{key}"
