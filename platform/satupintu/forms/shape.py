"""The shape of a form document, as ``schemas/form.json`` describes it, in plain sentences."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from jsonschema import ValidationError

from satupintu import config
from satupintu.conditions.nearest import or_nearest, shown
from satupintu.documents import Json, once_sound, pointer
from satupintu.errors import Problem
from satupintu.forms.closed import Closed

MAX_PROBLEMS = 100
"""More than a person reads at once; a hostile document stops here."""

MAX_DEPTH = 40
"""A conditional question inside a repeated group inside two conditions is some 25 deep."""

ANNOTATIONS = frozenset(
    {"$comment", "default", "deprecated", "examples", "readOnly", "writeOnly", "contentMediaType",
     "contentEncoding"}
)  # fmt: skip
"""Keywords of the standard that judge no answer; the meta-schema lets them pass without a word."""


def problems(document: Json) -> list[Problem]:
    """Return what is wrong with the shape of ``document``, at most ``MAX_PROBLEMS``."""
    if not isinstance(document, dict):
        return [Problem("forms.not_an_object")]
    deep = _deeper_than(document, MAX_DEPTH)
    if deep is not None:
        return [Problem("forms.too_deep", {"limit": MAX_DEPTH}, pointer(deep))]
    return _by_meta_schema(document)


@once_sound
def _by_meta_schema(document: Json) -> list[Problem]:
    """Return what the meta-schema refuses.

    A list that is too long ends the search: looking into it is what its bound is there to prevent.
    """
    found: list[Problem] = []
    for error in meta_schema().errors(document):
        found.extend(_said(error))
        if error.validator in ("maxItems", "maxProperties") or len(found) >= MAX_PROBLEMS:
            break
    return found[:MAX_PROBLEMS]


@cache
def known_keywords() -> frozenset[str]:
    """Return every keyword that ``schemas/form.json`` speaks of, and the plain annotations."""
    defs = _document()["$defs"]
    listed = {*defs["keywords"]["properties"], *defs["schema"]["properties"]}
    return ANNOTATIONS | listed | set(_document()["properties"])


@cache
def known_x_keywords() -> frozenset[str]:
    """Return every keyword of ours that a schema inside a form may use."""
    return frozenset(_document()["$defs"]["schema"]["propertyNames"]["then"]["enum"])


@cache
def meta_schema() -> Closed:
    """Return the validator of form documents."""
    return Closed(_document())


_Reached = tuple[Json, "_Reached | None", str | int]
"""A value inside another, what holds it, and the step that leads from there."""


@cache
def _document() -> Mapping[str, Json]:
    path = config.content_folder() / "schemas" / "form.json"
    document: Mapping[str, Json] = json.loads(path.read_text(encoding="utf-8"))
    return document


def _deeper_than(value: Json, limit: int) -> list[str | int] | None:
    """Return the way to something that is nested deeper than ``limit``, None where nothing is."""
    level: list[_Reached] = [(value, None, "")]
    for _ in range(limit):
        level = [
            (below, reached, step)
            for reached in level
            if isinstance(reached[0], dict | list)
            for step, below in _steps(reached[0])
        ]
        if not level:
            return None
    way: list[str | int] = []
    last: _Reached | None = level[0]
    while last is not None and last[1] is not None:
        way.append(last[2])
        last = last[1]
    return way[::-1]


def _steps(value: dict[str, Json] | list[Json]) -> Iterable[tuple[str | int, Json]]:
    return value.items() if isinstance(value, dict) else enumerate(value)


def _said(error: ValidationError) -> Iterator[Problem]:
    where = pointer(list(error.absolute_path))
    value: Any = error.instance
    limit: Any = error.validator_value
    match error.validator:
        case "propertyNames":
            yield from (_name_refused(reason, where) for reason in error.context or ())
        case None:
            yield Problem("forms.keyword_refused", {"keyword": error.absolute_path[-1]}, where)
        case "required":
            for key in limit:
                if key not in value:
                    yield Problem("forms.key_missing", {"key": key}, where)
        case "dependentRequired":
            for cause, keys in limit.items():
                for key in keys if cause in value else ():
                    if key not in value:
                        yield Problem(
                            "forms.key_missing_beside", {"key": key, "cause": cause}, where
                        )
        case "additionalProperties":
            known = error.schema.get("properties", {}) if isinstance(error.schema, dict) else {}
            for name in sorted(value.keys() - known.keys()):
                key, params = or_nearest("forms.key_unknown", name, known)
                yield Problem(key, params, where)
        case "enum" if isinstance(value, str):
            key, params = or_nearest("forms.value_unknown", value, [str(v) for v in limit])
            yield Problem(key, {**params, "known": ", ".join(map(str, limit))}, where)
        case "const" | "enum":
            wanted = json.dumps(limit, ensure_ascii=False)
            yield Problem("forms.value_must_be", {"wanted": wanted}, where)
        case "type":
            kinds = limit if isinstance(limit, str) else ", ".join(limit)
            yield Problem("forms.type_wrong", {"type": kinds}, where)
        case "pattern":
            yield Problem("forms.text_not_allowed", {"value": shown(value)}, where)
        case "minItems" | "minLength" | "minimum":
            yield Problem("forms.too_little", {"limit": limit}, where)
        case "maxItems" | "maxLength" | "maximum" | "maxProperties":
            yield Problem("forms.too_much", {"limit": limit}, where)
        case "uniqueItems":
            yield Problem("forms.items_repeated", {}, where)
        case other:
            yield Problem("forms.keyword_breaks", {"keyword": str(other)}, where)


def _name_refused(error: ValidationError, where: str) -> Problem:
    """Say for what reason the key that ``where`` ends in may not be called so."""
    name = str(error.instance)
    if error.validator == "enum":
        known: Any = error.validator_value
        key, params = or_nearest("forms.x_keyword_unknown", name, known)
        return Problem(key, {**params, "known": ", ".join(known)}, where)
    return Problem("forms.key_not_a_name", {"key": shown(name)}, where)
