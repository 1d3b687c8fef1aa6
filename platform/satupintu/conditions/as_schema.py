"""A condition as the JSON Schema of an ``if``: the way back from ``conditions.schema``.

JSON Schema knows true and false only; the schema holds exactly where the condition is true, and not
where it is false or unknown. So whatever a test reads is ``required``.
"""

from __future__ import annotations

from collections.abc import Mapping

from satupintu.conditions.ast import (
    TRUE,
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
    Not,
    Number,
    OneOf,
    Or,
    RowsExist,
    Truth,
)
from satupintu.conditions.normal import push_negations
from satupintu.documents import Json

_BOUNDS: Mapping[Comparison, str] = {
    ">=": "minimum",
    "<=": "maximum",
    ">": "exclusiveMinimum",
    "<": "exclusiveMaximum",
}


def to_schema(condition: Condition, prefix: str = "") -> dict[str, Json]:
    """Return the schema of an object that is valid exactly where a condition is true.

    ``prefix`` is the dotted name of the group or of the rows that the object is, with its dot.
    Raises ValueError where no ``if`` can say it: a comparison of two answers, an order of dates.
    """
    return _object(push_negations(condition), prefix)


def _object(condition: Condition, prefix: str) -> dict[str, Json]:
    match condition:
        case Always(True):
            return {}
        case Always(False):
            return {"not": {}}
        case And(parts):
            return _joined([_object(p, prefix) for p in parts])
        case Or(parts):
            return {"anyOf": [_object(p, prefix) for p in parts]}
        case Has(fact):
            return _at(fact, prefix, None)
        case Not(Has(fact)):
            return {"not": _at(fact, prefix, None)}
        case Not(RowsExist(_, _, inner)) if inner != TRUE:  # a row may leave it unknown
            raise ValueError(condition)
        case Not(inner):
            return _at(_fact_of(inner), prefix, _negated(inner))
        case _:
            return _at(_fact_of(condition), prefix, value_schema(condition))


def value_schema(condition: Condition) -> dict[str, Json]:
    """Return the schema of one answer that passes a test of it. Raises ValueError."""
    match condition:
        case Truth():
            return {"const": True}
        case OneOf(_, options):
            return _among(options)
        case Holds(_, options):
            return {"contains": _among(options)}
        case Compare(Fact(), "==", Number(value)):
            return {"const": value}
        case Compare(Fact(), "==", DayOf(value)):
            return {"const": value.isoformat()}
        case Compare(Fact() as fact, "!=", limit):
            return {"not": value_schema(Compare(fact, "==", limit))}
        case Compare(Fact(), operator, Number(value)):
            return {_BOUNDS[operator]: value}
        case Compare(Call("size", _), operator, Number(value)):
            return _counted(operator, value)
        case RowsExist(_, variable, inner):
            return {"contains": _object(inner, variable + ".")}
        case Not(inner):
            return _negated(inner)
        case And(parts):
            return {"allOf": [value_schema(p) for p in parts]}
        case Or(parts):
            return {"anyOf": [value_schema(p) for p in parts]}
        case _:
            raise ValueError(condition)


def _negated(condition: Condition) -> dict[str, Json]:
    return {"const": False} if isinstance(condition, Truth) else {"not": value_schema(condition)}


def _among(options: tuple[str, ...]) -> dict[str, Json]:
    return {"const": options[0]} if len(options) == 1 else {"enum": list(options)}


def _counted(operator: Comparison, count: int) -> dict[str, Json]:
    match operator:
        case ">=" | ">":
            return {"minItems": max(0, count + (operator == ">"))}
        case "<=" | "<" if count - (operator == "<") >= 0:
            return {"maxItems": count - (operator == "<")}
        case "<=" | "<":
            return {"not": {}}
        case "==":
            return {"minItems": count, "maxItems": count} if count >= 0 else {"not": {}}
        case "!=":
            return {"not": _counted("==", count)}


def _fact_of(condition: Condition) -> Fact:
    match condition:
        case Truth(fact) | OneOf(fact) | Holds(fact) | Has(fact) | RowsExist(fact):
            return fact
        case Compare(Fact() as fact) | Compare(Call("size", (Fact() as fact,))):
            return fact
        case _:
            raise ValueError(condition)


def _at(fact: Fact, prefix: str, test: Json) -> dict[str, Json]:
    """Return the schema of the object around an answer that must be there and pass a test."""
    if not fact.name.startswith(prefix):
        raise ValueError(fact)
    key, _, below = fact.name.removeprefix(prefix).partition(".")
    if below:
        test = _at(Fact(below), "", test)
    return {"required": [key]} if test is None else {"properties": {key: test}, "required": [key]}


def _joined(schemas: list[dict[str, Json]]) -> dict[str, Json]:
    """Return one schema for several that must all hold, in one object where none is in the way."""
    properties: dict[str, Json] = {}
    required: list[str] = []
    apart: list[dict[str, Json]] = []
    for schema in schemas:
        mine = schema.get("properties", {})
        if schema.keys() <= {"properties", "required"} and not mine.keys() & properties.keys():
            properties |= mine
            required += [k for k in schema.get("required", ()) if k not in required]
        else:
            apart.append(schema)
    one: dict[str, Json] = {}
    if properties:
        one["properties"] = properties
    if required:
        one["required"] = required
    if not apart:
        return one
    return {"allOf": [*([one] if one else []), *apart]}
