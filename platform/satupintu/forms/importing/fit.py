"""What a form's own rules refuse, written otherwise where it means the same, else set aside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import re2

from satupintu.documents import Json, pointer
from satupintu.forms.closed import FORMATS, identity, pattern
from satupintu.forms.importing.hints import Tell
from satupintu.forms.importing.raising import ASIDE
from satupintu.forms.references import ABOUT, IN_PLACE, LISTED, NAMED
from satupintu.forms.shape import known_x_keywords

LONGEST_PATTERN = 500
LONGEST_TEXT = 4000


def fitted(schema: Json, steps: tuple[str | int, ...], tell: Tell, *, exact: bool = False) -> Json:
    """Return a schema, and all below it, as a form may hold it.

    ``exact`` changes no verdict: patterns that are not run stay, to be refused, and no text
    becomes a file.
    """
    if not isinstance(schema, Mapping):
        return schema
    out: dict[str, Any] = {}
    for key, value in schema.items():
        at = (*steps, key)
        if key in IN_PLACE:
            out[key] = fitted(value, at, tell, exact=exact)
        elif key in LISTED:
            if value:
                out[key] = [fitted(one, (*at, n), tell, exact=exact) for n, one in enumerate(value)]
        elif key in NAMED:
            out[key] = {
                name: fitted(one, (*at, name), tell, exact=exact) for name, one in value.items()
            }
        elif key in ("title", "description") and not (isinstance(value, str) and value.strip()):
            if value not in ("", None):
                out[ASIDE + key] = value
        elif key in ("title", "description") and len(value) > LONGEST_TEXT:
            out[key] = value[: LONGEST_TEXT - 1] + "…"
            out[ASIDE + key] = value
            tell("imports.text_cut", pointer(at), keyword=key, limit=LONGEST_TEXT)
        elif key.startswith("x-") and key not in known_x_keywords():
            out[ASIDE + key] = value
            tell("imports.x_keyword", pointer(at), keyword=key)
        elif key == "pattern" and not exact and not _runs(value):
            out[ASIDE + key] = value
            tell("imports.pattern_lost", pointer(at))
        else:
            out[key] = value
    if not exact and out.get("type") == "string" and out.get("format") == "data-url":
        out |= {"format": "uuid", "x-ui": {**out.get("x-ui", {}), "widget": "file"}}
        tell("imports.file_by_id", pointer(steps))
    out = as_options(out)
    clash = "$ref" in out and any(
        k not in ABOUT and k[:2] not in ("x-", "$r") and ":" not in k for k in out
    )
    if clash:  # a form lets nothing beside a reference say the same keyword again
        out["allOf"] = [*out.get("allOf", ()), {"$ref": out.pop("$ref")}]
    return out


def as_options(schema: dict[str, Any]) -> dict[str, Any]:
    """Return alternatives that are single values with titles as ``oneOf`` constants."""
    for keyword in ("anyOf", "oneOf"):
        found = [_option(one) for one in schema.get(keyword, ())]
        options = [one for one in found if one is not None]
        consts = {identity(one["const"]) for one in options}
        if options and len(options) == len(found) == len(consts):
            if keyword == "anyOf" and "oneOf" in schema:
                continue
            rest = {k: v for k, v in schema.items() if k != keyword}
            return {**rest, "oneOf": options}
    return schema


def _option(branch: Json) -> dict[str, Any] | None:
    if not isinstance(branch, Mapping):
        return None
    known = {"const", "enum", "title", "description", "type", "x-i18n", "$comment"}
    listed = branch.get("enum", [branch["const"]] if "const" in branch else [])
    if len(listed) != 1 or branch.keys() - known or not _typed(branch.get("type"), listed[0]):
        return None
    kept = {k: v for k, v in branch.items() if k not in ("const", "enum", "type")}
    return {"const": listed[0], **kept}


def _typed(name: Json, value: Json) -> bool:
    match value:
        case bool():
            return name in (None, "boolean")
        case str():
            return name in (None, "string")
        case int():
            return name in (None, "integer", "number")
        case _:
            return name is None


def _runs(text: Json) -> bool:
    if not isinstance(text, str) or len(text) > LONGEST_PATTERN:
        return False
    try:
        pattern(text)
    except re2.error:
        return False
    return True


def asked_format(name: Json) -> bool:
    """Tell whether a form checks a format."""
    return name in FORMATS
