"""Normal forms keep the meaning, unanswered facts included, and know their bound."""

from __future__ import annotations

import pytest
from hypothesis import given

from conditions.condition_strategies import RICH, conditions, facts, sized
from satupintu.conditions import cel, normal
from satupintu.conditions.ast import (
    FALSE,
    TRUE,
    And,
    Compare,
    Condition,
    Has,
    Holds,
    Not,
    OneOf,
    Or,
    RowsExist,
    Truth,
)
from satupintu.conditions.meaning import every, holds, some
from satupintu.conditions.values import Facts
from satupintu.errors import BadDocument


@sized(200)
@given(conditions(RICH), facts(RICH))
def test_simplifying_keeps_the_meaning(condition: Condition, found: Facts) -> None:
    assert holds(normal.simplify(condition), found) == holds(condition, found)


@sized(200)
@given(conditions(RICH), facts(RICH))
def test_pushing_negations_keeps_the_meaning(condition: Condition, found: Facts) -> None:
    pushed = normal.push_negations(condition)
    assert holds(pushed, found) == holds(condition, found)
    assert _negations_at_leaves(pushed)


def _negations_at_leaves(condition: Condition) -> bool:
    match condition:
        case Not(inner):
            return isinstance(inner, Truth | OneOf | Holds | Has | RowsExist)
        case And(parts) | Or(parts):
            return all(_negations_at_leaves(p) for p in parts)
        case _:
            return True


@sized(200)
@given(conditions(RICH, max_leaves=8), facts(RICH))
def test_the_alternatives_keep_the_meaning(condition: Condition, found: Facts) -> None:
    if normal.width(condition) > normal.MAX_WIDTH:
        with pytest.raises(BadDocument):
            normal.alternatives(condition)
        return
    found_alternatives = normal.alternatives(condition)
    assert len(found_alternatives) <= normal.width(condition)
    rebuilt = some([every([holds(c, found) for c in each]) for each in found_alternatives])
    assert rebuilt == holds(condition, found)


@sized(100)
@given(conditions(RICH))
def test_normal_forms_are_fixed_points(condition: Condition) -> None:
    for form in (normal.simplify, normal.flatten, normal.push_negations):
        assert form(form(condition)) == form(condition)


def test_the_alternatives_of_constants() -> None:
    assert normal.alternatives(TRUE) == ((),)
    assert normal.alternatives(FALSE) == ()
    assert normal.alternatives(cel.read("yes && (true || sure)", RICH)) == (
        (cel.read("yes", RICH),),
    )


def test_a_comparison_turns_round_when_its_negation_is_pushed() -> None:
    pushed = normal.push_negations(cel.read("!(age < 18 || hours == 3)", RICH))
    assert cel.write(pushed) == "age >= 18 && hours != 3"
    assert all(isinstance(p, Compare) for p in getattr(pushed, "conditions", ()))


def test_a_condition_that_stands_for_too_many_alternatives_is_refused() -> None:
    pairs = " && ".join(f"(age == {n} || hours == {n})" for n in range(40))
    condition = cel.read(pairs, RICH)
    assert normal.width(condition) == 2**40
    with pytest.raises(BadDocument) as caught:
        normal.alternatives(condition)
    assert caught.value.problems[0].key == "conditions.too_wide"


def test_the_widest_condition_allowed_has_all_its_alternatives() -> None:
    pairs = " && ".join(f"(age == {n} || hours == {n})" for n in range(9))
    assert len(normal.alternatives(cel.read(pairs, RICH))) == 512
