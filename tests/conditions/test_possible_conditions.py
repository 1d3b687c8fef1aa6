"""What can never be true, or is true of everything, is told as it is when every case is tried."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import chain, combinations, product

import pytest
from hypothesis import given

from conditions.condition_strategies import RICH, conditions, facts, sized
from satupintu.conditions import cel
from satupintu.conditions.ast import And, Condition
from satupintu.conditions.meaning import holds
from satupintu.conditions.possible import Effort, possible, wanted
from satupintu.conditions.types import Boolean, Choice, FactTypes, Integer, Many
from satupintu.conditions.values import Facts, FactValue

SMALL: FactTypes = {
    "yes": Boolean(),
    "age": Integer(0, 3),
    "kind": Choice(("a", "b", "c")),
    "forms": Many(("p", "q"), min_items=1),
}
"""So few values that every case can be tried."""


@cache
def every_case() -> tuple[Facts, ...]:
    """Return all facts over SMALL, unanswered ones too."""
    return tuple(
        {name: value for name, value in zip(SMALL, values, strict=True) if value is not None}
        for values in product(*(tuple(_values(name)) for name in SMALL))
    )


def _values(name: str) -> Iterator[FactValue | None]:
    yield None
    match SMALL[name]:
        case Boolean():
            yield from (True, False)
        case Integer(int(low), int(high)):
            yield from range(low, high + 1)
        case Choice(options):
            yield from options
        case Many(options, at_least):
            sizes = range(at_least, len(options) + 1)
            yield from chain.from_iterable(combinations(options, size) for size in sizes)


def can_be(condition: Condition, true: bool, types: FactTypes = SMALL) -> bool:
    return possible([wanted(condition, true=true)], types, Effort())


@sized(100)
@given(conditions(SMALL, fact_to_fact=False))
def test_a_condition_is_possible_exactly_where_some_case_makes_it_true(
    condition: Condition,
) -> None:
    assert can_be(condition, True) == any(holds(condition, case) for case in every_case())


@sized(100)
@given(conditions(SMALL, fact_to_fact=False))
def test_a_condition_can_fail_exactly_where_some_case_leaves_it_false_or_unknown(
    condition: Condition,
) -> None:
    assert can_be(condition, False) == any(not holds(condition, case) for case in every_case())


@sized(80)
@given(conditions(SMALL, fact_to_fact=False), conditions(SMALL, fact_to_fact=False))
def test_one_condition_follows_from_another_exactly_where_it_does_in_every_case(
    one: Condition, other: Condition
) -> None:
    found = possible([wanted(one), wanted(other, true=False)], SMALL, Effort())
    assert found == any(holds(one, case) and not holds(other, case) for case in every_case())


@sized(150)
@given(conditions(RICH, max_leaves=6), facts(RICH))
def test_nothing_that_happens_is_called_impossible(condition: Condition, found: Facts) -> None:
    """Dates, rows and facts beside facts included."""
    assert can_be(condition, bool(holds(condition, found)), RICH)


@pytest.mark.parametrize(
    "text",
    [
        "born < date('2026-01-01') && born > date('2026-01-01')",
        "born > date('2026-01-01') && born < date('2026-01-02')",
        "told < date('2026-01-01T00:00:00Z') && told > date('2026-01-01T07:00:00+07:00')",
        "age < hours && hours < age",
        "age != age",
        "age > 120",
        "home.safe && !home.safe",
        "!has(note) && has(note)",
        "!has(age) && age < 18",
        "!has(hours) && age < hours",
        "children.exists(r, r.age > 30)",
        "children.exists(r, r.age < 5) && !children.exists(r, r.age < 5)",
        "!has(children) && children.exists(r, r.school)",
        "forms.exists(v, v in ['p', 'q']) && !('p' in forms) && !('q' in forms)",
        "age >= 118 && age != 118 && age != 119 && age != 120",
    ],
)
def test_what_contradicts_itself_is_impossible(text: str) -> None:
    assert not can_be(cel.read(text, RICH), True, RICH)


def test_a_list_that_must_hold_something_is_never_without_any_option() -> None:
    none = cel.read("!('p' in forms) && !('q' in forms)", SMALL)
    assert not can_be(none, True)
    assert can_be(none, True, {"forms": Many(("p", "q"))})


def test_a_list_that_may_hold_nothing_holds_no_option() -> None:
    assert not can_be(cel.read("'p' in forms", SMALL), True, {"forms": Many(("p",), 0, 0)})


def test_once_the_effort_is_spent_everything_is_possible() -> None:
    never = And(tuple(cel.read(text, SMALL) for text in ("yes", "!yes")))
    assert not possible([wanted(never)], SMALL, Effort(3))
    assert possible([wanted(never)], SMALL, Effort(1))
