"""The leaves that a normal condition is made of, and when each is true.

After negations are pushed to the leaves (``conditions.normal``) a condition is true exactly where,
in one of its alternatives, every literal is true. So an engine never needs the third value: a
literal on an unanswered fact is simply not true, negated or not; only ``!has(fact)`` is.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from satupintu.conditions.ast import (
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
    RowsExist,
    Truth,
)
from satupintu.conditions.names import facts_of
from satupintu.conditions.types import FactTypes, Rows

Constant = int | date | datetime

MIRRORED: Mapping[Comparison, Comparison] = {
    "==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<=",
}  # fmt: skip


def subject(literal: Condition, types: FactTypes) -> str | None:
    """Return the one fact that ``literal`` reads, None where only the plain meaning can read it.

    None is for everything about rows, and for a comparison that is not a fact against a constant.
    """
    match literal:
        case (Compare() as compare) | Not(Compare() as compare) if comparison(compare) is None:
            return None
        case RowsExist() | Not(RowsExist()):
            return None
    name = next(iter(facts_of(literal)), None)
    return None if name is None or isinstance(types.get(name), Rows) else name


def comparison(literal: Compare) -> tuple[Comparison, Constant] | None:
    """Return operator and constant as if the fact stood left; None where it compares otherwise."""
    match literal:
        case Compare(Fact(), operator, (Number() | DayOf() | MomentOf()) as constant):
            return operator, constant.value
        case Compare((Number() | DayOf() | MomentOf()) as constant, operator, Fact()):
            return MIRRORED[operator], constant.value
    return None


def is_true(literal: Condition, value: Any) -> bool:
    """Tell whether a literal is true where its subject has ``value``; None is unanswered."""
    match literal:
        case Has():
            return value is not None
        case Not(Has()):
            return value is None
        case _ if value is None:
            return False
        case Not(inner):
            return not is_true(inner, value)
        case Truth():
            return value is True
        case OneOf(_, options):
            return value in options
        case Holds(_, options):
            return not frozenset(options).isdisjoint(value)
        case Compare():
            compared = comparison(literal)
            if compared is not None:
                return _compares(value, *compared)
    raise ValueError(f"not a literal with one subject: {literal}")


def _compares(value: Any, operator: Comparison, constant: Any) -> bool:
    match operator:
        case "==":
            return bool(value == constant)
        case "!=":
            return bool(value != constant)
        case "<":
            return bool(value < constant)
        case "<=":
            return bool(value <= constant)
        case ">":
            return bool(value > constant)
        case ">=":
            return bool(value >= constant)
