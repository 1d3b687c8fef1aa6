"""A condition as data: few node kinds, frozen, typed against the facts when it is read.

Two notations read into these nodes (CEL text and the JSON Schema of an ``if``); every reading is a
``match`` over them. Equality with an option is ``OneOf`` with one option and membership is
``Holds``, so that each meaning has one shape.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal as OneWordOf

Comparison = OneWordOf["==", "!=", "<", "<=", ">", ">="]


# Terms: what has a value. ------------------------------------------------------------------------


@dataclass(frozen=True)
class Fact:
    """The value of a fact; dotted for nested answers, ``row.field`` inside ``RowsExist``."""

    name: str


@dataclass(frozen=True)
class Number:
    """A whole number."""

    value: int


@dataclass(frozen=True)
class DayOf:
    """A calendar date, written ``date('2026-11-23')``."""

    value: date


@dataclass(frozen=True)
class MomentOf:
    """A date and time with its offset, written ``date('2026-11-23T10:15:00+07:00')``."""

    value: datetime


@dataclass(frozen=True)
class Sum:
    """``left + right`` or ``left - right`` on integers; only in computed answers."""

    left: Term
    sign: OneWordOf["+", "-"]
    right: Term


@dataclass(frozen=True)
class Call:
    """``years_between``, ``hours_between``, ``days_between`` or ``size``, in computed answers.

    ``size`` of a list or of a repeated group also stands where an ``if`` counts items.
    """

    function: str
    arguments: tuple[Term, ...]


Term = Fact | Number | DayOf | MomentOf | Sum | Call


# Conditions: what is true, false or unknown. ----------------------------------------------------


@dataclass(frozen=True)
class Always:
    """``true`` or ``false``."""

    value: bool


@dataclass(frozen=True)
class Truth:
    """A Boolean fact by itself."""

    fact: Fact


@dataclass(frozen=True)
class Compare:
    """A comparison of integers, dates or moments."""

    left: Term
    operator: Comparison
    right: Term


@dataclass(frozen=True)
class OneOf:
    """``fact == 'a'`` or ``fact in ['a', 'b']``: a choice is among the options.

    Options stand as written, without repeats.
    """

    fact: Fact
    options: tuple[str, ...]


@dataclass(frozen=True)
class Holds:
    """``'a' in many`` or ``many.exists(v, v in ['a', 'b'])``: a list has one of the options."""

    fact: Fact
    options: tuple[str, ...]


@dataclass(frozen=True)
class Has:
    """``has(fact)``: it is answered. Never unknown."""

    fact: Fact


@dataclass(frozen=True)
class Not:
    """``!condition``; unknown stays unknown."""

    condition: Condition


@dataclass(frozen=True)
class And:
    """All of them; flattened, at least two."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True)
class Or:
    """Any of them; flattened, at least two."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True)
class RowsExist:
    """``rows.exists(r, condition)``: some row of a repeated group makes the condition true."""

    rows: Fact
    variable: str
    condition: Condition


Condition = Always | Truth | Compare | OneOf | Holds | Has | Not | And | Or | RowsExist

Value = Term | Condition | str
"""What the expression of a computed answer says: a number or a date, yes or no, or an option."""

TRUE = Always(True)
FALSE = Always(False)
