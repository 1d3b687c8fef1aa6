"""How the facts of many cases lie in one table: a row for each case, plain columns any engine has.

A Boolean, an integer, a choice and a day are one column each, named for the fact, NULL where it is
unanswered. A moment is two: the instant in microseconds since 1970, and the day it names where it
was said. A list of choices is one Boolean column for each option. A repeated group is a count, and
columns for the fields of each row it may have.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cached_property
from typing import Any

from sqlalchemy import BigInteger, Column, Date, MetaData, Table
from sqlalchemy import Boolean as YesNo
from sqlalchemy import Text as Words
from sqlalchemy.types import TypeEngine

from satupintu.conditions.types import (
    Boolean,
    Choice,
    Day,
    FactType,
    FactTypes,
    Integer,
    Many,
    Moment,
    Rows,
    Text,
)
from satupintu.conditions.values import Facts, FactValue

CASE = "#case"
"""A running number from 0: it orders the cases of one table and says nothing about them."""
WEEK = "#week"
"""The Monday of the week in which the case was assessed."""
TABLE = "facts"

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_LONGEST = 63
"""Bytes of a name that PostgreSQL keeps; a longer one would be cut in silence."""


class OneOf(Words):
    """Text that is one of a choice's options; an engine may hold it as its place among them."""

    cache_ok = True

    def __init__(self, options: tuple[str, ...]) -> None:
        super().__init__()
        self.options = options


Cells = Iterator[tuple[str, TypeEngine[Any], Any]]


def option(name: str, value: str) -> str:
    """Return the column that says whether a list holds an option."""
    return bounded(f"{name}#{value}")


def day(name: str) -> str:
    """Return the column of the day that a moment names."""
    return bounded(f"{name}#day")


def count(name: str) -> str:
    """Return the column of how many rows a repeated group has."""
    return bounded(f"{name}#count")


def row(name: str, place: int) -> str:
    """Return what stands before the field names of one row; the first row is 1."""
    return f"{name}#{place}"


def column(name: str) -> str:
    """Return the column of a fact that is one."""
    return bounded(name)


@dataclass(frozen=True)
class Layout:
    """The columns for facts of these types; free text is a mark that it was answered."""

    types: FactTypes

    @cached_property
    def columns(self) -> Mapping[str, TypeEngine[Any]]:
        """Each column with its type, in order, case and week first."""
        found: dict[str, TypeEngine[Any]] = {CASE: BigInteger(), WEEK: Date()}
        for name, of in self.types.items():
            found.update({key: kind for key, kind, _ in _cells(name, of, None)})
        return found

    def table(self, name: str = TABLE) -> Table:
        """Return the table as SQLAlchemy knows it."""
        columns = (Column(key, kind) for key, kind in self.columns.items())
        return Table(name, MetaData(), *columns)

    def record(self, case: int, week: date, facts: Facts) -> dict[str, Any]:
        """Return one case as a row: column to value."""
        found: dict[str, Any] = {CASE: case, WEEK: week}
        for name, of in self.types.items():
            found.update({key: value for key, _, value in _cells(name, of, facts.get(name))})
        return found

    def facts(self, record: Mapping[str, Any]) -> Facts:
        """Return the facts that a row holds."""
        found = {name: _value(name, of, record) for name, of in self.types.items()}
        return {name: value for name, value in found.items() if value is not None}


def monday(moment: date) -> date:
    """Return the Monday of a week."""
    here = moment.date() if isinstance(moment, datetime) else moment
    return here - timedelta(days=here.weekday())


def microseconds(moment: datetime) -> int:
    """Return an instant as the number its column holds."""
    return (moment - _EPOCH) // _MICROSECOND


def _cells(name: str, of: FactType, value: FactValue | None) -> Cells:
    """Yield the columns of one fact with what they hold; None is unanswered."""
    match of:
        case Boolean():
            yield column(name), YesNo(), value
        case Text():
            yield column(name), YesNo(), None if value is None else True
        case Integer():
            yield column(name), BigInteger(), value
        case Choice(options):
            yield column(name), OneOf(options), value
        case Day():
            yield column(name), Date(), value
        case Moment():
            said = value if isinstance(value, datetime) else None
            yield column(name), BigInteger(), None if said is None else microseconds(said)
            yield day(name), Date(), None if said is None else said.date()
        case Many(options):
            held = value if isinstance(value, tuple) else None
            for one in options:
                yield option(name, one), YesNo(), None if held is None else one in held
        case Rows(fields, max_items):
            rows = value if isinstance(value, tuple) else None
            yield count(name), BigInteger(), None if rows is None else len(rows)
            for place in range(1, max_items + 1):
                here = _row(rows, place)
                for field, inner in fields.items():
                    yield from _cells(f"{row(name, place)}.{field}", inner, here.get(field))


def _row(rows: Sequence[Any] | None, place: int) -> Facts:
    return rows[place - 1] if rows is not None and place <= len(rows) else {}


def _value(name: str, of: FactType, record: Mapping[str, Any]) -> FactValue | None:
    match of:
        case Moment():
            passed, local = record[column(name)], record[day(name)]
            return None if passed is None else _moment(passed, local)
        case Many(options):
            held = tuple(one for one in options if record[option(name, one)])
            return None if record[option(name, options[0])] is None else held
        case Rows(fields):
            rows = record[count(name)]
            if rows is None:
                return None
            return tuple(_fields(row(name, place), fields, record) for place in range(1, rows + 1))
        case _:
            value: FactValue | None = record[column(name)]
            return value


def _fields(before: str, fields: FactTypes, record: Mapping[str, Any]) -> Facts:
    found = {field: _value(f"{before}.{field}", of, record) for field, of in fields.items()}
    return {field: value for field, value in found.items() if value is not None}


def _moment(passed: int, local: date) -> datetime:
    """Return an instant, told by a clock that shows the day it names."""
    instant = _EPOCH + passed * _MICROSECOND
    return instant if instant.date() == local else _shifted(instant, local)


def _shifted(instant: datetime, local: date) -> datetime:
    start = datetime(local.year, local.month, local.day, tzinfo=UTC)
    ahead = start - instant if instant < start else start + timedelta(days=1) - instant
    minutes = ahead // timedelta(minutes=1) + (1 if instant < start else -1)
    return instant.astimezone(timezone(timedelta(minutes=minutes)))


def bounded(name: str) -> str:
    """Return a column's name as every engine keeps it whole: a long one ends in a mark of it."""
    data = name.encode()
    if len(data) <= _LONGEST:
        return name
    mark = hashlib.sha256(data).hexdigest()[:12]
    return data[: _LONGEST - 13].decode(errors="ignore") + "~" + mark
