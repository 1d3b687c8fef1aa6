"""What a condition means, unanswered facts included."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conditions.condition_strategies import RICH, conditions, facts, sized, values
from satupintu.conditions import cel
from satupintu.conditions.ast import FALSE, TRUE, And, Condition, Not, Or
from satupintu.conditions.meaning import days_between, holds, hours_between, years_between
from satupintu.conditions.names import facts_of
from satupintu.conditions.values import Facts


def means(text: str, found: Facts) -> bool | None:
    """Return what ``text`` means of these facts."""
    return holds(cel.read(text, RICH), found)


def test_an_unanswered_age_is_neither_under_nor_over() -> None:
    assert means("age < 18", {}) is None
    assert means("!(age < 18)", {}) is None
    assert means("age < 18 || age >= 18", {}) is None
    assert means("!has(age)", {}) is True


@pytest.mark.parametrize(
    ("text", "found", "expected"),
    [
        ("yes && sure", {"yes": False}, False),
        ("yes && sure", {"yes": True}, None),
        ("yes || sure", {"yes": True}, True),
        ("yes || sure", {"yes": False}, None),
        ("kind != 'a'", {}, None),
        ("kind != 'a'", {"kind": "b"}, True),
        ("'p' in forms", {"forms": ()}, False),
        ("'p' in forms", {}, None),
        ("forms.exists(v, v in ['p', 'q'])", {"forms": ("r", "q")}, True),
        ("home.people < age", {"home.people": 3, "age": 4}, True),
        ("home.people < age", {"home.people": 3}, None),
        ("born == date('2026-01-01')", {"born": date(2026, 1, 1)}, True),
        ("children.exists(r, r.age < age)", {"children": ({"age": 3},), "age": 4}, True),
        ("children.exists(r, r.age < age)", {"children": ({"age": 3},)}, None),
        ("children.exists(r, !has(r.age))", {"children": ({"age": 3}, {})}, True),
        ("children.exists(r, yes)", {"children": (), "yes": True}, False),
    ],
)
def test_unknown_is_absorbed_only_where_the_rest_settles_it(
    text: str, found: Facts, expected: bool | None
) -> None:
    assert means(text, found) is expected


def test_the_same_moment_at_two_offsets_is_one_moment() -> None:
    told = {"told": datetime(2026, 11, 23, 0, 0, tzinfo=UTC)}
    assert means("told == date('2026-11-23T07:00:00+07:00')", told) is True


SOME = conditions(RICH, max_leaves=5)


@sized(150)
@given(SOME, SOME, facts(RICH))
def test_kleenes_laws_hold(a: Condition, b: Condition, found: Facts) -> None:
    def both(one: Condition, other: Condition) -> bool:
        return holds(one, found) == holds(other, found)

    assert both(Not(Not(a)), a)
    assert both(Not(And((a, b))), Or((Not(a), Not(b))))
    assert both(Not(Or((a, b))), And((Not(a), Not(b))))
    assert both(And((a, b)), And((b, a)))
    assert both(Or((a, And((a, b)))), a)
    assert both(And((a, TRUE)), a)
    assert both(And((a, FALSE)), FALSE)


@sized(150)
@given(st.data())
def test_answering_one_more_question_never_takes_back_what_was_settled(data: st.DataObject) -> None:
    types = dict(RICH)
    condition = cel.read(
        data.draw(st.sampled_from(["yes && age < 5 || kind == 'a'", "!(yes || 'p' in forms)"])),
        types,
    )
    known = data.draw(facts({name: types[name] for name in facts_of(condition)}))
    before = holds(condition, known)
    more = {name: data.draw(values(types[name])) for name in facts_of(condition) - known.keys()}
    if before is not None:
        assert holds(condition, {**known, **more}) is before
    else:
        assert more


@sized(100)
@given(conditions(RICH), facts(RICH))
def test_only_the_facts_named_matter(condition: Condition, found: Facts) -> None:
    named = {name: value for name, value in found.items() if name in facts_of(condition)}
    assert holds(condition, named) == holds(condition, found)


def test_names_of_a_row_stay_inside_it() -> None:
    condition = cel.read("children.exists(r, r.age < age && yes)", RICH)
    assert facts_of(condition) == {"children", "age", "yes"}


@pytest.mark.parametrize(
    ("start", "end", "years"),
    [
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2008, 11, 23), date(2026, 11, 22), 17),
        (date(2008, 11, 23), date(2026, 11, 23), 18),
        (date(2026, 11, 23), date(2026, 11, 22), -1),
    ],
)
def test_years_are_whole_and_rounded_down(start: date, end: date, years: int) -> None:
    assert years_between(start, end) == years


def test_hours_are_whole_and_rounded_down() -> None:
    start = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
    assert hours_between(start, start + timedelta(hours=72, minutes=59)) == 72
    assert hours_between(start, start - timedelta(minutes=1)) == -1


def test_days_are_counted_on_the_calendar_of_each_moment() -> None:
    late = datetime.fromisoformat("2026-11-22T23:30:00+07:00")
    assert days_between(late, date(2026, 11, 23)) == 1
    assert days_between(date(2026, 11, 23), late) == -1
