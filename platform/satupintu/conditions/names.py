"""Which facts a condition or a term reads."""

from __future__ import annotations

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


def facts_of(part: Condition | Term) -> frozenset[str]:
    """Return the names of every fact read; a repeated group's own name stands for its fields."""
    match part:
        case Fact(name):
            return frozenset({name})
        case Truth(fact) | Has(fact) | OneOf(fact) | Holds(fact):
            return facts_of(fact)
        case Compare(left, _, right) | Sum(left, _, right):
            return facts_of(left) | facts_of(right)
        case Call(_, arguments):
            return frozenset().union(*(facts_of(a) for a in arguments))
        case Not(inner):
            return facts_of(inner)
        case And(conditions) | Or(conditions):
            return frozenset().union(*(facts_of(c) for c in conditions))
        case RowsExist(rows, variable, inner):
            of_row = variable + "."
            return facts_of(rows) | {n for n in facts_of(inner) if not n.startswith(of_row)}
        case Always() | Number() | DayOf() | MomentOf():
            return frozenset()
