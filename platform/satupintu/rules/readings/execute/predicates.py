"""The few predicates that durable_rules is given, each written as its JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from satupintu.conditions.ast import Compare, Comparison, Condition, Holds, Not, OneOf, Truth
from satupintu.conditions.types import Choice, FactType, FactTypes
from satupintu.rules.readings.literals import comparison, subject


@dataclass(frozen=True)
class Equal:
    """A fact's own key has a value: an option's code, true or false, an integer."""

    fact: str
    value: int


@dataclass(frozen=True)
class Range:
    """A fact's own key, an integer, compares with a constant."""

    fact: str
    operator: Comparison
    value: int


@dataclass(frozen=True)
class Indicator:
    """A key that is 1 where a literal is true: an option of a list, a set of options, ``has``.

    Also everything that the engine must not compare itself (moments, rows, a fact with a fact): the
    plain meaning decides it before the engine runs.
    """

    literal: Condition


Predicate = Equal | Range | Indicator

OPERATORS: Mapping[Comparison, str] = {
    "!=": "$neq", "<": "$lt", "<=": "$lte", ">": "$gt", ">=": "$gte",
}  # fmt: skip


def predicate(literal: Condition, types: FactTypes) -> Predicate:
    """Return what the engine is given for a literal of a normal condition."""
    match literal:
        case Truth(fact):
            return Equal(fact.name, 1)
        case Not(Truth(fact)):
            return Equal(fact.name, 0)
        case OneOf(fact, (option,)):
            return _choice(fact.name, {option}, literal, types)
        case Not(OneOf(fact, options)):
            kind = types.get(fact.name)
            left = set(kind.options) - set(options) if isinstance(kind, Choice) else set()
            return _choice(fact.name, left, literal, types)
        case Holds(_, options):
            return Indicator(Holds(literal.fact, tuple(sorted(options))))
        case Compare():
            return _compare(literal, types)
        case _:
            return Indicator(literal)


def _choice(
    fact: str, options: set[str], literal: Condition, types: FactTypes
) -> Equal | Indicator:
    kind = types.get(fact)
    if isinstance(kind, Choice) and len(options) == 1:
        (option,) = options
        if option in kind.options:
            return Equal(fact, kind.options.index(option))
    return Indicator(literal)


def _compare(literal: Compare, types: FactTypes) -> Predicate:
    fact, compared = subject(literal, types), comparison(literal)
    if fact is None or compared is None or isinstance(compared[1], datetime):
        return Indicator(literal)
    operator, constant = compared
    value = constant.toordinal() if isinstance(constant, date) else constant
    return Equal(fact, value) if operator == "==" else Range(fact, operator, value)


def scalar(value: object, kind: FactType) -> int | None:
    """Return what stands under a fact's own key for a value; None where nothing does."""
    match value:
        case bool() | int():
            return int(value)
        case str() if isinstance(kind, Choice) and value in kind.options:
            return kind.options.index(value)
        case datetime():
            return None
        case date():
            return value.toordinal()
        case _:
            return None
