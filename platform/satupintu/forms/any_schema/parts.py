"""Where schemas stand inside a schema."""

from __future__ import annotations

from collections.abc import Iterator

from satupintu.documents import Json

IN_PLACE = (
    *("additionalProperties", "contains", "contentSchema", "else", "if", "items", "not"),
    *("propertyNames", "then", "unevaluatedItems", "unevaluatedProperties"),
)
LISTED = ("allOf", "anyOf", "oneOf", "prefixItems")
NAMED = ("$defs", "definitions", "dependentSchemas", "patternProperties", "properties")
"""The keywords of 2020-12 that hold schemas: one, a list, or by name."""

Steps = tuple[str | int, ...]


def below(schema: Json) -> Iterator[tuple[Steps, Json]]:
    """Yield the schemas directly inside one, each with the steps that lead to it.

    What has the wrong shape is passed over: it is walked through before anyone has checked it.
    """
    if not isinstance(schema, dict):
        return
    for keyword, value in schema.items():
        if keyword in IN_PLACE:
            yield (keyword,), value
        elif keyword in LISTED and isinstance(value, list):
            yield from (((keyword, index), part) for index, part in enumerate(value))
        elif keyword in NAMED and isinstance(value, dict):
            yield from (((keyword, name), part) for name, part in value.items())


def walk(schema: Json) -> Iterator[tuple[Steps, Json]]:
    """Yield a schema and every schema inside it, each with the steps from the first."""
    pending: list[tuple[Steps, Json]] = [((), schema)]
    while pending:
        steps, part = pending.pop()
        yield steps, part
        pending.extend(((*steps, *more), found) for more, found in below(part))
