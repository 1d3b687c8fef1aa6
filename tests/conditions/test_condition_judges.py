"""Independent CEL implementations say what we say, unanswered facts included."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any

import cel as rust_cel
import celpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conditions.condition_strategies import RICH, conditions, facts, sized, vocabularies, without
from satupintu.conditions.ast import Condition
from satupintu.conditions.cel import read, write_standard
from satupintu.conditions.meaning import holds
from satupintu.conditions.types import Rows
from satupintu.conditions.values import Facts

_limit = sys.getrecursionlimit()
CELPY = celpy.Environment()
sys.setrecursionlimit(_limit)  # cel-python raises it for the whole process


def as_map(found: Facts) -> dict[str, Any]:
    """Return facts as the nested maps of CEL; a day is its first moment in UTC."""
    answers: dict[str, Any] = {}
    for name, value in found.items():
        *groups, key = name.split(".")
        place = answers
        for group in groups:
            place = place.setdefault(group, {})
        place[key] = _cel_value(value)
    return answers


def _cel_value(value: object) -> object:
    match value:
        case datetime():
            return value
        case date():
            return datetime.combine(value, time(), UTC)
        case tuple():
            return [as_map(v) if isinstance(v, Mapping) else v for v in value]
        case _:
            return value


def rust_says(condition: Condition, found: Facts) -> bool | None:
    """Ask common-expression-language; the key that is missing is its way to say unknown."""
    try:
        return bool(rust_cel.evaluate(write_standard(condition), {"f": as_map(found)}))
    except KeyError:
        return None


def python_says(condition: Condition, found: Facts) -> bool | None:
    """Ask cel-python; an evaluation error is its way to say unknown."""
    program = CELPY.program(CELPY.compile(write_standard(condition)))
    try:
        return bool(program.evaluate({"f": celpy.json_to_cel(as_map(found))}))
    except celpy.CELEvalError:
        return None


@sized(40, assured=1_000)
@given(st.data())
def test_common_expression_language_means_the_same(data: st.DataObject) -> None:
    types = data.draw(vocabularies(rows=False))
    condition, found = data.draw(conditions(types)), data.draw(facts(types))
    assert rust_says(condition, found) == holds(condition, found)


NO_ROWS = without(RICH, Rows)


@sized(300, assured=20_000)
@given(conditions(NO_ROWS), facts(NO_ROWS))
def test_it_means_the_same_of_nested_answers_and_dates(condition: Condition, found: Facts) -> None:
    assert rust_says(condition, found) == holds(condition, found)


@sized(40, assured=1_000)
@given(conditions(RICH, max_leaves=6), facts(RICH))
def test_cel_python_means_the_same_of_rows_too(condition: Condition, found: Facts) -> None:
    assert python_says(condition, found) == holds(condition, found)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (None, None),
        ((), False),
        (({"age": 3},), True),
        (({}, {"age": 3}), True),
        (({}, {"age": 9}), None),
        (({"age": 9}, {"age": 7}), False),
    ],
)
def test_a_row_without_an_answer_leaves_exists_unknown_unless_another_row_is_true(
    rows: tuple[Facts, ...] | None, expected: bool | None
) -> None:
    condition = read("children.exists(r, r.age < 5)", RICH)
    found: Facts = {} if rows is None else {"children": rows}
    assert holds(condition, found) is expected
    assert python_says(condition, found) is expected
