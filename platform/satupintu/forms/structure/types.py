"""The seven types of JSON Schema, as a schema names them and as a value has them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, get_args

from satupintu.documents import Json

JsonType = Literal["string", "integer", "number", "boolean", "object", "array", "null"]
TYPES: tuple[JsonType, ...] = get_args(JsonType)


def named_types(named: Json) -> tuple[JsonType, ...]:
    """Return the types that ``type`` allows; whole numbers are numbers."""
    listed = (named,) if isinstance(named, str) else tuple(named)
    return (*listed, "integer") if "number" in listed else listed


def types_among(values: Iterable[Json]) -> tuple[JsonType, ...]:
    """Return the types of any of some values."""
    return tuple({t for value in values for t in types_of(value)})


def types_of(value: Json) -> tuple[JsonType, ...]:
    """Return the types that a value has; a whole number has two."""
    match value:
        case None:
            return ("null",)
        case bool():
            return ("boolean",)
        case int():
            return ("integer", "number")
        case float():
            return ("integer", "number") if value.is_integer() else ("number",)
        case str():
            return ("string",)
        case list():
            return ("array",)
        case _:
            return ("object",)
