"""Listed values with titles of their own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from satupintu.documents import Json
from satupintu.forms.closed import identity


def titled(schema: Mapping[str, Json], names: Json) -> dict[str, Any] | None:
    """Return a schema whose ``enum`` is ``oneOf`` values with titles, by their order or by value.

    None where the titles do not fit the values, or where ``oneOf`` says something already. Whole
    numbers stay listed too: so they are told from numbers that are typed.
    """
    values, own = schema.get("enum"), "oneOf" in schema
    if schema.get("type") == "boolean" and values is None and isinstance(names, list):
        values = [True, False]
    if own or not isinstance(values, list):
        return None
    if isinstance(names, Mapping):
        names = [names.get(v if isinstance(v, str) else _spelled(v)) for v in values]
    if not isinstance(names, list) or len(names) < len(values):
        return None
    options: dict[object, dict[str, Any]] = {}
    for value, name in zip(values, names, strict=False):
        title = {"title": str(name)} if name not in (None, "") else {}
        options.setdefault(identity(value), {"const": value, **title})
    whole = schema.get("type") == "integer"
    made = {k: v for k, v in schema.items() if k != "enum" or whole}
    return {**made, "oneOf": list(options.values())}


def _spelled(value: Json) -> str:
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return str(value)
