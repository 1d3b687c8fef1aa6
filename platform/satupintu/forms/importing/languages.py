"""Texts that came in another language than the base language, said in theirs too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from satupintu.documents import Json
from satupintu.forms.references import NO_SCHEMAS

SPOKEN = ("title", "description", "intro")


def translated(document: Mapping[str, Json], language: str) -> dict[str, Any]:
    """Return a form whose texts stand in ``x-i18n`` for their own language as well.

    The base language keeps them until somebody translates them there.
    """
    found: dict[str, Any] = _spoken(document, language)
    return found


def _spoken(value: Json, language: str, names: bool = False) -> Json:
    if isinstance(value, list):
        return [_spoken(one, language) for one in value]
    if not isinstance(value, Mapping):
        return value
    out: dict[str, Any] = {}
    for key, one in value.items():
        own = not names and (key in NO_SCHEMAS or (key[:2] == "x-" and key != "x-pages"))
        out[key] = one if own else _spoken(one, language, not names and key in HOLDERS)
    if names:
        return out
    texts: dict[str, Json] = {k: out[k] for k in SPOKEN if isinstance(out.get(k), str)}
    about = out.get("x-ui")
    if isinstance(about, Mapping) and isinstance(about.get("help"), str):
        texts["help"] = about["help"]
    if texts:
        known = out.get("x-i18n", {})
        out["x-i18n"] = {**known, language: {**texts, **known.get(language, {})}}
    return out


HOLDERS = frozenset(
    {"properties", "patternProperties", "dependentSchemas", "$defs", "dependentRequired"}
)
"""The keywords whose keys are names, not keywords."""
