"""A condition, read and typed, with other names in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

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
    Value,
)

NamedFact = TypeVar("NamedFact", OneOf, Holds)


@dataclass(frozen=True)
class Renaming:
    """How names change: ``words`` by kind, ``derived`` are no questions, ``rows`` are variables."""

    words: Callable[[str, str], str]
    derived: frozenset[str]
    rows: frozenset[str] = frozenset()


def fact(name: str, how: Renaming) -> str:
    """Rename a fact: a derived one, or the questions that its dotted name passes through."""
    if name in how.derived:
        return how.words("derived", name)
    first, *rest = name.split(".")
    kept = [first] if first in how.rows else [how.words("question", first)]
    return ".".join([*kept, *(how.words("question", key) for key in rest)])


def condition(old: Condition, how: Renaming) -> Condition:
    """Rename the facts and options of a condition."""
    match old:
        case Always():
            return old
        case Truth(of) | Has(of):
            return type(old)(_fact(of, how))
        case Compare(left, operator, right):
            return Compare(_term(left, how), operator, _term(right, how))
        case OneOf() | Holds():
            return _among(old, how)
        case Not(inner):
            return Not(condition(inner, how))
        case And(parts) | Or(parts):
            return type(old)(tuple(condition(part, how) for part in parts))
        case RowsExist(rows, variable, inner):
            within = replace(how, rows=how.rows | {variable})
            return RowsExist(_fact(rows, how), variable, condition(inner, within))


def value(old: Value, how: Renaming) -> Value:
    """Rename what the expression of a computed answer says."""
    match old:
        case str():
            return how.words("option", old)
        case Fact() | Number() | DayOf() | MomentOf() | Sum() | Call():
            return _term(old, how)
        case _:
            return condition(old, how)


def _fact(old: Fact, how: Renaming) -> Fact:
    return Fact(fact(old.name, how))


def _term(old: Term, how: Renaming) -> Term:
    match old:
        case Fact():
            return _fact(old, how)
        case Number() | DayOf() | MomentOf():
            return old
        case Sum(left, sign, right):
            return Sum(_term(left, how), sign, _term(right, how))
        case Call(function, arguments):
            return Call(function, tuple(_term(one, how) for one in arguments))


def _among(old: NamedFact, how: Renaming) -> NamedFact:
    options = tuple(how.words("option", option) for option in old.options)
    return type(old)(_fact(old.fact, how), options)
