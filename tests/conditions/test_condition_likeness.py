"""Conditions that are alike are true of the same facts; other names change nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conditions.condition_strategies import RICH, conditions, facts, sized, without
from satupintu.conditions.cel import read
from satupintu.conditions.likeness import alike, renamed
from satupintu.conditions.meaning import holds
from satupintu.conditions.normal import negate, push_negations, simplify
from satupintu.conditions.types import Text
from satupintu.conditions.uses import uses

TYPES = without(RICH, Text)


@given(data=st.data())
@sized(40, assured=3_000)
def test_what_is_alike_is_true_of_the_same_facts(data: st.DataObject) -> None:
    one, other = data.draw(conditions(TYPES)), data.draw(conditions(TYPES))
    for second in (other, simplify(push_negations(one)), negate(negate(one))):
        if alike(one, second):
            here = data.draw(facts(TYPES))
            assert (holds(one, here) is True) == (holds(second, here) is True)
    assert alike(one, simplify(push_negations(one)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("age < 18 && yes", "yes && 18 > age"),
        ("kind in ['a', 'b']", "kind in ['b', 'a']"),
        ("!(yes && sure)", "!yes || !sure"),
        ("children.exists(r, r.age < 5)", "children.exists(child, 5 > child.age)"),
        ("age == 3", "3 == age"),
        ("yes && (sure || age > 3)", "yes && sure || age > 3 && yes"),
    ],
)
def test_order_and_letters_do_not_matter(one: str, other: str) -> None:
    assert alike(read(one, TYPES), read(other, TYPES))


@pytest.mark.parametrize(
    ("one", "other"),
    [("age < 18", "age <= 18"), ("yes", "!yes"), ("kind == 'a'", "kind in ['a', 'b']")],
)
def test_another_meaning_is_not_alike(one: str, other: str) -> None:
    assert not alike(read(one, TYPES), read(other, TYPES))


@given(data=st.data())
@sized(40, assured=2_000)
def test_a_renamed_condition_says_the_same_of_renamed_facts(data: st.DataObject) -> None:
    condition, here = data.draw(conditions(TYPES)), data.draw(facts(TYPES))
    names = {"yes": "agreed", "age": "years", "forms": "kinds", "children": "kids"}
    there = {names.get(name, name): value for name, value in here.items()}
    assert holds(renamed(condition, names), there) is holds(condition, here)


def test_a_field_of_rows_is_renamed_inside_its_rows_only() -> None:
    types = {**TYPES, "kids": TYPES["children"]}
    before = read("children.exists(r, r.age < 5 && yes) && age < 5", types)
    now = renamed(before, {"children.age": "children.years"})
    assert uses([now]).keys() == {"children", "children.years", "yes", "age"}
    assert uses([before]).keys() == {"children", "children.age", "yes", "age"}
