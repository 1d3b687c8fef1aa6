"""Conditions as XPath has them: true or not, with nothing between.

An answer that is not there is an empty text, of which only ``!=`` holds.
"""

from __future__ import annotations

from satupintu.conditions.ast import (
    FALSE,
    TRUE,
    Always,
    And,
    Compare,
    Condition,
    Fact,
    Has,
    Not,
    OneOf,
    Or,
)
from satupintu.conditions.names import facts_of
from satupintu.conditions.normal import OPPOSITE, all_of, any_of, simplify
from satupintu.conditions.presence import never_true_without, without_needless_presence


def settled(test: Condition, true: bool) -> Condition:
    """Return where XPath has a test of answers true, or not: of an empty one only ``!=`` holds."""
    if isinstance(test, Compare) and test.operator == "!=":
        return any_of((*_silent(test), test)) if true else opposite(test)
    return test if true else refuted(test)


def _silent(test: Condition) -> list[Condition]:
    return [Not(Has(Fact(name))) for name in sorted(facts_of(test))]


def opposite(test: Condition) -> Condition:
    """Return the test that holds of what is answered where this one does not."""
    match test:
        case Compare(left, operator, right):
            return Compare(left, OPPOSITE[operator], right)
        case Not(inner):
            return inner
        case _:
            return Not(test)


def refuted(condition: Condition) -> Condition:
    """Return where a condition is not true: false, or unknown for want of an answer."""
    match condition:
        case Always(value):
            return Always(not value)
        case Has() | Not(Has()):
            return opposite(condition)
        case And(parts):
            return any_of(refuted(p) for p in parts)
        case Or(parts):
            return all_of(refuted(p) for p in parts)
        case _:
            return any_of((*_silent(condition), opposite(condition)))


def tidy(condition: Condition) -> Condition:
    """Return a condition that is true of the same facts, as a person would write it.

    What must be answered anyway is not asked about again, and options of one choice stand together.
    """
    match simplify(condition):
        case And(parts):
            found = [tidy(p) for p in parts]
            found = [_without(p, [o for o in found if o is not p]) for p in found]
            joined = without_needless_presence(simplify(all_of(found)))
            return _together(joined) if isinstance(joined, And) else joined
        case Or(parts):
            return _together(simplify(any_of(tidy(p) for p in parts)))
        case other:
            return other


def _without(part: Condition, others: list[Condition]) -> Condition:
    """Return a part without the alternatives that the parts beside it rule out."""
    if not isinstance(part, Or):
        return part
    left = [
        p
        for p in part.conditions
        if not isinstance(p, Not)
        or not isinstance(p.condition, Has)
        or not any(never_true_without(o, facts_of(p)) for o in others)
    ]
    return any_of(left)


def _together(condition: Condition) -> Condition:
    """Join tests of one choice: any of its options, or none of them."""
    if not isinstance(condition, And | Or):
        return condition
    negated = isinstance(condition, And)
    made: list[Condition] = []
    at: dict[str, int] = {}
    for part in condition.conditions:
        test = part.condition if negated and isinstance(part, Not) else part
        if isinstance(test, OneOf) and negated == isinstance(part, Not):
            if test.fact.name in at:
                place = at[test.fact.name]
                known = made[place]
                inner = known.condition if isinstance(known, Not) else known
                options = inner.options if isinstance(inner, OneOf) else ()
                both = OneOf(test.fact, tuple(dict.fromkeys((*options, *test.options))))
                made[place] = Not(both) if negated else both
                continue
            at[test.fact.name] = len(made)
        made.append(part)
    return all_of(made) if negated else any_of(made)


def unanswered(condition: Condition, name: str) -> Condition:
    """Return what is left of a condition where one answer is not there."""
    match condition:
        case Has(Fact(read)) if read == name:
            return FALSE
        case Not(Has(Fact(read))) if read == name:
            return TRUE
        case And(parts):
            return simplify(all_of(unanswered(p, name) for p in parts))
        case Or(parts):
            return simplify(any_of(unanswered(p, name) for p in parts))
        case _:
            return FALSE if name in facts_of(condition) else condition
