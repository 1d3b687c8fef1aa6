"""The JSON Schema of an ``if`` as a condition.

JSON Schema knows true and false only, and holds vacuously of what is absent; so a test of an answer
becomes "not answered, or so". Where ``required`` asks for the answer too, and only a true condition
matters, the plain test says the same: an unanswered fact makes it unknown, which is not true.

A group without a single answer counts as absent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NoReturn

from satupintu.conditions.ast import (
    FALSE,
    TRUE,
    Always,
    Call,
    Compare,
    Comparison,
    Condition,
    DayOf,
    Fact,
    Has,
    Holds,
    Not,
    Number,
    OneOf,
    RowsExist,
    Truth,
)
from satupintu.conditions.meaning import holds
from satupintu.conditions.nearest import or_nearest
from satupintu.conditions.normal import all_of, any_of, negate, simplify
from satupintu.conditions.presence import without_needless_presence
from satupintu.conditions.types import (
    Boolean,
    Choice,
    Day,
    FactType,
    FactTypes,
    Integer,
    Many,
    Rows,
    Text,
)
from satupintu.conditions.values import read_day
from satupintu.documents import Json, pointer
from satupintu.errors import BadDocument, Problem

_SAYS_NOTHING = frozenset(
    {"title", "description", "$comment", "default", "deprecated", "examples", "readOnly"}
    | {"writeOnly"}
)
_BOUNDS: Mapping[str, Comparison] = {
    "minimum": ">=",
    "maximum": "<=",
    "exclusiveMinimum": ">",
    "exclusiveMaximum": "<",
}
_TYPE_NAMES: Mapping[type, str] = {
    Boolean: "boolean",
    Integer: "integer",
    Many: "array",
    Rows: "array",
}


def from_schema(schema: Json, types: FactTypes, prefix: str = "") -> Condition:
    """Read the schema of an ``if``; true exactly where the answers are valid under it.

    ``prefix`` is the dotted name of the group that the ``if`` stands in. Raises BadDocument with
    the pointer, below the ``if``, of a keyword or a value that no condition can say.
    """
    place = _Place(types, prefix + "." if prefix else "")
    return without_needless_presence(simplify(_object(schema, place)))


@dataclass(frozen=True)
class _Place:
    """Where in the answers (``prefix``) and where in the schema (``path``) we read."""

    types: FactTypes
    prefix: str = ""
    path: tuple[str | int, ...] = ()

    def at(self, *parts: str | int) -> _Place:
        return replace(self, path=(*self.path, *parts))

    def refuse(self, key: str, **params: object) -> NoReturn:
        raise BadDocument(Problem(f"conditions.{key}", params, pointer(self.path)))

    def refuse_nearest(self, key: str, name: str, choices: tuple[str, ...]) -> NoReturn:
        full, params = or_nearest(key, name, choices)
        self.refuse(full.removeprefix("conditions."), **params)


def _keywords(schema: Json, place: _Place) -> dict[str, Json]:
    if not isinstance(schema, dict):
        place.refuse("schema_not_a_schema")
    return {k: v for k, v in schema.items() if k not in _SAYS_NOTHING and not k.startswith("x-")}


def _schemas(value: Json, keyword: str, place: _Place) -> list[tuple[Json, _Place]]:
    if not isinstance(value, list) or not value:
        place.at(keyword).refuse("schema_shape", keyword=keyword)
    return [(item, place.at(keyword, i)) for i, item in enumerate(value)]


def _object(schema: Json, place: _Place) -> Condition:
    """Return the condition of an object: of all answers, of a group, or of one row."""
    if isinstance(schema, bool):
        return Always(schema)
    said = _keywords(schema, place)
    required = _required(said, place)
    parts: list[Condition] = []
    for keyword, value in said.items():
        match keyword:
            case "properties":
                if not isinstance(value, dict):
                    place.at(keyword).refuse("schema_shape", keyword=keyword)
                for name, inner in value.items():
                    below = place.at(keyword, name)
                    parts.append(_property(name, inner, below, needed=name in required))
            case "required":
                for name, where in required.items():
                    parts.append(_present(name, where))
            case "allOf":
                parts.extend(_object(s, p) for s, p in _schemas(value, keyword, place))
            case "anyOf":
                parts.append(any_of(_object(s, p) for s, p in _schemas(value, keyword, place)))
            case "not":
                parts.append(negate(_object(value, place.at(keyword))))
            case "type" if value == "object":
                continue
            case _:
                place.at(keyword).refuse("schema_keyword", keyword=keyword)
    return all_of(parts)


def _required(said: Mapping[str, Json], place: _Place) -> dict[str, _Place]:
    names = said.get("required", [])
    if not isinstance(names, list) or not all(isinstance(n, str) for n in names):
        place.at("required").refuse("schema_shape", keyword="required")
    return {name: place.at("required", i) for i, name in enumerate(names)}


def _property(name: str, schema: Json, place: _Place, *, needed: bool) -> Condition:
    present = _present(name, place)
    full = place.prefix + name
    if full in place.types:
        test = _value(schema, Fact(full), place.types[full], place)
    else:
        test = _object(schema, replace(place, prefix=full + "."))
    return all_of((present, test)) if needed else any_of((negate(present), test))


def _present(name: str, place: _Place) -> Condition:
    full = place.prefix + name
    if full in place.types:
        return Has(Fact(full))
    members = [t for t in place.types if t.startswith(full + ".")]
    if not members:
        place.refuse_nearest("conditions.unknown_fact", full, tuple(place.types))
    return any_of(Has(Fact(member)) for member in members)


def _value(schema: Json, fact: Fact, of: FactType, place: _Place) -> Condition:
    """Return the condition of one answer that is there."""
    if isinstance(schema, bool):
        return Always(schema)
    parts: list[Condition] = []
    for keyword, value in _keywords(schema, place).items():
        where = place.at(keyword)
        match keyword:
            case "const":
                parts.append(_const(value, fact, of, where, keyword))
            case "enum":
                parts.append(_enum(value, fact, of, where))
            case "oneOf":
                parts.append(_one_of(value, fact, of, place))
            case "allOf":
                parts.extend(_value(s, fact, of, p) for s, p in _schemas(value, keyword, place))
            case "anyOf":
                either = [_value(s, fact, of, p) for s, p in _schemas(value, keyword, place)]
                parts.append(any_of(either))
            case "not":
                parts.append(negate(_value(value, fact, of, where)))
            case "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum":
                parts.append(_bound(keyword, value, fact, of, where))
            case "contains" if not isinstance(of, Text):
                parts.append(_contains(value, fact, of, where))
            case "minItems" | "maxItems" if not isinstance(of, Text):
                parts.append(_items(keyword, value, fact, of, where))
            case "type" if value == _type_name(of):
                continue
            case _ if isinstance(of, Text) and of.listed:
                where.refuse("inner_rows_not_asked", name=fact.name)
            case _:
                where.refuse("schema_keyword", keyword=keyword)
    return all_of(parts)


def _type_name(of: FactType) -> str:
    if isinstance(of, Text) and (of.number or of.listed):
        return "number" if of.number else "array"
    return _TYPE_NAMES.get(type(of), "string")


def _const(value: Json, fact: Fact, of: FactType, place: _Place, keyword: str) -> Condition:
    match of:
        case Boolean() if isinstance(value, bool):
            return Truth(fact) if value else Not(Truth(fact))
        case Integer():
            return Compare(fact, "==", Number(_whole(value, place, keyword)))
        case Choice(options) if isinstance(value, str):
            if value not in options:
                place.refuse_nearest("conditions.unknown_option", value, options)
            return OneOf(fact, (value,))
        case Day() if isinstance(value, str):
            day = read_day(value)
            if day is None:
                place.refuse("value_not_day")
            return Compare(fact, "==", DayOf(day))
        case Boolean() | Choice() | Day():
            place.refuse("schema_value", keyword=keyword)
        case _:
            place.refuse("schema_keyword", keyword=keyword)


def _enum(value: Json, fact: Fact, of: FactType, place: _Place) -> Condition:
    if not isinstance(value, list) or not value:
        place.refuse("schema_shape", keyword="enum")
    each = [_const(v, fact, of, place.at(i), "enum") for i, v in enumerate(value)]
    if isinstance(of, Choice):
        return OneOf(fact, tuple(dict.fromkeys(value)))
    return any_of(each)


def _one_of(value: Json, fact: Fact, of: FactType, place: _Place) -> Condition:
    constants: list[Json] = []
    for schema, where in _schemas(value, "oneOf", place):
        said = _keywords(schema, where)
        if set(said) != {"const"} or said["const"] in constants:
            where.refuse("schema_keyword", keyword="oneOf")
        constants.append(said["const"])
    return _enum(constants, fact, of, place.at("oneOf"))


def _bound(keyword: str, value: Json, fact: Fact, of: FactType, place: _Place) -> Condition:
    if not isinstance(of, Integer):
        place.refuse("schema_keyword", keyword=keyword)
    return Compare(fact, _BOUNDS[keyword], Number(_whole(value, place, keyword)))


def _contains(schema: Json, fact: Fact, of: FactType, place: _Place) -> Condition:
    match of:
        case Many(options):
            item = Fact("item")
            test = _value(schema, item, Choice(options), replace(place, types={}))
            if isinstance(test, OneOf):
                return Holds(fact, test.options)
            wanted = tuple(o for o in options if holds(test, {item.name: o}))
            return Holds(fact, wanted) if wanted else FALSE
        case Rows(fields):
            row = _row_variable(place.types)
            below = {**place.types, **{f"{row}.{name}": t for name, t in fields.items()}}
            inner = _object(schema, replace(place, types=below, prefix=row + "."))
            return RowsExist(fact, row, inner)
        case _:
            place.refuse("schema_keyword", keyword="contains")


def _items(keyword: str, value: Json, fact: Fact, of: FactType, place: _Place) -> Condition:
    count = _whole(value, place, keyword)
    match of:
        case Many(options):
            any_item: Condition = Holds(fact, options)
        case Rows():
            any_item = RowsExist(fact, _row_variable(place.types), TRUE)
        case _:
            place.refuse("schema_keyword", keyword=keyword)
    if keyword == "minItems" and count <= 1:
        return any_item if count == 1 else TRUE
    if keyword == "maxItems" and count == 0:
        return negate(any_item)
    size = Call("size", (fact,))
    return Compare(size, ">=" if keyword == "minItems" else "<=", Number(count))


def _row_variable(types: FactTypes) -> str:
    taken = {name.partition(".")[0] for name in types}
    names = ("r", *(f"r{n}" for n in range(2, len(taken) + 3)))
    return next(n for n in names if n not in taken)


def _whole(value: Json, place: _Place, keyword: str) -> int:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        place.refuse("schema_value", keyword=keyword)
    return value
