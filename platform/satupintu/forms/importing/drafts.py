"""The drafts of JSON Schema that come in, and which keywords mean something in each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from satupintu.conditions.nearest import shown
from satupintu.documents import Json
from satupintu.errors import BadDocument, Problem

NEWEST = "https://json-schema.org/draft/2020-12/schema"

_FOUR = frozenset(
    {"$ref", "type", "enum", "properties", "patternProperties", "additionalProperties", "required",
     "minProperties", "maxProperties", "items", "additionalItems", "minItems", "maxItems",
     "uniqueItems", "minLength", "maxLength", "pattern", "format", "minimum", "maximum",
     "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "allOf", "anyOf", "oneOf", "not",
     "dependencies"}
)  # fmt: skip
_SIX = _FOUR | {"const", "contains", "propertyNames"}
_SEVEN = _SIX | {"if", "then", "else"}
_SINCE_NINETEEN = frozenset(
    {"dependentRequired", "dependentSchemas", "minContains", "maxContains", "unevaluatedItems",
     "unevaluatedProperties", "contentSchema"}
)  # fmt: skip
_NINETEEN = (_SEVEN - {"dependencies"}) | _SINCE_NINETEEN | {"$recursiveRef"}
_TWENTY = (_NINETEEN - {"additionalItems", "$recursiveRef"}) | {"prefixItems", "$dynamicRef"}

JUDGING = _SEVEN | _NINETEEN | _TWENTY
"""Every keyword that judges answers in any of them."""

IN_PLACE = frozenset(
    {"additionalItems", "additionalProperties", "not", "contains", "propertyNames", "if", "then",
     "else", "unevaluatedItems", "unevaluatedProperties", "contentSchema"}
)  # fmt: skip
LISTED = frozenset({"allOf", "anyOf", "oneOf", "prefixItems"})
NAMED = frozenset({"properties", "patternProperties", "dependentSchemas"})
DEFINITIONS = ("definitions", "$defs")


@dataclass(frozen=True)
class Draft:
    """One draft: ``judging`` are its keywords, ``alone`` whether ``$ref`` hides what is beside it,
    ``names`` the keywords that name a schema.
    """

    name: str
    judging: frozenset[str]
    alone: bool
    names: tuple[str, ...]


DRAFTS: Mapping[str, Draft] = {
    "04": Draft("04", _FOUR, True, ("id",)),
    "06": Draft("06", _SIX, True, ("$id",)),
    "07": Draft("07", _SEVEN, True, ("$id",)),
    "2019-09": Draft("2019-09", _NINETEEN, False, ("$id",)),
    "2020-12": Draft("2020-12", _TWENTY, False, ("$id",)),
}

_UNSAID_OLD = Draft("07", JUDGING, True, ("$id", "id"))
_UNSAID_NEW = Draft("2020-12", JUDGING, False, ("$id",))


def draft_of(document: Json, name: str | None = None) -> Draft:
    """Return the draft that a document names, or that ``name`` says.

    Where neither does, its keywords tell whether it is an old one, and those of every draft mean
    what their own draft says. Raises BadDocument where the document names one that is unknown.
    """
    if name is not None:
        return DRAFTS[name]
    said = document.get("$schema") if isinstance(document, Mapping) else None
    if said is None:
        return _UNSAID_OLD if any(_old(p) for p in _parts(document)) else _UNSAID_NEW
    for known, draft in DRAFTS.items():
        if isinstance(said, str) and f"json-schema.org/draft-{known}/" in said:
            return draft
        if isinstance(said, str) and f"json-schema.org/draft/{known}/" in said:
            return draft
    if said in ("http://json-schema.org/schema#", "http://json-schema.org/schema"):
        return _UNSAID_OLD
    params = {"draft": shown(str(said)), "known": ", ".join(DRAFTS)}
    raise BadDocument(Problem("imports.draft_unknown", params, "/$schema"))


def below(schema: Mapping[str, Json], draft: Draft) -> Iterator[tuple[tuple[str | int, ...], Json]]:
    """Yield every schema directly inside one, with the steps that lead to it."""
    for key, value in schema.items():
        if key in DEFINITIONS and isinstance(value, Mapping):
            yield from (((key, name), one) for name, one in value.items())
        elif key not in draft.judging:
            continue
        elif key in IN_PLACE or (key == "items" and not isinstance(value, list)):
            yield (key,), value
        elif (key in LISTED or key == "items") and isinstance(value, list):
            yield from (((key, index), one) for index, one in enumerate(value))
        elif key in NAMED and isinstance(value, Mapping):
            yield from (((key, name), one) for name, one in value.items())
        elif key == "dependencies" and isinstance(value, Mapping):
            yield from (((key, n), one) for n, one in value.items() if isinstance(one, Mapping))


def _parts(document: Json) -> Iterator[Mapping[str, Json]]:
    pending = [document]
    while pending:
        part = pending.pop()
        if isinstance(part, Mapping):
            yield part
            pending.extend(one for _, one in below(part, _UNSAID_NEW))


def _old(part: Mapping[str, Json]) -> bool:
    return (
        bool(part.keys() & {"definitions", "dependencies", "additionalItems"})
        or isinstance(part.get("items"), list)
        or any(isinstance(part.get(k), bool) for k in ("exclusiveMinimum", "exclusiveMaximum"))
        or (isinstance(part.get("id"), str) and "$id" not in part)
    )
