"""A plain JSON Schema document as a form: one page that asks its answer as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from satupintu.documents import Json
from satupintu.errors import BadDocument, Problem
from satupintu.forms import answers, reading, roundtrip
from satupintu.forms.document import WHOLE, Form
from satupintu.forms.importing.drafts import JUDGING
from satupintu.forms.importing.fit import fitted
from satupintu.forms.importing.questions import ANY
from satupintu.forms.importing.raising import ASIDE, raised
from satupintu.forms.roundtrip import RoundTrip

KEY = "answers"
"""The one question of such a form: what the document describes stands under it."""

TITLE = {"id": "Isian", "en": "Answers"}


def is_plain(document: Json) -> bool:
    """Return whether a document is a schema that says nothing of forms."""
    return isinstance(document, Mapping) and not {"x-form", "x-pages"} & document.keys()


def is_schema(document: Json) -> bool:
    """Return whether a document is a schema by what it says, as nothing names its kind."""
    return is_plain(document) and bool({"$schema", "$ref", *JUDGING} & document.keys())


def problems(document: Mapping[str, Json]) -> tuple[Problem, ...]:
    """Return why a plain schema cannot be asked, with pointers into it."""
    try:
        as_form(document)
    except BadDocument as e:
        return e.problems
    return ()


def refused(document: Mapping[str, Json], given: Json) -> tuple[Problem, ...]:
    """Return what a plain schema's form refuses in a value, with pointers into the value.

    Raises BadDocument as ``as_form`` does.
    """
    found = answers.problems(as_form(document), {KEY: given})
    return tuple(replace(p, pointer=p.pointer.removeprefix(f"/{KEY}")) for p in found)


def as_form(document: Mapping[str, Json]) -> Form:
    """Return a form that asks for one value under a plain schema of any draft.

    Raises BadDocument where the schema cannot be asked, with pointers into the schema.
    """
    return _form(raised(document).schema)


def _form(whole: Mapping[str, Json]) -> Form:
    definitions = {n: _own(s, "$defs", n) for n, s in whole.get("$defs", {}).items()}
    schema = _own({k: v for k, v in whole.items() if k not in ("$schema", "$defs")})
    if schema.get("properties") == {}:
        del schema["properties"]  # it says as little as if it were not there
    if not schema.keys() & JUDGING:
        schema["type"] = list(ANY)
    titled: dict[str, Json] = {"title": schema.get("title") or TITLE["id"]}
    if not schema.get("title"):
        titled["x-i18n"] = {"en": {"title": TITLE["en"]}}
    name = KEY
    while name in definitions:
        name += "_"
    examined = reading.examine(
        {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            **titled,
            "type": "object",
            "x-form": {"id": "plain", "purpose": "assessment"},
            "x-pages": [{"id": "page", **titled, "questions": [KEY]}],
            "required": [KEY],
            "properties": {
                KEY: {
                    "x-id": KEY,
                    **titled,
                    "x-ui": {"widget": WHOLE},
                    "$ref": f"#/$defs/{name}",
                }
            },
            "unevaluatedProperties": False,
            "$defs": {**definitions, name: schema},
        }
    )
    if examined.form is None:
        inside = f"/$defs/{name}"
        raise BadDocument(
            *(
                replace(p, pointer=p.pointer.removeprefix(inside))
                for p in examined.problems
                if not p.warning
            )
        )
    return examined.form


def _own(schema: Json, *steps: str) -> Any:
    """Return a schema without what nobody reads, told or not: no verdict hangs on it."""
    fit = fitted(schema, steps, lambda _key, _place, **_params: None, exact=True)
    return _without_aside(fit)


def _without_aside(value: Json) -> Json:
    if isinstance(value, Mapping):
        return {k: _without_aside(v) for k, v in value.items() if not k.startswith(ASIDE)}
    return [_without_aside(v) for v in value] if isinstance(value, list) else value


def round_trip(
    document: Mapping[str, Json], given: Json, *, language: str, zone: ZoneInfo
) -> RoundTrip:
    """Fill in a plain schema's form with a value, and compare what came back; its notes say what of
    the schema was raised otherwise than it stands there.

    Raises BadDocument and BadAnswers as ``as_form`` and ``roundtrip.round_trip`` do.
    """
    schema = raised(document)
    done = roundtrip.round_trip(_form(schema.schema), {KEY: given}, language=language, zone=zone)
    problems = (replace(p, pointer=p.pointer.removeprefix(f"/{KEY}")) for p in done.problems)
    return replace(
        done,
        answers=done.answers.get(KEY),
        problems=tuple(problems),
        notes=schema.notes,
    )
