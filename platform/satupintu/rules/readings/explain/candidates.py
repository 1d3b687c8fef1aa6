"""The values that an answer could have instead: one for each way that the conditions tell apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from satupintu.conditions.ast import (
    And,
    Condition,
    Fact,
    Not,
    Or,
    RowsExist,
)
from satupintu.conditions.meaning import holds
from satupintu.conditions.names import facts_of
from satupintu.conditions.normal import alternatives, width
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
from satupintu.conditions.uses import Use, uses
from satupintu.conditions.values import Facts, FactValue

MOST_OPTIONS = 60
"""Options of one list that are tried; a longer list is a register, not a choice."""
START = datetime(2026, 1, 1, tzinfo=UTC)
"""A day or moment where any would do: a rule only asks that there is one."""
_STEP = {Day: timedelta(days=1), Moment: timedelta(minutes=1)}


class Candidates:
    """Other values for the facts of some conditions; of many that are the same, the nearest."""

    def __init__(self, types: FactTypes, conditions: Iterable[Condition]) -> None:
        self._types = types
        whole = list(conditions)
        self._told = uses(whole)
        self._rows: dict[str, list[tuple[str, Condition]]] = {}
        for condition in whole:
            self._note_rows(condition)

    def of(self, name: str, now: Facts, beside: Iterable[str] = ()) -> Iterator[FactValue]:
        """Yield what ``name`` could be instead; ``beside`` are the facts it is compared with."""
        kind = self._types.get(name)
        told = self._told.get(name, Use())
        near = {value for other in beside if _ordered(value := now.get(other))}
        if isinstance(kind, Rows):
            yield from self._other_rows(name, kind, now.get(name))
        elif kind is not None:
            yield from other_values(kind, now.get(name), told, near)

    def _note_rows(self, condition: Condition) -> None:
        match condition:
            case And(conditions) | Or(conditions):
                for one in conditions:
                    self._note_rows(one)
            case Not(inner):
                self._note_rows(inner)
            case RowsExist(Fact(name), variable, inner):
                self._rows.setdefault(name, []).append((variable, inner))

    def _other_rows(self, name: str, kind: Rows, now: Any) -> Iterator[FactValue]:
        """Yield the rows without some, with one that differs, and with one more."""
        rows: tuple[Facts, ...] = now or ()
        for place in range(len(rows)):
            yield rows[:place] + rows[place + 1 :]
            for changed in self._other_row(name, kind, rows[place]):
                yield (*rows[:place], changed, *rows[place + 1 :])
        if rows:
            yield ()
        if len(rows) < kind.max_items:
            yield (*rows, {})
            for more in self._other_row(name, kind, {}):
                yield (*rows, more)

    def _other_row(self, name: str, kind: Rows, row: Facts) -> Iterator[Facts]:
        for variable, inner in self._rows.get(name, ()):
            for wanted in alternatives(inner) if width(inner) <= MOST_OPTIONS else ():
                yield self._row_with(name, kind, row, variable, wanted)
        for one, of in kind.fields.items():
            told = self._told.get(f"{name}.{one}", Use())
            for value in other_values(of, row.get(one), told, ()):
                yield {**row, one: value}

    def _row_with(
        self, name: str, kind: Rows, row: Facts, variable: str, wanted: Iterable[Condition]
    ) -> Facts:
        """Return a row in which, field by field, what is ``wanted`` of that field alone is true."""
        made = dict(row)
        for one, of in kind.fields.items():
            inside = f"{variable}.{one}"
            mine = [literal for literal in wanted if facts_of(literal) == {inside}]
            now = {} if one not in made else {inside: made[one]}
            if all(holds(literal, now) is True for literal in mine):
                continue
            made.pop(one, None)
            told = self._told.get(f"{name}.{one}", Use())
            for value in other_values(of, row.get(one), told, ()):
                if all(holds(literal, {inside: value}) is True for literal in mine):
                    made[one] = value
                    break
        return made


def other_values(kind: FactType, now: Any, told: Use, near: Iterable[Any]) -> Iterator[FactValue]:
    """Yield the other values of a type, of those that conditions don't tell apart one each."""
    match kind:
        case Boolean():
            yield from (value for value in (True, False) if value is not now)
        case Integer(minimum, maximum):
            known = {*told.constants, *near} or {next((b for b in (minimum, maximum) if b), 0)}
            for value in _ends(known, 1, now):
                low = minimum is None or value >= minimum
                if low and (maximum is None or value <= maximum) and value != now:
                    yield value
        case Day() | Moment():
            fits = {c for c in (*told.constants, *near) if isinstance(c, datetime) is _timed(kind)}
            known = fits or {START if _timed(kind) else START.date()}
            yield from (v for v in _ends(known, _STEP[type(kind)], now) if v != now)
        case Choice(options):
            yield from (o for o in _told_apart(options, told) if o != now)
        case Many():
            yield from _other_lists(kind, now, told)
        case Text() | Rows():
            return


def _timed(kind: FactType) -> bool:
    return isinstance(kind, Moment)


def _ordered(value: object) -> bool:
    return isinstance(value, int | date) and not isinstance(value, bool)


def _ends(constants: set[Any], step: Any, now: Any) -> list[Any]:
    """Return both ends of every range between two constants, the nearest to ``now`` first."""
    ends = {end for c in constants for end in (c - step, c, c + step)}
    return sorted(ends) if now is None else sorted(ends, key=lambda end: (abs(end - now), end))


def _told_apart(options: tuple[str, ...], told: Use) -> Iterator[str]:
    seen: set[tuple[bool, ...]] = set()
    for option in options:
        signature = tuple(option in group for group in told.options)
        if signature not in seen:
            seen.add(signature)
            yield option


def _other_lists(kind: Many, now: Any, told: Use) -> Iterator[FactValue]:
    """Yield lists with one option more, one fewer, or one for another; in the type's order."""
    have = set(now or ())
    most = len(kind.options) if kind.max_items is None else kind.max_items
    named = list(_told_apart(kind.options, told))[:MOST_OPTIONS]
    wanted: list[set[str]] = [have | {o} for o in named if o not in have]
    wanted += [have - {o} for o in kind.options if o in have]
    wanted += [have - set(group) for group in told.options]
    wanted += [{o} for o in named] + [set()]
    if len(have) >= most or len(have) <= kind.min_items:
        wanted += [have - {out} | {o} for o in named for out in kind.options if out in have]
    seen = [] if now is None else [have]
    for one in wanted:
        if one not in seen and kind.min_items <= len(one) <= most:
            seen.append(one)
            yield tuple(option for option in kind.options if option in one)
