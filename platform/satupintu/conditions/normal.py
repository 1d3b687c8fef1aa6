"""Normal forms: the same meaning in the few shapes that engines can run, and how wide they get."""

from __future__ import annotations

from collections.abc import Iterable
from math import prod

from satupintu.conditions.ast import (
    FALSE,
    TRUE,
    Always,
    And,
    Compare,
    Comparison,
    Condition,
    Has,
    Holds,
    Not,
    OneOf,
    Or,
    RowsExist,
    Truth,
)
from satupintu.errors import BadDocument, Problem

MAX_WIDTH = 512
"""The most conjunctions that a condition's disjunctive normal form may have."""

Literal = Always | Truth | Compare | OneOf | Holds | Has | RowsExist | Not
"""What a normal form joins; ``Not`` stands only around Truth, OneOf, Holds, Has and RowsExist."""

OPPOSITE: dict[Comparison, Comparison] = {
    "==": "!=",
    "!=": "==",
    "<": ">=",
    "<=": ">",
    ">": "<=",
    ">=": "<",
}
"""What a comparison becomes where it is negated."""


def negate(condition: Condition) -> Condition:
    """Return the opposite without a double negation."""
    match condition:
        case Always(value):
            return Always(not value)
        case Not(inner):
            return inner
        case _:
            return Not(condition)


def all_of(conditions: Iterable[Condition]) -> Condition:
    """Join with ``&&``, flattened, as written; of one, itself; of none, true."""
    flat = [p for c in conditions for p in (c.conditions if isinstance(c, And) else (c,))]
    return And(tuple(flat)) if len(flat) > 1 else (flat[0] if flat else TRUE)


def any_of(conditions: Iterable[Condition]) -> Condition:
    """Join with ``||``, flattened, as written; of one, itself; of none, false."""
    flat = [p for c in conditions for p in (c.conditions if isinstance(c, Or) else (c,))]
    return Or(tuple(flat)) if len(flat) > 1 else (flat[0] if flat else FALSE)


def flatten(condition: Condition) -> Condition:
    """Return the canonical shape: ``&&`` and ``||`` flattened, no double negation."""
    match condition:
        case And(conditions):
            return all_of(flatten(c) for c in conditions)
        case Or(conditions):
            return any_of(flatten(c) for c in conditions)
        case Not(inner):
            return negate(flatten(inner))
        case RowsExist(rows, variable, inner):
            return RowsExist(rows, variable, flatten(inner))
        case _:
            return condition


def simplify(condition: Condition) -> Condition:
    """Return the canonical shape without constants and repetitions that change nothing."""
    match condition:
        case And(conditions):
            return _joined(conditions, settles=FALSE, vanishes=TRUE)
        case Or(conditions):
            return _joined(conditions, settles=TRUE, vanishes=FALSE)
        case Not(inner):
            return negate(simplify(inner))
        case RowsExist(rows, variable, inner):
            return RowsExist(rows, variable, simplify(inner))
        case _:
            return condition


def _joined(conditions: Iterable[Condition], *, settles: Always, vanishes: Always) -> Condition:
    join = all_of if settles == FALSE else any_of
    joined = join(simplify(c) for c in conditions)
    parts = joined.conditions if isinstance(joined, And if settles == FALSE else Or) else (joined,)
    if settles in parts:
        return settles
    return join(p for p in dict.fromkeys(parts) if p != vanishes)


def push_negations(condition: Condition) -> Condition:
    """Return the negation normal form, flattened: comparisons turn, other leaves keep ``Not``."""
    return _pushed(condition, True)


def _pushed(condition: Condition, positive: bool) -> Condition:
    match condition:
        case Always(value):
            return Always(value == positive)
        case Not(inner):
            return _pushed(inner, not positive)
        case And(conditions):
            return (all_of if positive else any_of)(_pushed(c, positive) for c in conditions)
        case Or(conditions):
            return (any_of if positive else all_of)(_pushed(c, positive) for c in conditions)
        case Compare(left, operator, right):
            return condition if positive else Compare(left, OPPOSITE[operator], right)
        case RowsExist(rows, variable, inner):
            some = RowsExist(rows, variable, _pushed(inner, True))
            return some if positive else Not(some)
        case Truth() | OneOf() | Holds() | Has():
            return condition if positive else Not(condition)


def width(condition: Condition) -> int:
    """Return how many conjunctions the disjunctive normal form has, before any are dropped."""
    return _width(simplify(push_negations(condition)))


def _width(normal: Condition) -> int:
    match normal:
        case And(conditions):
            return prod(_width(c) for c in conditions)
        case Or(conditions):
            return sum(_width(c) for c in conditions)
        case Always(value):
            return int(value)
        case _:
            return 1


def check_width(condition: Condition) -> None:
    """Raise BadDocument where the disjunctive normal form is wider than MAX_WIDTH."""
    if width(condition) > MAX_WIDTH:
        raise BadDocument(Problem("conditions.too_wide", {"limit": MAX_WIDTH}))


def alternatives(condition: Condition) -> tuple[tuple[Literal, ...], ...]:
    """Return the disjunctive normal form: any of these conjunctions of literals.

    ``true`` is one empty conjunction, ``false`` is none; a conjunction names no literal twice.
    Raises BadDocument where there would be more than MAX_WIDTH.
    """
    check_width(condition)
    return tuple(dict.fromkeys(_alternatives(simplify(push_negations(condition)))))


def _alternatives(normal: Condition) -> list[tuple[Literal, ...]]:
    match normal:
        case Or(conditions):
            return [a for c in conditions for a in _alternatives(c)]
        case And(conditions):
            found: list[tuple[Literal, ...]] = [()]
            for part in conditions:
                wider = _alternatives(part)
                found = [tuple(dict.fromkeys((*a, *b))) for a in found for b in wider]
            return found
        case Always(value):
            return [()] if value else []
        case _:
            return [(normal,)]
