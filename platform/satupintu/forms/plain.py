"""A plain JSON Schema document as a form: one page that asks its answer as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from zoneinfo import ZoneInfo

from satupintu.documents import Json, pointer
from satupintu.errors import BadDocument
from satupintu.forms import reading, roundtrip
from satupintu.forms.document import WHOLE, Form
from satupintu.forms.references import NO_SCHEMAS
from satupintu.forms.roundtrip import RoundTrip

KEY = "answers"
"""The one question of such a form: what the document describes stands under it."""

TITLE = {"id": "Isian", "en": "Answers"}


def is_plain(document: Json) -> bool:
    """Return whether a document is a schema that says nothing of forms."""
    return isinstance(document, Mapping) and not {"x-form", "x-pages"} & document.keys()


def as_form(document: Mapping[str, Json]) -> Form:
    """Return a form that asks for one value under a plain 2020-12 schema.

    Raises BadDocument where the schema cannot be asked, with pointers into the schema.
    """
    document = without_anchors(document)
    definitions = document.get("$defs", {})
    own = {k: v for k, v in document.items() if k not in ("$schema", "$id", "$defs")}
    title = own.get("title") or TITLE["id"]
    name = KEY
    while name in definitions:
        name += "_"
    moved = {
        **{key: _moved(value, name) for key, value in definitions.items()},
        name: _moved(own, name),
    }
    examined = reading.examine(
        {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": title,
            "type": "object",
            "x-form": {"id": "plain", "purpose": "assessment"},
            "x-pages": [{"id": "page", "title": title, "questions": [KEY]}],
            "required": [KEY],
            "properties": {
                KEY: {
                    "x-id": KEY,
                    "title": title,
                    "x-ui": {"widget": WHOLE},
                    "$ref": f"#/$defs/{name}",
                }
            },
            "unevaluatedProperties": False,
            "$defs": moved,
        }
    )
    if examined.form is None:
        inside = f"/$defs/{name}"
        raise BadDocument(
            *(replace(p, pointer=p.pointer.removeprefix(inside)) for p in examined.problems)
        )
    return examined.form


def round_trip(
    document: Mapping[str, Json], given: Json, *, language: str, zone: ZoneInfo
) -> RoundTrip:
    """Fill in a plain schema's form with a value, and compare what came back.

    Raises BadDocument and BadAnswers as ``as_form`` and ``roundtrip.round_trip`` do.
    """
    done = roundtrip.round_trip(as_form(document), {KEY: given}, language=language, zone=zone)
    problems = (replace(p, pointer=p.pointer.removeprefix(f"/{KEY}")) for p in done.problems)
    return replace(done, answers=done.answers.get(KEY), problems=tuple(problems))


def without_anchors(document: Mapping[str, Json]) -> Mapping[str, Json]:
    """Return a document whose references to an ``$anchor`` are pointers."""
    anchors: dict[str, str] = {}
    pending: list[tuple[str, Json]] = [("", document)]
    while pending:
        where, part = pending.pop()
        if isinstance(part, Mapping):
            if isinstance(part.get("$anchor"), str):
                anchors[f"#{part['$anchor']}"] = f"#{where}"
            pending += [(where + pointer([k]), v) for k, v in part.items() if k not in NO_SCHEMAS]
        elif isinstance(part, list):
            pending += [(f"{where}/{n}", v) for n, v in enumerate(part)]
    found: Mapping[str, Json] = _pointing(document, anchors) if anchors else document
    return found


def _pointing(value: Json, anchors: Mapping[str, str]) -> Json:
    if isinstance(value, list):
        return [_pointing(v, anchors) for v in value]
    if not isinstance(value, Mapping):
        return value
    found = {k: v if k in NO_SCHEMAS else _pointing(v, anchors) for k, v in value.items()
             if k != "$anchor" or not isinstance(v, str)}  # fmt: skip
    if isinstance(found.get("$ref"), str):
        found["$ref"] = anchors.get(found["$ref"], found["$ref"])
    return found


def _moved(value: Json, name: str) -> Json:
    """Return a schema whose references to the document itself lead to where it stands now."""
    if isinstance(value, list):
        return [_moved(v, name) for v in value]
    if not isinstance(value, Mapping):
        return value
    found = {k: v if k in NO_SCHEMAS else _moved(v, name)
             for k, v in value.items()}  # fmt: skip
    ref = found.get("$ref")
    if isinstance(ref, str) and (ref == "#" or (ref.startswith("#/") and ref[:8] != "#/$defs/")):
        found["$ref"] = f"#/$defs/{name}{ref[1:]}"
    return found
