"""The part of a condition that made it true of one case, or that kept it from being true."""

from __future__ import annotations

from satupintu.conditions.ast import And, Condition, Fact, Holds, OneOf, Or
from satupintu.conditions.meaning import holds
from satupintu.conditions.normal import all_of, any_of, push_negations, simplify
from satupintu.conditions.values import Facts


def holding(condition: Condition, facts: Facts) -> Condition:
    """Return what made a true condition true: of alternatives and options, only those that are."""
    return _holding(plain(condition), facts)


def failing(condition: Condition, facts: Facts) -> Condition:
    """Return what is missing of a condition that is not true: of what must all hold, only what
    does not. It is false or unknown as the whole is.
    """
    return _failing(plain(condition), facts)


def plain(condition: Condition) -> Condition:
    """Return the shape in which a condition is taken apart: negations only at the leaves."""
    return simplify(push_negations(condition))


def _holding(condition: Condition, facts: Facts) -> Condition:
    match condition:
        case And(conditions):
            return all_of(_holding(c, facts) for c in conditions)
        case Or(conditions):
            return any_of(_holding(c, facts) for c in conditions if holds(c, facts) is True)
        case OneOf(Fact(name) as fact, options):
            return OneOf(fact, tuple(o for o in options if o == facts[name]))
        case Holds(Fact(name) as fact, options):
            chosen = facts[name]
            return Holds(
                fact, tuple(o for o in options if isinstance(chosen, tuple) and o in chosen)
            )
        case _:
            return condition


def _failing(condition: Condition, facts: Facts) -> Condition:
    match condition:
        case And(conditions):
            return all_of(_failing(c, facts) for c in conditions if holds(c, facts) is not True)
        case Or(conditions):
            return any_of(_failing(c, facts) for c in conditions)
        case _:
            return condition
