"""What a condition means: the definition that every other reading is tested against.

Slow and obvious on purpose. Unanswered is unknown (None), and unknown travels by Kleene's three
values: it is absorbed where the other side already settles the matter, and kept otherwise.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from operator import eq, ge, gt, le, lt, ne
from typing import Any

from satupintu.conditions.ast import (
    Always,
    And,
    Call,
    Compare,
    Comparison,
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
from satupintu.conditions.values import Facts

OPERATORS: dict[Comparison, Callable[[Any, Any], bool]] = {
    "==": eq,
    "!=": ne,
    "<": lt,
    "<=": le,
    ">": gt,
    ">=": ge,
}


def holds(condition: Condition, facts: Facts) -> bool | None:
    """Tell whether ``condition`` is true, false or unknown (None) of ``facts``."""
    match condition:
        case Always(value):
            return value
        case Has(Fact(name)):
            return name in facts
        case Truth(Fact(name)):
            return None if name not in facts else bool(facts[name])
        case OneOf(Fact(name), options):
            return None if name not in facts else facts[name] in options
        case Holds(Fact(name), options):
            return None if name not in facts else any(o in _list(facts, name) for o in options)
        case Compare(left, operator, right):
            a, b = worth(left, facts), worth(right, facts)
            return None if a is None or b is None else OPERATORS[operator](a, b)
        case Not(inner):
            result = holds(inner, facts)
            return None if result is None else not result
        case And(conditions):
            return every([holds(c, facts) for c in conditions])
        case Or(conditions):
            return some([holds(c, facts) for c in conditions])
        case RowsExist(Fact(name), variable, inner):
            if name not in facts:
                return None
            return some([holds(inner, _with_row(facts, variable, r)) for r in _list(facts, name)])


def every(results: list[bool | None]) -> bool | None:
    """Return Kleene's conjunction; of nothing, true."""
    if False in results:
        return False
    return None if None in results else True


def some(results: list[bool | None]) -> bool | None:
    """Return Kleene's disjunction; of nothing, false."""
    if True in results:
        return True
    return None if None in results else False


def worth(term: Term, facts: Facts) -> int | date | datetime | None:
    """Return the value of ``term``, or None where a fact it needs is unanswered."""
    match term:
        case Fact(name):
            return _scalar(facts, name)
        case Number(value):
            return value
        case DayOf(value):
            return value
        case MomentOf(value):
            return value
        case Sum(left, sign, right):
            a, b = worth(left, facts), worth(right, facts)
            if not isinstance(a, int) or not isinstance(b, int):
                return None
            return a + b if sign == "+" else a - b
        case Call("size", (Fact(name),)):
            return None if name not in facts else len(_list(facts, name))
        case Call(function, (first, second)):
            a, b = worth(first, facts), worth(second, facts)
            if not isinstance(a, date) or not isinstance(b, date):
                return None
            return BETWEEN[function](a, b)
        case Call(function, _):
            raise ValueError(function)


def years_between(start: date, end: date) -> int:
    """Return the whole years from ``start`` to ``end``, rounded down.

    Whoever is born on 29 February turns a year older on 1 March of ordinary years.
    """
    start, end = _day(start), _day(end)
    return end.year - start.year - ((end.month, end.day) < (start.month, start.day))


def days_between(start: date, end: date) -> int:
    """Return the calendar days from ``start`` to ``end``; a moment counts as the day it names."""
    return (_day(end) - _day(start)).days


def hours_between(start: datetime, end: datetime) -> int:
    """Return the whole hours from ``start`` to ``end``, rounded down."""
    return (end - start) // timedelta(hours=1)


BETWEEN: dict[str, Callable[[Any, Any], int]] = {
    "years_between": years_between,
    "days_between": days_between,
    "hours_between": hours_between,
}
"""The functions over two days or moments, by the name a computed answer calls them."""


def _day(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value


def _scalar(facts: Facts, name: str) -> int | date | datetime | None:
    value = facts.get(name)
    return value if isinstance(value, int | date) else None


def _list(facts: Facts, name: str) -> tuple[Any, ...]:
    value = facts[name]
    return value if isinstance(value, tuple) else ()


def _with_row(facts: Facts, variable: str, row: Facts) -> Facts:
    return {**facts, **{f"{variable}.{field}": value for field, value in row.items()}}
