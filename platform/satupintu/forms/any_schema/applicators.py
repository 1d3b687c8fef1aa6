"""The keywords that apply other schemas, to the same value or to what stands below it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from satupintu.documents import Json, pointer
from satupintu.errors import Problem
from satupintu.forms.any_schema.visit import Ask, Seen, Visit


def _ref(visit: Visit, ref: str) -> bool:
    schema = visit.judgement.ready.addresses.follow(visit.scope[-1], ref)
    return visit.holds(schema, visit.value, visit.path, visit.told, visit.seen)


def _dynamic_ref(visit: Visit, ref: str) -> bool:
    visit.judgement.spend(10 + len(visit.scope))
    schema = visit.judgement.ready.addresses.follow_dynamic(visit.scope, ref)
    return visit.holds(schema, visit.value, visit.path, visit.told, visit.seen)


def _all_of(visit: Visit, schemas: Sequence[Json]) -> bool:
    held = True
    for schema in schemas:
        if not visit.holds(schema, visit.value, visit.path, visit.told, visit.seen):
            held = False
            if visit.told is None:
                break
    return held


def _any_of(visit: Visit, schemas: Sequence[Json]) -> bool:
    held = False
    refused: list[list[Problem]] = []
    for schema in schemas:
        told: list[Problem] | None = None if visit.told is None else []
        seen = None if visit.seen is None else Seen()
        if visit.holds(schema, visit.value, visit.path, told, seen):
            held = True
            if visit.seen is None or seen is None:
                break
            visit.seen.add(seen)
        elif told is not None:
            refused.append(told)
    return held or _fits_none(visit, refused)


def _one_of(visit: Visit, schemas: Sequence[Json]) -> bool:
    holding = 0
    refused: list[list[Problem]] = []
    for schema in schemas:
        told: list[Problem] | None = None if visit.told is None else []
        seen = None if visit.seen is None else Seen()
        if visit.holds(schema, visit.value, visit.path, told, seen):
            holding += 1
            if holding > 1:
                return visit.refuse("schemas.fits_many")
            if visit.seen is not None and seen is not None:
                visit.seen.add(seen)
        elif told is not None:
            refused.append(told)
    return holding == 1 or _fits_none(visit, refused)


def _fits_none(visit: Visit, refused: list[list[Problem]]) -> bool:
    """Tell what the one alternative refuses that is of the right type, where there is one."""
    if visit.seen is not None:
        visit.seen.everything = True
    if visit.told is None:
        return False
    wrong = {(key, pointer(visit.path)) for key in ("schemas.type", "schemas.not_foreseen")}
    meant = [told for told in refused if not any((p.key, p.pointer) in wrong for p in told)]
    if len(meant) == 1:
        visit.told.extend(meant[0])
        return False
    return visit.refuse("schemas.fits_none")


def _not(visit: Visit, schema: Json) -> bool:
    held = not visit.holds(schema, visit.value, visit.path, None, None)
    return held or visit.refuse("schemas.not")


def _if(visit: Visit, schema: Json) -> bool:
    seen = None if visit.seen is None else Seen()
    branch = "else"
    if visit.holds(schema, visit.value, visit.path, None, seen):
        branch = "then"
        if visit.seen is not None and seen is not None:
            visit.seen.add(seen)
    follows = visit.schema.get(branch, True)
    return visit.holds(follows, visit.value, visit.path, visit.told, visit.seen)


def _dependent_schemas(visit: Visit, schemas: Mapping[str, Json]) -> bool:
    held = True
    if isinstance(visit.value, dict):
        for name, schema in schemas.items():
            if name in visit.value:
                held &= visit.holds(schema, visit.value, visit.path, visit.told, visit.seen)
    return held


def _properties(visit: Visit, schemas: Mapping[str, Json]) -> bool:
    held = True
    if isinstance(visit.value, dict):
        for name, schema in schemas.items():
            if name in visit.value:
                held &= _key(visit, name, schema)
    return held


def _pattern_properties(visit: Visit, schemas: Mapping[str, Json]) -> bool:
    held = True
    if isinstance(visit.value, dict):
        for text, schema in schemas.items():
            for name in visit.value:
                if visit.matches(text, name):
                    held &= _key(visit, name, schema)
    return held


def _additional_properties(visit: Visit, schema: Json) -> bool:
    held = True
    if isinstance(visit.value, dict):
        visit.judgement.spend(len(visit.value))
        listed = visit.schema.get("properties", {})
        patterns = visit.schema.get("patternProperties", ())
        for name in visit.value:
            if name not in listed and not any(visit.matches(text, name) for text in patterns):
                held &= _key(visit, name, schema)
    return held


def _key(visit: Visit, name: str, schema: Json) -> bool:
    if visit.seen is not None:
        visit.seen.keys.add(name)
    return visit.holds(schema, visit.value[name], (*visit.path, name), visit.told, None)


def _property_names(visit: Visit, schema: Json) -> bool:
    held = True
    if isinstance(visit.value, dict):
        visit.judgement.spend(len(visit.value))
        for name in visit.value:
            held &= visit.holds(schema, name, (*visit.path, name), visit.told, None)
    return held


def _prefix_items(visit: Visit, schemas: Sequence[Json]) -> bool:
    held = True
    if isinstance(visit.value, list):
        for index, schema in enumerate(schemas[: len(visit.value)]):
            held &= _item(visit, index, schema)
    return held


def _items(visit: Visit, schema: Json) -> bool:
    held = True
    if isinstance(visit.value, list):
        visit.judgement.spend(len(visit.value))
        for index in range(len(visit.schema.get("prefixItems", ())), len(visit.value)):
            held &= _item(visit, index, schema)
    return held


def _item(visit: Visit, index: int, schema: Json) -> bool:
    if visit.seen is not None:
        visit.seen.items.add(index)
    return visit.holds(schema, visit.value[index], (*visit.path, index), visit.told, None)


def _contains(visit: Visit, schema: Json) -> bool:
    if not isinstance(visit.value, list):
        return True
    visit.judgement.spend(len(visit.value))
    least = visit.schema.get("minContains", 1)
    most = visit.schema.get("maxContains")
    found = 0
    for index, item in enumerate(visit.value):
        if visit.holds(schema, item, visit.path, None, None):
            found += 1
            if visit.seen is not None:
                visit.seen.items.add(index)
    if found < least:
        return visit.refuse("schemas.min_contains", limit=least)
    return most is None or found <= most or visit.refuse("schemas.max_contains", limit=most)


def _unevaluated_properties(visit: Visit, schema: Json) -> bool:
    held = True
    if isinstance(visit.value, dict) and visit.seen is not None and not visit.seen.everything:
        visit.judgement.spend(len(visit.value))
        for name in visit.value:
            if name not in visit.seen.keys:
                held &= _key(visit, name, schema)
    return held


def _unevaluated_items(visit: Visit, schema: Json) -> bool:
    held = True
    if isinstance(visit.value, list) and visit.seen is not None and not visit.seen.everything:
        visit.judgement.spend(len(visit.value))
        for index in range(len(visit.value)):
            if index not in visit.seen.items:
                held &= _item(visit, index, schema)
    return held


CORE: Mapping[str, Ask] = {"$ref": _ref, "$dynamicRef": _dynamic_ref}

APPLICATORS: Mapping[str, Ask] = {
    "allOf": _all_of,
    "anyOf": _any_of,
    "oneOf": _one_of,
    "not": _not,
    "if": _if,
    "dependentSchemas": _dependent_schemas,
    "properties": _properties,
    "patternProperties": _pattern_properties,
    "additionalProperties": _additional_properties,
    "propertyNames": _property_names,
    "prefixItems": _prefix_items,
    "items": _items,
    "contains": _contains,
}

UNEVALUATED: Mapping[str, Ask] = {
    "unevaluatedProperties": _unevaluated_properties,
    "unevaluatedItems": _unevaluated_items,
}
"""Asked last, when every other keyword has said what it looked at."""
