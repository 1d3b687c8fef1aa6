"""A condition as the schema of an ``if``: valid just where it is true, and read back the same."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from conditions.condition_strategies import RICH, conditions, facts, nested, sized
from satupintu.conditions import cel
from satupintu.conditions.as_schema import to_schema
from satupintu.conditions.ast import Compare, Condition, Fact
from satupintu.conditions.meaning import holds
from satupintu.conditions.schema import from_schema


def said(condition: Condition) -> Any:
    try:
        return to_schema(condition)
    except ValueError:
        assume(False)
        raise


@sized(400, assured=5000)
@given(conditions(RICH, fact_to_fact=False), st.data())
def test_the_schema_holds_exactly_where_the_condition_is_true(
    condition: Condition, data: st.DataObject
) -> None:
    schema = said(condition)
    found = data.draw(facts(RICH))
    valid = Draft202012Validator(schema).is_valid(nested(found))
    assert valid == (holds(condition, found) is True), (cel.write(condition), schema)


@sized(200, assured=2000)
@given(conditions(RICH, fact_to_fact=False), st.data())
def test_a_form_reads_the_schema_as_a_condition_of_the_same_meaning(
    condition: Condition, data: st.DataObject
) -> None:
    again = from_schema(said(condition), RICH)
    found = data.draw(facts(RICH))
    assert (holds(again, found) is True) == (holds(condition, found) is True)


def test_two_answers_are_not_compared_by_an_if() -> None:
    with pytest.raises(ValueError, match="Compare"):
        to_schema(Compare(Fact("a"), "<", Fact("b")))
