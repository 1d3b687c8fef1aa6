"""A document against its meta-schema in ``schemas/``: each problem a sentence with its place."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from referencing import Registry

from satupintu import config
from satupintu.documents import Json, once_sound, pointer
from satupintu.errors import Problem
from satupintu.words import Text, languages

_SAID = {
    "additionalProperties": "agencies.shape.additional",
    "enum": "agencies.shape.enum",
    "maximum": "agencies.shape.maximum",
    "maxItems": "agencies.shape.max_items",
    "maxLength": "agencies.shape.max_length",
    "minimum": "agencies.shape.minimum",
    "minItems": "agencies.shape.min_items",
    "minLength": "agencies.shape.min_length",
    "required": "agencies.shape.required",
    "type": "agencies.shape.type",
    "uniqueItems": "agencies.shape.unique",
}


@cache
def _validator(name: str) -> Draft202012Validator:
    path = config.content_folder() / "schemas" / f"{name}.json"
    registry: Registry[Any] = Registry()  # it never fetches
    return Draft202012Validator(json.loads(path.read_text(encoding="utf-8")), registry=registry)


@once_sound
def problems(document: Json, name: str) -> list[Problem]:
    """Return what the meta-schema ``schemas/NAME.json`` refuses in ``document``, in its order."""
    errors = sorted(
        _validator(name).iter_errors(document), key=lambda e: pointer(list(e.absolute_path))
    )
    return [problem for error in errors for problem in _said(error)]


def _said(error: ValidationError) -> Iterator[Problem]:
    where = pointer(list(error.absolute_path))
    if error.validator == "anyOf":  # "this or null": the first branch says what is meant
        for inner in error.context or ():
            if inner.schema_path[0] == 0:
                yield from _said(inner)
        return
    expected: Any = error.validator_value
    schema: Any = error.schema
    if error.validator == "required":  # one error for each missing key, named only in the message
        key = next(key for key in expected if error.message.startswith(repr(key)))
        yield Problem(_SAID["required"], {"key": key}, where)
        return
    if error.validator == "additionalProperties":
        instance: Any = error.instance
        for key in instance:
            if key not in schema.get("properties", {}):
                yield Problem(_SAID["additionalProperties"], {"key": key}, where + pointer([key]))
        return
    if error.validator == "pattern":  # nobody reads a pattern: its $comment names the sentence
        key = f"agencies.shape.pattern.{schema['$comment']}"
        yield Problem(key, {"value": _short(error.instance)}, where)
        return
    if isinstance(expected, list):
        expected = ", ".join(str(item) for item in expected)
    key = _SAID.get(str(error.validator), "agencies.shape.other")
    yield Problem(key, {"value": _short(error.instance), "limit": expected}, where)


def _short(value: Json) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else text[:59] + "…"


def repeated(ids: list[str], parts: list[str | int]) -> Iterator[Problem]:
    """Yield a problem for each id that stands a second time in a list at ``parts``."""
    seen: set[str] = set()
    for index, one in enumerate(ids):
        if one in seen:
            yield Problem("agencies.repeated", {"id": one}, pointer([*parts, index, "id"]))
        seen.add(one)


def untranslated(text: Text, where: str) -> Iterator[Problem]:
    """Yield a warning for each language that a text lacks."""
    for language in languages():
        if language not in text:
            params = {"language": language}
            yield Problem("agencies.untranslated", params, where, level="warning")
