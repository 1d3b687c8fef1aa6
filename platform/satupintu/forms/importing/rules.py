"""Rules that show and hide, as conditions of the schema itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from satupintu.documents import Json
from satupintu.forms.importing.json_forms import Rule


def ruled(schema: Mapping[str, Json], rules: Iterable[Rule]) -> tuple[dict[str, Any], list[Rule]]:
    """Return the schema of an object in which properties are asked only where their rule holds,
    and the rules that could not be said.
    """
    out: dict[str, Any] = dict(schema)
    lost: list[Rule] = []
    for rule in rules:
        made = _said(out, rule.path, rule.names, rule.condition)
        if made is None:
            lost.append(rule)
        else:
            out = made
    return out, lost


def _said(
    schema: Mapping[str, Json], path: tuple[str, ...], names: tuple[str, ...], condition: Json
) -> dict[str, Any] | None:
    properties = schema.get("properties")
    if not isinstance(properties, Mapping):
        return None
    if path:
        inner, below = _inside(condition, path[0]), properties.get(path[0])
        if not isinstance(below, Mapping):
            return None
        if inner is None:  # a condition from outside hides the whole object, or cannot be said
            all_of_it = len(path) == 1 and set(below.get("properties", ())) <= set(names)
            return _said(schema, (), path, condition) if all_of_it else None
        made = _said(below, path[1:], names, inner)
        return None if made is None else {**schema, "properties": {**properties, path[0]: made}}
    there = [name for name in names if name in properties and name not in _mentioned(condition)]
    if not there:
        return None
    needed = [name for name in schema.get("required", ()) if name in there]
    then: dict[str, Any] = {"properties": {name: properties[name] for name in there}}
    if needed:
        then["required"] = needed
    out = dict(schema)
    out["properties"] = {k: v for k, v in properties.items() if k not in there}
    if "required" in schema:
        out["required"] = [name for name in schema["required"] if name not in there]
    out["allOf"] = [*schema.get("allOf", ()), {"if": condition, "then": then}]
    return out


def _inside(condition: Json, key: str) -> dict[str, Any] | None:
    """Return a condition on one property as the condition of what stands in it."""
    if not isinstance(condition, Mapping):
        return None
    for keyword in ("allOf", "anyOf"):
        if set(condition) == {keyword}:
            parts = [_inside(one, key) for one in condition[keyword]]
            return None if None in parts else {keyword: parts}
    if set(condition) == {"not"}:
        inner = _inside(condition["not"], key)
        return None if inner is None else {"not": inner}
    if set(condition.get("properties", ())) != {key}:
        return None
    found = condition["properties"][key]
    return dict(found) if isinstance(found, Mapping) and "properties" in found else None


def _mentioned(condition: Json) -> set[str]:
    if isinstance(condition, list):
        return {name for one in condition for name in _mentioned(one)}
    if not isinstance(condition, Mapping):
        return set()
    return set(condition.get("properties", ())) | {
        name for key in ("allOf", "anyOf", "not") for name in _mentioned(condition.get(key))
    }
