"""Conditions as SQL: SQL's NULL is the language's unknown, so each node is what it says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from operator import eq, ge, gt, le, lt, ne
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    and_,
    case,
    cast,
    extract,
    false,
    func,
    literal,
    not_,
    null,
    or_,
    true,
)

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
from satupintu.conditions.types import FactType, FactTypes, Many, Moment, Rows
from satupintu.rules.readings.replay import layout

Columns = Mapping[str, ColumnElement[Any]]

_OPERATORS = {"==": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge}
_HOUR = 3_600_000_000
"""Microseconds."""


@dataclass(frozen=True)
class Expressions:
    """Reads conditions over the columns of a table that holds facts of these types."""

    columns: Columns
    types: FactTypes
    rows: Mapping[str, str] = field(default_factory=dict)
    """Inside a repeated group: where the row that a variable stands for lies in the table."""

    def of(self, condition: Condition) -> ColumnElement[bool]:
        """Return where a condition is true and false; NULL where it is unknown."""
        match condition:
            case Always(value):
                return true() if value else false()
            case Has(Fact(name)):
                return self.answered(name)
            case Truth(Fact(name)):
                return self._column(name)
            case OneOf(Fact(name), options):
                return self._one_of(name, options)
            case Holds(Fact(name), options):
                return self._holds(name, options)
            case Compare(left, operator, right):
                compared: ColumnElement[bool] = _OPERATORS[operator](
                    self.worth(left), self.worth(right)
                )
                return compared
            case Not(inner):
                return not_(self.of(inner))
            case And(conditions):
                return and_(true(), *map(self.of, conditions))
            case Or(conditions):
                return or_(false(), *map(self.of, conditions))
            case RowsExist(Fact(name), variable, inner):
                return self._some_row(name, variable, inner)

    def holds(self, condition: Condition) -> ColumnElement[bool]:
        """Return where a condition is true; false where it is false or unknown."""
        return func.coalesce(self.of(condition), false())

    def answered(self, name: str) -> ColumnElement[bool]:
        """Return whether a fact is answered; never NULL."""
        match self._type(name):
            case Many(options):
                return self.columns[layout.option(self._place(name), options[0])].is_not(null())
            case Rows():
                return self.columns[layout.count(self._place(name))].is_not(null())
            case _:
                return self._column(name).is_not(null())

    def worth(self, term: Term) -> ColumnElement[Any]:
        """Return what a term is worth: a number, a day, or an instant in microseconds."""
        match term:
            case Fact(name):
                return self._column(name)
            case Number(value):
                return literal(value, BigInteger())
            case DayOf(value):
                return literal(value)
            case MomentOf(moment):
                return literal(layout.microseconds(moment), BigInteger())
            case Sum(left, sign, right):
                a, b = self.worth(left), self.worth(right)
                return a + b if sign == "+" else a - b
            case Call("size", (Fact(name),)):
                return self._size(name)
            case Call("hours_between", (start, end)):
                return whole(self.worth(end) - self.worth(start), _HOUR)
            case Call("days_between", (start, end)):
                return self.day(end) - self.day(start)
            case Call("years_between", (start, end)):
                return _years(self.day(start), self.day(end))
            case Call(function, _):
                raise ValueError(function)

    def _one_of(self, name: str, options: tuple[str, ...]) -> ColumnElement[bool]:
        column = self._column(name)
        return or_(false(), *(column == option for option in options))

    def _holds(self, name: str, options: tuple[str, ...]) -> ColumnElement[bool]:
        of = self._type(name)
        known = of.options if isinstance(of, Many) else ()
        # An option the list cannot have is false where the list is answered, as in the meaning.
        never = () if set(options) <= set(known) else (self._none(name, known),)
        held = (self.columns[layout.option(self._place(name), o)] for o in options if o in known)
        return or_(false(), *held, *never)

    def _none(self, name: str, options: tuple[str, ...]) -> ColumnElement[bool]:
        first = self.columns[layout.option(self._place(name), options[0])]
        return and_(first, not_(first))

    def with_row(self, variable: str, place: int, of: Rows, more: Columns) -> Expressions:
        """Return what reads a condition inside one row, whose fields are ``variable.field``.

        ``more`` are columns that are not in the table yet.
        """
        fields = {f"{variable}.{name}": kind for name, kind in of.fields.items()}
        rows = {**self.rows, variable: layout.row(self._place(variable), place)}
        return Expressions({**self.columns, **more}, {**self.types, **fields}, rows)

    def knows(self, name: str) -> bool:
        """Tell whether the table holds a fact."""
        of = self.types.get(name)
        match of:
            case None:
                return False
            case Many(options):
                return layout.option(self._place(name), options[0]) in self.columns
            case Rows():
                return layout.count(self._place(name)) in self.columns
            case _:
                return layout.column(self._place(name)) in self.columns

    def _some_row(self, name: str, variable: str, inner: Condition) -> ColumnElement[bool]:
        of = self._type(name)
        assert isinstance(of, Rows)  # noqa: S101  conditions were typed when they were read
        count = self.columns[layout.count(self._place(name))]
        fields = {f"{variable}.{field}": kind for field, kind in of.fields.items()}
        types = {**self.types, **fields}
        each = (
            Expressions(self.columns, types, {**self.rows, variable: layout.row(name, place)})
            for place in range(1, of.max_items + 1)
        )
        here = (and_(count >= place, row.of(inner)) for place, row in enumerate(each, 1))
        return case((count.is_(null()), null()), else_=or_(false(), *here))

    def _size(self, name: str) -> ColumnElement[Any]:
        match self._type(name):
            case Many(options):
                each = [self.columns[layout.option(self._place(name), o)] for o in options]
                return sum((cast(held, Integer()) for held in each), literal(0, Integer()))
            case _:
                return self.columns[layout.count(self._place(name))]

    def day(self, term: Term) -> ColumnElement[Any]:
        """Return the calendar day of a term: of a moment, the day it names."""
        match term:
            case Fact(name) if isinstance(self._type(name), Moment):
                return self.columns[layout.day(self._place(name))]
            case MomentOf(moment):
                return literal(moment.date())
            case _:
                return self.worth(term)

    def _column(self, name: str) -> ColumnElement[Any]:
        return self.columns[layout.column(self._place(name))]

    def _type(self, name: str) -> FactType:
        return self.types[name]

    def _place(self, name: str) -> str:
        """Return where a name of the language stands in the table."""
        for variable, row in self.rows.items():
            if name.startswith(f"{variable}."):
                return row + name.removeprefix(variable)
        return name


def whole(number: ColumnElement[Any], unit: int) -> ColumnElement[Any]:
    """Return how many whole units a number has, rounded down.

    A multiple is divided, because engines divide integers each in their own way.
    """
    of = literal(unit, BigInteger())
    rest = func.mod(func.mod(number, of) + of, of)
    return cast(cast(number - rest, BigInteger()) / of, BigInteger())


def _years(start: ColumnElement[Any], end: ColumnElement[Any]) -> ColumnElement[Any]:
    def part(name: str, of: ColumnElement[Any]) -> ColumnElement[Any]:
        return cast(extract(name, of), Integer())

    first, last = (part("month", d) * 100 + part("day", d) for d in (start, end))
    return part("year", end) - part("year", start) - case((last < first, 1), else_=0)
