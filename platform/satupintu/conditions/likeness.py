"""Whether two conditions say the same in other letters, and a condition under other names."""

from __future__ import annotations

from collections.abc import Mapping

from satupintu.conditions.ast import (
    Always,
    And,
    Call,
    Compare,
    Condition,
    DayOf,
    Fact,
    Has,
    Holds,
    MomentOf,
    Not,
    Number,
    OneOf,
    Or,
    RowsExist,
    Sum,
    Term,
    Truth,
)
from satupintu.conditions.normal import MAX_WIDTH, alternatives, push_negations, simplify, width

_ROW = "_row"
"""What every row is called while two conditions are compared."""


def alike(one: Condition, other: Condition) -> bool:
    """Tell whether two conditions have the same normal form, whatever order and row names are.

    Then they are true of the same facts. Where this is False they may still be: that takes a proof.
    """
    first, second = _canonical(one), _canonical(other)
    if first == second:
        return True
    if max(width(first), width(second)) > MAX_WIDTH:
        return False
    return _alternatives(first) == _alternatives(second)


def renamed(condition: Condition, names: Mapping[str, str]) -> Condition:
    """Return the condition with facts under other names; a field of rows is ``rows.field``."""
    return _renamed(condition, names, {}) if names else condition


def renamed_term(term: Term, names: Mapping[str, str]) -> Term:
    """Return a term with facts under other names."""
    return _term(term, names, {})


def _alternatives(condition: Condition) -> frozenset[frozenset[Condition]]:
    return frozenset(frozenset(one) for one in alternatives(condition))


def _canonical(condition: Condition) -> Condition:
    return _sorted(simplify(push_negations(condition)), {})


def _sorted(condition: Condition, rows: Mapping[str, str]) -> Condition:
    """Return the condition with options in order, constants right, and rows under one name each."""
    match condition:
        case And(conditions):
            return And(tuple(_sorted(c, rows) for c in conditions))
        case Or(conditions):
            return Or(tuple(_sorted(c, rows) for c in conditions))
        case Not(inner):
            return Not(_sorted(inner, rows))
        case OneOf(fact, options):
            return OneOf(_fact(fact, {}, rows), tuple(sorted(options)))
        case Holds(fact, options):
            return Holds(_fact(fact, {}, rows), tuple(sorted(options)))
        case Compare((Number() | DayOf() | MomentOf()) as left, "<", right):
            return _sorted(Compare(right, ">", left), rows)
        case Compare((Number() | DayOf() | MomentOf()) as left, "<=", right):
            return _sorted(Compare(right, ">=", left), rows)
        case Compare((Number() | DayOf() | MomentOf()) as left, ">", right):
            return _sorted(Compare(right, "<", left), rows)
        case Compare((Number() | DayOf() | MomentOf()) as left, ">=", right):
            return _sorted(Compare(right, "<=", left), rows)
        case Compare((Number() | DayOf() | MomentOf()) as left, ("==" | "!=") as sign, right):
            return Compare(_term(right, {}, rows), sign, left)
        case RowsExist(outer, variable, inner):
            name = f"{_ROW}{len(rows)}"
            return RowsExist(outer, name, _sorted(inner, {**rows, variable: name}))
        case _:
            return _renamed(condition, {}, rows)


def _renamed(condition: Condition, names: Mapping[str, str], rows: Mapping[str, str]) -> Condition:
    match condition:
        case Always():
            return condition
        case Truth(fact):
            return Truth(_fact(fact, names, rows))
        case Has(fact):
            return Has(_fact(fact, names, rows))
        case OneOf(fact, options):
            return OneOf(_fact(fact, names, rows), options)
        case Holds(fact, options):
            return Holds(_fact(fact, names, rows), options)
        case Compare(left, operator, right):
            return Compare(_term(left, names, rows), operator, _term(right, names, rows))
        case Not(inner):
            return Not(_renamed(inner, names, rows))
        case And(conditions):
            return And(tuple(_renamed(c, names, rows) for c in conditions))
        case Or(conditions):
            return Or(tuple(_renamed(c, names, rows) for c in conditions))
        case RowsExist(outer, variable, inner):
            group = _fact(outer, names, rows)
            fields = {
                f"{variable}.{old.removeprefix(outer.name + '.')}": variable
                + "."
                + new.removeprefix(group.name + ".")
                for old, new in names.items()
                if old.startswith(outer.name + ".")
            }
            return RowsExist(group, variable, _renamed(inner, {**names, **fields}, rows))


def _term(term: Term, names: Mapping[str, str], rows: Mapping[str, str]) -> Term:
    match term:
        case Fact():
            return _fact(term, names, rows)
        case Sum(left, sign, right):
            return Sum(_term(left, names, rows), sign, _term(right, names, rows))
        case Call(function, arguments):
            return Call(function, tuple(_term(a, names, rows) for a in arguments))
        case _:
            return term


def _fact(fact: Fact, names: Mapping[str, str], rows: Mapping[str, str]) -> Fact:
    name = names.get(fact.name, fact.name)
    first, dot, rest = name.partition(".")
    return Fact(rows.get(first, first) + dot + rest) if dot else Fact(name)
