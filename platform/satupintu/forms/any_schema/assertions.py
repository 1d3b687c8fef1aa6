"""The keywords that look at one value by itself."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from fractions import Fraction

from satupintu.conditions.nearest import shown
from satupintu.documents import Json
from satupintu.forms.any_schema.visit import Ask, Visit
from satupintu.words import say

MAX_OPTIONS = 12
"""A sentence names so many; the schema names the rest."""


def _is_number(value: Json) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is(kind: str, value: Json) -> bool:
    match kind:
        case "string":
            return isinstance(value, str)
        case "integer":
            return _is_number(value) and (isinstance(value, int) or value.is_integer())
        case "number":
            return _is_number(value)
        case "boolean":
            return isinstance(value, bool)
        case "null":
            return value is None
        case "array":
            return isinstance(value, list)
        case _:
            return isinstance(value, dict)


def _type(visit: Visit, wanted: str | Sequence[str]) -> bool:
    kinds = [wanted] if isinstance(wanted, str) else wanted
    if any(_is(kind, visit.value) for kind in kinds):
        return True

    def named(language: str) -> str:
        return ", ".join(say(f"schemas.type_{kind}", language) for kind in kinds)

    return visit.refuse("schemas.type", wanted=named)


def _written(value: Json) -> str:
    return shown(json.dumps(value, ensure_ascii=False))


def _const(visit: Visit, wanted: Json) -> bool:
    number = visit.judgement.sameness.number
    return number(visit.value) == number(wanted) or visit.refuse(
        "schemas.const", wanted=_written(wanted)
    )


def _enum(visit: Visit, wanted: list[Json]) -> bool:
    if visit.judgement.sameness.number(visit.value) in visit.judgement.options(wanted):
        return True
    options = ", ".join(_written(option) for option in wanted[:MAX_OPTIONS])
    more = ", …" if len(wanted) > MAX_OPTIONS else ""
    return visit.refuse("schemas.enum", options=options + more)


def _multiple_of(visit: Visit, step: float) -> bool:
    if not _is_number(visit.value):
        return True
    if math.isfinite(visit.value) and math.isfinite(step):
        visit.judgement.spend(20)
        # As it is written in decimals: the nearest binary fractions of 0.0075 and 0.0001 differ.
        if (Fraction(repr(visit.value)) / Fraction(repr(step))).denominator == 1:
            return True
    return visit.refuse("schemas.multiple_of", limit=step)


def _minimum(visit: Visit, limit: float) -> bool:
    held = not _is_number(visit.value) or visit.value >= limit
    return held or visit.refuse("schemas.minimum", limit=limit)


def _maximum(visit: Visit, limit: float) -> bool:
    held = not _is_number(visit.value) or visit.value <= limit
    return held or visit.refuse("schemas.maximum", limit=limit)


def _exclusive_minimum(visit: Visit, limit: float) -> bool:
    held = not _is_number(visit.value) or visit.value > limit
    return held or visit.refuse("schemas.exclusive_minimum", limit=limit)


def _exclusive_maximum(visit: Visit, limit: float) -> bool:
    held = not _is_number(visit.value) or visit.value < limit
    return held or visit.refuse("schemas.exclusive_maximum", limit=limit)


def _min_length(visit: Visit, limit: int) -> bool:
    held = not isinstance(visit.value, str) or len(visit.value) >= limit
    return held or visit.refuse("schemas.min_length", limit=limit)


def _max_length(visit: Visit, limit: int) -> bool:
    held = not isinstance(visit.value, str) or len(visit.value) <= limit
    return held or visit.refuse("schemas.max_length", limit=limit)


def _pattern(visit: Visit, text: str) -> bool:
    held = not isinstance(visit.value, str) or visit.matches(text, visit.value)
    return held or visit.refuse("schemas.pattern", pattern=shown(text))


def _min_items(visit: Visit, limit: int) -> bool:
    held = not isinstance(visit.value, list) or len(visit.value) >= limit
    return held or visit.refuse("schemas.min_items", limit=limit)


def _max_items(visit: Visit, limit: int) -> bool:
    held = not isinstance(visit.value, list) or len(visit.value) <= limit
    return held or visit.refuse("schemas.max_items", limit=limit)


def _unique_items(visit: Visit, unique: bool) -> bool:
    if not unique or not isinstance(visit.value, list):
        return True
    visit.judgement.spend(len(visit.value))
    number = visit.judgement.sameness.number
    held = len({number(item) for item in visit.value}) == len(visit.value)
    return held or visit.refuse("schemas.unique_items")


def _min_properties(visit: Visit, limit: int) -> bool:
    held = not isinstance(visit.value, dict) or len(visit.value) >= limit
    return held or visit.refuse("schemas.min_properties", limit=limit)


def _max_properties(visit: Visit, limit: int) -> bool:
    held = not isinstance(visit.value, dict) or len(visit.value) <= limit
    return held or visit.refuse("schemas.max_properties", limit=limit)


def _required(visit: Visit, names: Sequence[str]) -> bool:
    held = True
    if isinstance(visit.value, dict):
        for name in names:
            if name not in visit.value:
                held = visit.refuse("schemas.required", (name,), name=shown(name))
    return held


def _dependent_required(visit: Visit, names: Mapping[str, Sequence[str]]) -> bool:
    held = True
    if isinstance(visit.value, dict):
        for cause, wanted in names.items():
            if cause in visit.value:
                visit.judgement.spend(len(wanted))
                for name in wanted:
                    if name not in visit.value:
                        words = {"name": shown(name), "cause": shown(cause)}
                        held = visit.refuse("schemas.dependent_required", (name,), **words)
    return held


ASSERTIONS: Mapping[str, Ask] = {
    "type": _type,
    "const": _const,
    "enum": _enum,
    "multipleOf": _multiple_of,
    "minimum": _minimum,
    "maximum": _maximum,
    "exclusiveMinimum": _exclusive_minimum,
    "exclusiveMaximum": _exclusive_maximum,
    "minLength": _min_length,
    "maxLength": _max_length,
    "pattern": _pattern,
    "minItems": _min_items,
    "maxItems": _max_items,
    "uniqueItems": _unique_items,
    "minProperties": _min_properties,
    "maxProperties": _max_properties,
    "required": _required,
    "dependentRequired": _dependent_required,
}
"""The validation vocabulary; ``minContains`` and ``maxContains`` are read with ``contains``."""
