"""A fact as solver variables: whether it is answered, and what the answer is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import z3

from satupintu.conditions.types import (
    Boolean,
    Choice,
    Day,
    FactType,
    Integer,
    Many,
    Moment,
    Rows,
    Text,
)
from satupintu.conditions.values import Facts, FactValue
from satupintu.documents import MAX_INTEGER
from satupintu.forms.document import Form
from satupintu.rules.readings.prove.calendar import DAY, local_day
from satupintu.rules.readings.prove.logic import Formula, Logic, Number

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FIRST, LAST = date(2, 1, 1), date(9998, 12, 31)
"""The days that a form accepts: the ends of the calendar overflow when shown in a zone."""


@dataclass(frozen=True)
class YesNo:
    """A Boolean fact."""

    answered: Formula
    yes: Formula


@dataclass(frozen=True)
class Whole:
    """An integer, or a day as its ordinal."""

    answered: Formula
    value: Number


@dataclass(frozen=True)
class Instant:
    """A moment in whole seconds since 1970, UTC, and the ``day`` that its own clock shows."""

    answered: Formula
    value: Number
    day: Number


@dataclass(frozen=True)
class OneChoice:
    """A choice: at most one option, and one exactly where it is answered."""

    answered: Formula
    options: Mapping[str, Formula]


@dataclass(frozen=True)
class Several:
    """A list of options; answered with none of them is an answer too."""

    answered: Formula
    options: Mapping[str, Formula]


@dataclass(frozen=True)
class Written:
    """Free text: only whether there is any."""

    answered: Formula


@dataclass(frozen=True)
class Row:
    """One row that a repeated group may have; ``there`` only after the rows before it."""

    there: Formula
    fields: Mapping[str, Variable]


@dataclass(frozen=True)
class Listed:
    """A repeated group, unrolled up to its bound."""

    answered: Formula
    rows: tuple[Row, ...]


Variable = YesNo | Whole | Instant | OneChoice | Several | Written | Listed


def variable(logic: Logic, name: str, of: FactType) -> Variable:
    """Return fresh variables for a fact; ``typing`` says what they may be."""
    answered = logic.flag(f"{name}?")
    match of:
        case Boolean():
            return YesNo(answered, logic.flag(name))
        case Integer() | Day():
            return Whole(answered, logic.number(name))
        case Moment():
            return Instant(answered, logic.number(name), logic.number(f"{name}/day"))
        case Choice(options):
            chosen = {o: logic.flag(f"{name}={o}") for o in options}
            return OneChoice(logic.some(chosen.values()), chosen)
        case Many(options):
            return Several(answered, {o: logic.flag(f"{name}:{o}") for o in options})
        case Text():
            return Written(answered)
        case Rows(fields, most):
            rows = (
                Row(
                    logic.flag(f"{name}[{n}]"),
                    {f: variable(logic, f"{name}[{n}].{f}", t) for f, t in fields.items()},
                )
                for n in range(most)
            )
            return Listed(answered, tuple(rows))


def typing(logic: Logic, of: FactType, held: Variable) -> list[Formula]:
    """Return what is true of a fact's variables whatever the form asks: options, bounds, sizes.

    What is unanswered stands at rest, so that one case is one model.
    """
    match of, held:
        case Boolean(), YesNo(answered, yes):
            return [logic.where(yes, answered)]
        case Integer(minimum, maximum), Whole(answered, value):
            low = -MAX_INTEGER if minimum is None else minimum
            high = MAX_INTEGER if maximum is None else maximum
            return _between(logic, answered, value, low, high)
        case Day(), Whole(answered, value):
            return _between(logic, answered, value, FIRST.toordinal(), LAST.toordinal())
        case Moment(), Instant(answered, value, day):
            return [
                *_between(logic, answered, value, seconds(FIRST), seconds(LAST)),
                local_day(logic, value, day, EPOCH.toordinal()),
                day >= FIRST.toordinal(),
                day <= LAST.toordinal(),
                logic.some((answered, day == EPOCH.toordinal())),
            ]
        case Choice(), OneChoice(_, options):
            return [logic.at_most_one(options.values())]
        case Many(_, least, most), Several(answered, options):
            return _sized(logic, answered, list(options.values()), least, most)
        case Rows(fields), Listed(answered, rows):
            return _rows(logic, fields, answered, rows)
        case _:
            return []


def read(model: z3.ModelRef, of: FactType, held: Variable) -> FactValue | None:
    """Return the value that a model gives a fact, None where it is unanswered.

    Of free text a model knows only that there is some: True.
    """
    if not _is_true(model, held.answered):
        return None
    match of, held:
        case Boolean(), YesNo(_, yes):
            return _is_true(model, yes)
        case Integer(), Whole(_, value):
            return _worth(model, value)
        case Day(), Whole(_, value):
            return date.fromordinal(_worth(model, value))
        case Moment(), Instant(_, value, day):
            return _moment(_worth(model, value), _worth(model, day))
        case Choice(), OneChoice(_, options):
            return next(o for o, chosen in options.items() if _is_true(model, chosen))
        case Many(), Several(_, options):
            return tuple(o for o, chosen in options.items() if _is_true(model, chosen))
        case Rows(fields), Listed(_, rows):
            there = [row for row in rows if _is_true(model, row.there)]
            return tuple(_row(model, fields, row) for row in there)
        case _:
            return True


def without_text(form: Form, values: Facts) -> Facts:
    """Return what rules may read of the values of a case: no free text, in rows neither."""
    found: dict[str, FactValue] = {}
    for name, value in values.items():
        match form.facts.get(name), value:
            case None, _:
                continue
            case Rows(fields), tuple():
                rows = (row for row in value if not isinstance(row, str))
                found[name] = tuple({f: v for f, v in r.items() if f in fields} for r in rows)
            case _:
                found[name] = value
    return found


def seconds(value: date) -> int:
    """Return a moment (of a day, its start) in whole seconds since 1970, UTC."""
    if not isinstance(value, datetime):
        value = datetime(value.year, value.month, value.day, tzinfo=UTC)
    return (value - EPOCH) // timedelta(seconds=1)


def _moment(value: int, day: int) -> datetime:
    """Return a moment on a clock that shows this day: UTC's where it does."""
    moment = EPOCH + timedelta(seconds=value)
    early = (day - EPOCH.toordinal()) * DAY - value
    late = value - (day - EPOCH.toordinal() + 1) * DAY
    if early > 0:
        return moment.astimezone(timezone(timedelta(minutes=-(-early // 60))))
    if late >= 0:
        return moment.astimezone(timezone(timedelta(minutes=-(late // 60 + 1))))
    return moment


def _row(model: z3.ModelRef, fields: Mapping[str, FactType], row: Row) -> dict[str, FactValue]:
    found: dict[str, FactValue] = {}
    for name, of in fields.items():
        value = read(model, of, row.fields[name])
        if value is not None:
            found[name] = value
    return found


def _between(logic: Logic, answered: Formula, value: Number, low: int, high: int) -> list[Formula]:
    rest = max(low, min(0, high))
    return [value >= low, value <= high, logic.some((answered, value == rest))]


def _sized(
    logic: Logic, answered: Formula, options: list[Formula], least: int, most: int | None
) -> list[Formula]:
    found = [logic.where(option, answered) for option in options]
    if least > 0:
        found.append(logic.where(answered, _at_least(logic, options, least)))
    if most is not None and most < len(options):
        found.append(z3.AtMost(*options, most))
    return found


def _at_least(logic: Logic, options: list[Formula], least: int) -> Formula:
    if least > len(options):
        return logic.false
    return logic.some(options) if least == 1 else z3.AtLeast(*options, least)


def _rows(
    logic: Logic, fields: Mapping[str, FactType], answered: Formula, rows: tuple[Row, ...]
) -> list[Formula]:
    found: list[Formula] = []
    before = answered
    for row in rows:
        found.append(logic.where(row.there, before))
        before = row.there
        for name, of in fields.items():
            found.append(logic.where(row.fields[name].answered, row.there))
            found.extend(typing(logic, of, row.fields[name]))
    return found


def _is_true(model: z3.ModelRef, formula: Formula) -> bool:
    return bool(z3.is_true(model.eval(formula, model_completion=True)))


def _worth(model: z3.ModelRef, value: Any) -> int:
    return int(model.eval(value, model_completion=True).as_long())
