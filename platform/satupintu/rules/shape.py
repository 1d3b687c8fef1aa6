"""The shape of a rule-set document, as ``schemas/ruleset.json`` describes it, in sentences."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from satupintu import config
from satupintu.documents import Json, once_sound, pointer
from satupintu.errors import Problem

MAX_PROBLEMS = 100
"""More than a person reads at once; a hostile document stops here."""


@once_sound
def problems(document: Json) -> list[Problem]:
    """Return what is wrong with the shape of ``document``, at most ``MAX_PROBLEMS``.

    A list that is too long ends the search: looking into it is what its bound is there to prevent.
    """
    found: list[Problem] = []
    for error in _validator().iter_errors(document):
        found.extend(islice(_said(error), MAX_PROBLEMS - len(found)))
        if error.validator in ("maxItems", "maxProperties") or len(found) >= MAX_PROBLEMS:
            break
    return found


@cache
def _validator() -> Draft202012Validator:
    path = config.content_folder() / "schemas" / "ruleset.json"
    return Draft202012Validator(json.loads(path.read_text(encoding="utf-8")))


def _said(error: ValidationError) -> Iterator[Problem]:
    where = pointer(list(error.absolute_path))
    value: Any = error.instance
    limit: Any = error.validator_value
    schema: Any = error.schema
    match error.validator:
        case "required":
            for key in limit:
                if key not in value:
                    yield Problem("rules.key_missing", {"key": key}, where)
        case "dependentRequired":
            for cause, keys in limit.items():
                for key in keys if cause in value else ():
                    if key not in value:
                        yield Problem(
                            "rules.key_missing_beside", {"key": key, "cause": cause}, where
                        )
        case "additionalProperties":
            known = schema.get("properties", {})
            for key in sorted(value.keys() - known.keys()):
                yield Problem(
                    "rules.key_unknown",
                    {"key": key[:80], "known": ", ".join(known)},
                    where + pointer([key]),
                )
        case "type":
            wanted = limit if isinstance(limit, str) else "value"
            yield Problem(f"rules.not_{wanted}", {}, where)
        case "enum":
            yield Problem("rules.not_among", {"known": ", ".join(map(str, limit))}, where)
        case "pattern":
            yield Problem("rules.not_an_id", {"value": str(value)[:80]}, where)
        case "minimum":
            yield Problem("rules.too_small", {"limit": limit}, where)
        case "maximum":
            yield Problem("rules.too_big", {"limit": limit}, where)
        case "minLength" | "minItems" | "minProperties":
            yield Problem("rules.empty", {}, where)
        case "maxLength" | "maxItems" | "maxProperties":
            yield Problem("rules.too_many", {"limit": limit}, where)
        case other:
            raise AssertionError(f"schemas/ruleset.json uses {other}, which has no sentence")
