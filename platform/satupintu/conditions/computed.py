"""Answers that a form computes from other answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from satupintu.conditions.ast import (
    TRUE,
    Always,
    Call,
    Condition,
    DayOf,
    Fact,
    MomentOf,
    Number,
    Sum,
    Value,
)
from satupintu.conditions.cel import read as read_condition
from satupintu.conditions.cel import read_value
from satupintu.conditions.meaning import holds, worth
from satupintu.conditions.names import facts_of
from satupintu.conditions.nearest import or_nearest
from satupintu.conditions.types import Boolean, Choice, Day, FactType, FactTypes, Integer, Moment
from satupintu.conditions.values import Facts, FactValue, read_day, read_moment
from satupintu.documents import Json, pointer
from satupintu.errors import BadDocument, Problem


@dataclass(frozen=True)
class ComputedCase:
    """One way a computed answer gets its value: where ``when`` is true."""

    when: Condition
    value: Value


@dataclass(frozen=True)
class Computed:
    """The cases of a computed answer, in order; a single expression is a case that always holds."""

    cases: tuple[ComputedCase, ...]

    def reads(self) -> frozenset[str]:
        """Return the names of the facts that the value hangs on."""
        values = [c.value for c in self.cases if not isinstance(c.value, str)]
        return frozenset().union(*(facts_of(p) for p in (*(c.when for c in self.cases), *values)))


def read(document: Json, types: FactTypes, *, result: FactType | None = None) -> Computed:
    """Read an ``x-computed``: an expression, or ``{"cases": [{"when", "value"}]}``.

    ``result`` is the type of the computed answer, where every value is to be of it. Raises
    BadDocument with a pointer below the keyword, and a column inside the text.
    """
    if isinstance(document, str):
        return Computed((ComputedCase(TRUE, _value(document, types, result, ())),))
    if not isinstance(document, Mapping) or set(document) != {"cases"}:
        raise BadDocument(Problem("conditions.computed_shape"))
    cases = document["cases"]
    if not isinstance(cases, list) or not cases:
        raise BadDocument(Problem("conditions.computed_shape", pointer="/cases"))
    return Computed(tuple(_case(c, types, result, ("cases", i)) for i, c in enumerate(cases)))


def constant(value: bool | int | str, result: FactType | None = None) -> Computed:
    """Return an answer that is always the same; a text may be a day or a moment by its type."""
    found: Value
    match value:
        case bool():
            found = Always(value)
        case int():
            found = Number(value)
        case _:
            day = read_day(value) if isinstance(result, Day) else None
            moment = read_moment(value) if isinstance(result, Moment) else None
            found = DayOf(day) if day else MomentOf(moment) if moment else value
    return Computed((ComputedCase(TRUE, found),))


def value(computed: Computed, facts: Facts) -> FactValue | None:
    """Return the value of the first case whose condition is true, else None.

    A case whose condition is unknown is passed over; a value that needs an unanswered fact is None.
    """
    for case in computed.cases:
        if holds(case.when, facts):
            match case.value:
                case str():
                    return case.value
                case Fact() | Number() | DayOf() | MomentOf() | Sum() | Call():
                    return worth(case.value, facts)
                case condition:
                    return holds(condition, facts)
    return None


def _case(
    case: Json, types: FactTypes, result: FactType | None, at: tuple[str | int, ...]
) -> ComputedCase:
    match case:
        case {"when": str(when), "value": str(text), **rest} if not rest:
            try:
                condition = read_condition(when, types, functions=True)
            except BadDocument as e:
                raise BadDocument(*(p.under(pointer((*at, "when"))) for p in e.problems)) from e
            return ComputedCase(condition, _value(text, types, result, (*at, "value")))
        case _:
            raise BadDocument(Problem("conditions.computed_shape", pointer=pointer(at)))


def _value(
    text: str, types: FactTypes, result: FactType | None, at: tuple[str | int, ...]
) -> Value:
    try:
        found = read_value(text, types)
    except BadDocument as e:
        raise BadDocument(*(p.under(pointer(at)) for p in e.problems)) from e
    if result is not None and not _fits(found, result, types):
        raise BadDocument(Problem("conditions.computed_type", pointer=pointer(at), column=1))
    if isinstance(found, str) and isinstance(result, Choice) and found not in result.options:
        key, params = or_nearest("conditions.unknown_option", found, result.options)
        raise BadDocument(Problem(key, params, pointer=pointer(at), column=1))
    return found


def _fits(found: Value, result: FactType, types: FactTypes) -> bool:
    match found:
        case str():
            return isinstance(result, Choice)
        case Fact(name):
            return type(types[name]) is type(result)
        case Number() | Sum() | Call():
            return isinstance(result, Integer)
        case DayOf():
            return isinstance(result, Day)
        case MomentOf():
            return isinstance(result, Moment)
        case _:
            return isinstance(result, Boolean)
