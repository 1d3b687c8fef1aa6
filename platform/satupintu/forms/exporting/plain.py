"""A form as a plain JSON Schema 2020-12, which any validator in the world takes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from satupintu.documents import Json
from satupintu.forms.references import IN_PLACE, LISTED, NAMED

NEWEST = "https://json-schema.org/draft/2020-12/schema"

SPOKEN = ("title", "description")


def plain(form: Mapping[str, Json], language: str) -> dict[str, Json]:
    """Return a form's document without our ``x-`` keywords; it accepts the same answers.

    Titles and descriptions are in ``language``, where the document has them, else in its base
    language. What helps a person answer becomes the description where there is none, and what the
    form computes is ``readOnly``.
    """
    out = {k: v for k, v in _schema(form, language).items() if k != "$schema"}
    return {"$schema": NEWEST, **out}


def _schema(schema: Json, language: str) -> Any:
    if not isinstance(schema, Mapping):
        return schema
    out: dict[str, Any] = {}
    for key, value in schema.items():
        if key.startswith("x-"):
            continue
        if key in IN_PLACE:
            out[key] = _schema(value, language)
        elif key in LISTED:
            out[key] = [_schema(one, language) for one in value]
        elif key in NAMED or key == "$defs":
            out[key] = {name: _schema(one, language) for name, one in value.items()}
        else:
            out[key] = value
    texts: Mapping[str, Json] = schema.get("x-i18n", {}).get(language, {})
    out |= {key: texts[key] for key in SPOKEN if key in texts}
    help_text = texts.get("help", schema.get("x-ui", {}).get("help"))
    if help_text is not None:
        out.setdefault("description", help_text)
    if "x-computed" in schema:
        out["readOnly"] = True
    return out
