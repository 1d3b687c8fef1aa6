"""Conditions as formulas: where each is true, and where it is false; elsewhere it is unknown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

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
from satupintu.rules.readings.prove.calendar import Calendar
from satupintu.rules.readings.prove.logic import Formula, Logic
from satupintu.rules.readings.prove.logic import Number as Worth
from satupintu.rules.readings.prove.variables import (
    Instant,
    Listed,
    OneChoice,
    Row,
    Several,
    Variable,
    Whole,
    YesNo,
    seconds,
)

Kind = TypeVar("Kind")


@dataclass(frozen=True)
class Said:
    """Where a condition is true and where it is false: never both; unknown where neither."""

    yes: Formula
    no: Formula


@dataclass(frozen=True)
class Worthy:
    """What a term is worth, where every fact it needs is answered (``known``)."""

    known: Formula
    value: Worth
    day: Worth | None = None
    """Of a day and of a moment, the calendar day as its ordinal."""


@dataclass(frozen=True)
class Meaning:
    """Reads conditions over the variables of one case, by the name of their fact.

    What must be true of the calendar for the terms that were read is added to ``calendar``.
    """

    logic: Logic
    facts: Mapping[str, Variable]
    calendar: Calendar

    def of(self, condition: Condition) -> Said:
        """Return where a condition is true and false: Kleene's three values, as two formulas."""
        logic = self.logic
        match condition:
            case Always(value):
                return Said(logic.true, logic.false) if value else Said(logic.false, logic.true)
            case Has(Fact(name)):
                answered = self.facts[name].answered
                return Said(answered, logic.no(answered))
            case Truth(Fact(name)):
                held = self._held(name, YesNo)
                return Said(held.yes, logic.every((held.answered, logic.no(held.yes))))
            case OneOf(Fact(name), options):
                return self._among(self._held(name, OneChoice), options)
            case Holds(Fact(name), options):
                return self._among(self._held(name, Several), options)
            case Compare(left, operator, right):
                return self._compared(self.worth(left), operator, self.worth(right))
            case Not(inner):
                said = self.of(inner)
                return Said(said.no, said.yes)
            case And(conditions):
                each = [self.of(c) for c in conditions]
                return Said(logic.every(s.yes for s in each), logic.some(s.no for s in each))
            case Or(conditions):
                each = [self.of(c) for c in conditions]
                return Said(logic.some(s.yes for s in each), logic.every(s.no for s in each))
            case RowsExist(Fact(name), variable, inner):
                return self._some_row(self._held(name, Listed), variable, inner)

    def in_row(self, prefix: str, row: Row) -> Meaning:
        """Return the meaning inside one row, whose fields are named ``prefix.field``."""
        here = {f"{prefix}.{field}": held for field, held in row.fields.items()}
        return replace(self, facts={**self.facts, **here})

    def worth(self, term: Term) -> Worthy:
        """Return what a term is worth."""
        logic = self.logic
        match term:
            case Fact(name):
                return self._fact(self.facts[name])
            case Number(value):
                return Worthy(logic.true, logic.whole(value))
            case DayOf(day):
                ordinal = logic.whole(day.toordinal())
                return Worthy(logic.true, ordinal, ordinal)
            case MomentOf(moment):
                ordinal = logic.whole(moment.toordinal())
                return Worthy(logic.true, logic.whole(seconds(moment)), ordinal)
            case Sum(left, sign, right):
                a, b = self.worth(left), self.worth(right)
                value = a.value + b.value if sign == "+" else a.value - b.value
                return Worthy(logic.every((a.known, b.known)), value)
            case Call("size", (Fact(name),)):
                return self._size(self.facts[name])
            case Call(function, (start, end)):
                a, b = self.worth(start), self.worth(end)
                return Worthy(logic.every((a.known, b.known)), self._between(function, a, b))
            case Call(function, _):
                raise ValueError(function)

    def _fact(self, held: Variable) -> Worthy:
        match held:
            case Whole(answered, value):
                return Worthy(answered, value, value)
            case Instant(answered, value, day):
                return Worthy(answered, value, day)
            case _:
                raise ValueError(type(held).__name__)

    def _between(self, function: str, start: Worthy, end: Worthy) -> Worth:
        if function == "hours_between":
            return self.calendar.hours_between(start.value, end.value)
        assert start.day is not None  # noqa: S101  typed when it was read
        assert end.day is not None  # noqa: S101
        if function == "days_between":
            return end.day - start.day
        return self.calendar.years_between(start.day, end.day)

    def _held(self, name: str, kind: type[Kind]) -> Kind:
        held = self.facts[name]
        assert isinstance(held, kind)  # noqa: S101  conditions were typed when they were read
        return held

    def _among(self, held: OneChoice | Several, options: tuple[str, ...]) -> Said:
        logic = self.logic
        yes = logic.some(held.options[o] for o in options if o in held.options)
        return Said(yes, logic.every((held.answered, logic.no(yes))))

    def _compared(self, left: Worthy, operator: Comparison, right: Worthy) -> Said:
        known = self.logic.every((left.known, right.known))
        test = _compared(left.value, operator, right.value)
        return Said(self.logic.every((known, test)), self.logic.every((known, self.logic.no(test))))

    def _some_row(self, held: Listed, variable: str, inner: Condition) -> Said:
        logic = self.logic
        each = [(row.there, self.in_row(variable, row).of(inner)) for row in held.rows]
        return Said(
            logic.some(logic.every((there, said.yes)) for there, said in each),
            logic.every((held.answered, *(logic.where(there, said.no) for there, said in each))),
        )

    def _size(self, held: Variable) -> Worthy:
        match held:
            case Several(answered, options):
                return Worthy(answered, self.logic.count(options.values()))
            case Listed(answered, rows):
                return Worthy(answered, self.logic.count(row.there for row in rows))
            case _:
                raise ValueError("size")


def _compared(left: Worth, operator: Comparison, right: Worth) -> Formula:
    match operator:
        case "==":
            return left == right
        case "!=":
            return left != right
        case "<":
            return left < right
        case "<=":
            return left <= right
        case ">":
            return left > right
        case ">=":
            return left >= right
