"""Where asking "is it answered?" adds nothing: the test beside it already needs the answer."""

from __future__ import annotations

from satupintu.conditions.ast import (
    Always,
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
from satupintu.conditions.names import facts_of
from satupintu.conditions.normal import all_of, any_of


def without_needless_presence(condition: Condition) -> Condition:
    """Return a condition that is true of the same facts, with fewer ``has``.

    Where the old one was false of unanswered facts, the new one may be unknown: use it only where
    nothing but true matters.
    """
    match condition:
        case And(conditions):
            return all_of(_needed(tuple(without_needless_presence(c) for c in conditions)))
        case Or(conditions):
            return any_of(without_needless_presence(c) for c in conditions)
        case RowsExist(rows, variable, inner):
            return RowsExist(rows, variable, without_needless_presence(inner))
        case _:
            return condition


def _needed(parts: tuple[Condition, ...]) -> tuple[Condition, ...]:
    return tuple(
        part
        for part in parts
        if not _asks_presence(part)
        or not any(never_true_without(other, facts_of(part)) for other in parts if other != part)
    )


def _asks_presence(condition: Condition) -> bool:
    match condition:
        case Has():
            return True
        case Or(conditions):
            return all(isinstance(c, Has) for c in conditions)
        case _:
            return False


def never_true_without(condition: Condition, names: frozenset[str]) -> bool:
    """Tell whether ``condition`` is surely not true where all of ``names`` are unanswered."""
    match condition:
        case Always(value):
            return not value
        case Truth(fact) | OneOf(fact) | Holds(fact) | Has(fact) | RowsExist(fact):
            return fact.name in names
        case Compare():
            return bool(facts_of(condition) & names)
        case Not(Truth() | OneOf() | Holds() | RowsExist() as inner):
            return never_true_without(inner, names)
        case Not(inner):
            return isinstance(inner, Compare) and never_true_without(inner, names)
        case And(conditions):
            return any(never_true_without(c, names) for c in conditions)
        case Or(conditions):
            return all(never_true_without(c, names) for c in conditions)
