"""The values that facts have, read from JSON and written back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import TypeAlias

from satupintu.conditions.nearest import or_nearest, shown
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
from satupintu.documents import MAX_INTEGER, Json, pointer
from satupintu.errors import BadAnswers, Problem

FactValue: TypeAlias = bool | int | str | tuple[str, ...] | date | datetime | tuple["Facts", ...]
Facts: TypeAlias = Mapping[str, FactValue]
"""What is known about one case: fact name to value. A missing name is unanswered.

A list of choices is a tuple of options; a repeated group is a tuple of such mappings, whose names
are the fields without the group's own.
"""

MAX_PROBLEMS = 50

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MOMENT = re.compile(
    r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})", re.ASCII | re.IGNORECASE
)


def read_day(text: str) -> date | None:
    """Return the calendar date that ``2026-11-23`` names, or None where it names none."""
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None


def read_moment(text: str) -> datetime | None:
    """Return the moment of an RFC 3339 text with its offset, or None where it is not one."""
    try:
        return datetime.fromisoformat(text.upper()) if _MOMENT.fullmatch(text) else None
    except ValueError:
        return None


def read_facts(value: Json, types: FactTypes) -> Facts:
    """Read a JSON object of facts by name. Raises BadAnswers with a pointer for each problem.

    Nested answers stand under their dotted name or as nested objects; unanswered ones are left out.
    """
    if not isinstance(value, dict):
        raise BadAnswers(Problem("conditions.facts_not_an_object"))
    facts: dict[str, FactValue] = {}
    problems: list[Problem] = []
    for name, item, path in _flat(value, types, "", ()):
        read = _duplicate(path) if name in facts else _read(name, item, types, path)
        if not isinstance(read, list):
            facts[name] = read
        elif len(problems) < MAX_PROBLEMS:
            problems.extend(read)
        else:
            break
    if problems:
        raise BadAnswers(*problems[:MAX_PROBLEMS])
    return facts


def write_facts(facts: Facts) -> dict[str, Json]:
    """Return the flat JSON object that ``read_facts`` reads back."""
    return {name: _write(value) for name, value in facts.items()}


_Path = tuple[str | int, ...]
_Read = FactValue | list[Problem]


def _flat(
    value: Mapping[str, Json], types: FactTypes, prefix: str, path: _Path
) -> Iterator[tuple[str, Json, _Path]]:
    for key, item in value.items():
        name = prefix + key
        group = name + "."
        if isinstance(item, dict) and name not in types and any(t.startswith(group) for t in types):
            yield from _flat(item, types, group, (*path, key))
        else:
            yield name, item, (*path, key)


def _read(name: str, value: Json, types: FactTypes, path: _Path) -> _Read:
    fact_type = types.get(name)
    if fact_type is None:
        key, params = or_nearest("conditions.fact_unknown", name, types)
        return [Problem(key, params, pointer(path))]
    return _value(value, fact_type, path)


def _duplicate(path: _Path) -> list[Problem]:
    return [Problem("conditions.fact_twice", {"name": shown(str(path[-1]))}, pointer(path))]


def _wrong(kind: str, path: _Path, **params: object) -> list[Problem]:
    return [Problem(f"conditions.{kind}", params, pointer(path))]


def _value(value: Json, fact_type: FactType, path: _Path) -> _Read:
    match fact_type:
        case Boolean():
            return value if isinstance(value, bool) else _wrong("value_not_boolean", path)
        case Integer():
            return _integer(value, fact_type, path)
        case Choice(options):
            return _option(value, options, path)
        case Many():
            return _many(value, fact_type, path)
        case Day():
            day = read_day(value) if isinstance(value, str) else None
            return _wrong("value_not_day", path) if day is None else day
        case Moment():
            moment = read_moment(value) if isinstance(value, str) else None
            return _wrong("value_not_moment", path) if moment is None else moment
        case Text():
            return value if isinstance(value, str) else _wrong("value_not_text", path)
        case Rows():
            return _rows(value, fact_type, path)


def _integer(value: Json, bounds: Integer, path: _Path) -> int | list[Problem]:
    if isinstance(value, float) and value.is_integer():  # JSON Schema: 18.0 is an integer too
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        return _wrong("value_not_integer", path)
    low = -MAX_INTEGER if bounds.minimum is None else bounds.minimum
    high = MAX_INTEGER if bounds.maximum is None else bounds.maximum
    if value < low:
        return _wrong("value_too_small", path, limit=low)
    return _wrong("value_too_large", path, limit=high) if value > high else value


def _option(value: Json, options: tuple[str, ...], path: _Path) -> str | list[Problem]:
    if not isinstance(value, str):
        return _wrong("value_not_option", path)
    if value not in options:
        key, params = or_nearest("conditions.option_unknown", value, options)
        return [Problem(key, params, pointer(path))]
    return value


def _many(value: Json, many: Many, path: _Path) -> tuple[str, ...] | list[Problem]:
    if not isinstance(value, list):
        return _wrong("value_not_list", path)
    if len(value) > len(many.options):
        return _wrong("value_too_many", path, count=len(many.options))
    read = [_option(item, many.options, (*path, i)) for i, item in enumerate(value)]
    problems = [p for item in read if isinstance(item, list) for p in item]
    if problems:
        return problems
    options = tuple(item for item in read if isinstance(item, str))
    if len(set(options)) != len(options):
        return _wrong("value_repeated", path)
    if len(options) < many.min_items:
        return _wrong("value_too_few", path, count=many.min_items)
    if many.max_items is not None and len(options) > many.max_items:
        return _wrong("value_too_many", path, count=many.max_items)
    return options


def _rows(value: Json, rows: Rows, path: _Path) -> _Read:
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        return _wrong("value_not_rows", path)
    if len(value) > rows.max_items:
        return _wrong("value_too_many", path, count=rows.max_items)
    read: list[Facts] = []
    problems: list[Problem] = []
    for index, row in enumerate(value):
        try:
            read.append(read_facts(row, rows.fields))
        except BadAnswers as e:
            problems.extend(p.under(pointer((*path, index))) for p in e.problems)
    return problems or tuple(read)


def _write(value: FactValue) -> Json:
    match value:
        case bool() | int() | str():
            return value
        case date():
            return value.isoformat()
        case tuple():
            return [item if isinstance(item, str) else write_facts(item) for item in value]
