"""Vocabularies, facts and conditions for Hypothesis; for every test that draws them.

``vocabularies`` draws fact types; ``facts`` and ``conditions`` draw what fits given types.
Unanswered facts are always among them, and every condition is in its canonical shape.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from satupintu.conditions import ast
from satupintu.conditions.normal import flatten, negate
from satupintu.conditions.types import (
    Boolean,
    Choice,
    Day,
    FactType,
    FactTypes,
    Integer,
    Many,
    Moment,
    Rows,
    Text,
)
from satupintu.conditions.values import Facts

DAYS = (date(2008, 2, 29), date(2026, 1, 1), date(2026, 11, 23))
MOMENTS = (
    datetime(2026, 11, 22, 23, 30, tzinfo=UTC),
    datetime(2026, 11, 23, 6, 30, tzinfo=timezone(timedelta(hours=7))),
    datetime(2026, 11, 23, 10, 15, tzinfo=timezone(timedelta(hours=7))),
)
OPTIONS = ("ya", "tidak", "tidak_tahu", "12_17", "it's", "dua kata", "é\\", 'say "a"')

RICH: FactTypes = {
    "yes": Boolean(),
    "sure": Boolean(),
    "age": Integer(0, 120),
    "hours": Integer(-5, None),
    "kind": Choice(("a", "b", "it's")),
    "forms": Many(("p", "q", "r", "s")),
    "born": Day(),
    "told": Moment(),
    "when": Moment(),
    "note": Text(),
    "home.safe": Boolean(),
    "home.people": Integer(0, 30),
    "children": Rows(
        {"age": Integer(0, 30), "school": Boolean(), "needs": Many(("p", "q"))}, max_items=3
    ),
}
"""One vocabulary with every type: nested answers, free text and a repeated group included."""


def sized(ordinary: int, *, assured: int | None = None) -> settings:
    """Return seeded settings: ``ordinary`` examples, or the full size under SATUPINTU_ASSURE=1."""
    full = os.environ.get("SATUPINTU_ASSURE") == "1"
    examples = (assured or ordinary * 20) if full else ordinary
    return settings(max_examples=examples, derandomize=True, deadline=None)


def without(types: FactTypes, *kinds: type) -> FactTypes:
    """Return the vocabulary without facts of some types."""
    return {name: of for name, of in types.items() if not isinstance(of, kinds)}


@st.composite
def vocabularies(
    draw: st.DrawFn, *, rows: bool = True, dates: bool = True, max_facts: int = 8
) -> dict[str, FactType]:
    """Draw fact types by name, some nested; at least one."""
    names = draw(
        st.lists(
            st.from_regex(r"[a-z]{1,3}(_[a-z0-9]{1,2})?", fullmatch=True).map(lambda n: n + "x"),
            min_size=1,
            max_size=max_facts,
            unique=True,
        )
    )
    simple = _simple_types(dates)
    types: dict[str, FactType] = {}
    for name in names:
        if rows and draw(st.integers(0, 9)) == 0:
            fields = draw(st.dictionaries(st.sampled_from(("u", "w")), simple, min_size=1))
            types[name] = Rows(fields, max_items=draw(st.integers(1, 3)))
        elif draw(st.integers(0, 4)) == 0:
            types[f"{name}.in_{name}"] = draw(simple)
        else:
            types[name] = draw(simple)
    return types


def _simple_types(dates: bool) -> st.SearchStrategy[FactType]:
    options = st.lists(st.sampled_from(OPTIONS), min_size=1, max_size=5, unique=True).map(tuple)
    kinds: list[st.SearchStrategy[FactType]] = [
        st.just(Boolean()),
        st.builds(
            lambda low, more: Integer(low, low + more), st.integers(-3, 9), st.integers(0, 99)
        ),
        options.map(Choice),
        options.map(Many),
    ]
    return st.one_of(*kinds, st.just(Day()), st.just(Moment())) if dates else st.one_of(*kinds)


def values(of: FactType) -> st.SearchStrategy[Any]:
    """Draw an answer of one type."""
    match of:
        case Boolean():
            return st.booleans()
        case Integer(low, high):
            bottom = -1000 if low is None else low
            return st.integers(bottom, bottom + 1000 if high is None else high)
        case Choice(options):
            return st.sampled_from(options)
        case Many(options, low, high):
            return st.lists(st.sampled_from(options), unique=True, min_size=low, max_size=high).map(
                tuple
            )
        case Day():
            return st.sampled_from(DAYS)
        case Moment():
            return st.sampled_from(MOMENTS)
        case Text():
            return st.text(max_size=5)
        case Rows(fields, high):
            return st.lists(facts(fields), max_size=high).map(tuple)


def facts(types: FactTypes) -> st.SearchStrategy[Facts]:
    """Draw facts of these types, each possibly unanswered."""
    return st.fixed_dictionaries({}, optional={name: values(of) for name, of in types.items()})


def nested(found: Facts) -> dict[str, Any]:
    """Return facts as the nested answers they came from, JSON values throughout."""
    answers: dict[str, Any] = {}
    for name, value in found.items():
        *groups, key = name.split(".")
        place = answers
        for group in groups:
            place = place.setdefault(group, {})
        match value:
            case date():
                place[key] = value.isoformat()
            case tuple():
                place[key] = [nested(v) if isinstance(v, Mapping) else v for v in value]
            case _:
                place[key] = value
    return answers


def conditions(
    types: FactTypes, *, max_leaves: int = 12, fact_to_fact: bool = True
) -> st.SearchStrategy[ast.Condition]:
    """Draw canonical conditions over these types; ``rows.exists`` wherever there are rows."""
    leaves = st.one_of(st.just(ast.TRUE), st.just(ast.FALSE), *_leaves(types, fact_to_fact))
    return st.recursive(leaves, _wider, max_leaves=max_leaves).map(flatten)


def _wider(inner: st.SearchStrategy[ast.Condition]) -> st.SearchStrategy[ast.Condition]:
    several = st.lists(inner, min_size=2, max_size=4).map(tuple)
    return st.one_of(several.map(ast.And), several.map(ast.Or), inner.map(negate))


def _leaves(types: FactTypes, pairs: bool) -> Iterator[st.SearchStrategy[ast.Condition]]:
    for name, of in types.items():
        fact = ast.Fact(name)
        yield st.just(ast.Has(fact))
        match of:
            case Boolean():
                yield st.just(ast.Truth(fact))
            case Choice(options):
                yield st.builds(ast.OneOf, st.just(fact), _some(options))
            case Many(options):
                yield st.builds(ast.Holds, st.just(fact), _some(options))
            case Integer() | Day() | Moment():
                yield _comparisons(fact, of, types, pairs)
            case Rows(fields):
                variable = f"r{name.count('.')}q"
                inside = {f"{variable}.{field}": t for field, t in fields.items()}
                outside = {n: t for n, t in types.items() if isinstance(t, Boolean)}
                yield conditions({**inside, **outside}, max_leaves=3).map(
                    lambda c, fact=fact, variable=variable: ast.RowsExist(fact, variable, c)
                )
            case Text():
                continue


def _some(options: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(options), min_size=1, max_size=3, unique=True).map(tuple)


def _comparisons(
    fact: ast.Fact, of: FactType, types: FactTypes, pairs: bool
) -> st.SearchStrategy[ast.Condition]:
    operators = st.sampled_from(("==", "!=", "<", "<=", ">", ">="))
    match of:
        case Day():
            literals: st.SearchStrategy[ast.Term] = st.sampled_from(DAYS).map(ast.DayOf)
        case Moment():
            literals = st.sampled_from(MOMENTS).map(ast.MomentOf)
        case _:
            literals = values(of).flatmap(lambda n: st.integers(n - 1, n + 1)).map(ast.Number)
    others = [ast.Fact(n) for n, t in types.items() if type(t) is type(of)]
    right = st.one_of(literals, st.sampled_from(others)) if pairs else literals
    return st.builds(ast.Compare, st.just(fact), operators, right)
