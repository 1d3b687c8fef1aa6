"""Whether a document describes files and signatures as they can be asked and kept."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from satupintu.documents import Json, pointer
from satupintu.errors import Problem
from satupintu.forms.pictures import FORMATS
from satupintu.forms.uploads import RECOGNISED

AT_ONCE = 40
"""Megabytes that one page can send: what a browser posts has a bound (``MAX_BODY``)."""

MOST_FILES = 20
"""How many files may be attached to a question whose schema names no ``maxItems``."""

Schema = Mapping[str, Json]


def files(schema: Schema) -> Iterator[Problem]:
    """Yield media types that cannot be told from content, files that no page could send, and lists
    without a bound.
    """
    for steps, ui in _told(schema):
        for number, name in enumerate(ui.get("accept", ())):
            if name not in RECOGNISED:
                near = get_close_matches(name, RECOGNISED, 1, 0)[0]
                said = {"type": name, "nearest": near, "known": ", ".join(RECOGNISED)}
                at = pointer((*steps, "accept", number))
                yield Problem("questions.accept_unknown", said, at)
        if ui.get("maxMegabytes", 0) > AT_ONCE:
            at = pointer((*steps, "maxMegabytes"))
            yield Problem("questions.file_past_request", {"limit": AT_ONCE}, at, level="warning")
    if schema.get("type") == "array" and "maxItems" not in schema:
        yield Problem("questions.files_unbounded", {"most": MOST_FILES}, level="warning")


def photos(schema: Schema) -> Iterator[Problem]:
    """Yield what holds of files too, and media types that are no pictures."""
    yield from files(schema)
    for steps, ui in _told(schema):
        for number, name in enumerate(ui.get("accept", ())):
            if name in RECOGNISED and name not in FORMATS:
                said = {"type": name, "known": ", ".join(FORMATS)}
                yield Problem("questions.no_picture", said, pointer((*steps, "accept", number)))


def signature(schema: Schema, shape: Mapping[str, Schema], always: str) -> Iterator[Problem]:
    """Yield where an answer differs from ``shape``, of which ``always`` and one more are there."""
    written = schema.get("properties", {})
    for name, wanted in shape.items():
        found = written.get(name)
        if not isinstance(found, Mapping) or any(found.get(k) != v for k, v in wanted.items()):
            said = {"name": name, "wanted": json.dumps(wanted)[1:-1]}
            yield Problem("questions.signature_shape", said, "/properties")
    closed = schema.get("additionalProperties", schema.get("unevaluatedProperties"))
    if closed is not False or written.keys() - shape.keys():
        yield Problem("questions.signature_open", {"known": ", ".join(shape)})
    if set(schema.get("required", ())) != {always} or schema.get("minProperties") != 2:
        yield Problem("questions.signature_required")


def _told(schema: Schema) -> Iterator[tuple[tuple[str, ...], Schema]]:
    """Yield what is said of a file and, of a list, at its items; with its place."""
    items = schema.get("items")
    yield ("x-ui",), schema.get("x-ui", {})
    if isinstance(items, Mapping):
        yield ("items", "x-ui"), items.get("x-ui", {})
