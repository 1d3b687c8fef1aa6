"""Hostile and broken documents come to an end: a form, or a sentence with its place."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conditions.condition_strategies import sized
from forms.older_strategies import DRAFTS, VALUES, older
from satupintu.errors import BadDocument, Problem
from satupintu.forms.importing.drafts import JUDGING
from satupintu.forms.importing.form import Wanted, from_schema

Json = Any
SECONDS = 10
"""What an honest form of 300 questions takes is well below one."""


def doubling(of: str) -> Json:
    """Return definitions of which each brings the next in twice."""
    definitions: dict[str, Json] = {
        "d30": {"type": "object", "properties": {"x": {"type": "string"}}}
    }
    for n in range(30):
        ref = {"$ref": f"#/definitions/d{n + 1}"}
        definitions[f"d{n}"] = (
            {"allOf": [ref, dict(ref)]}
            if of == "allOf"
            else {"type": "object", "properties": {"l": ref, "r": dict(ref)}}
        )
    return {"$ref": "#/definitions/d0", "definitions": definitions}


def conditions(many: int) -> Json:
    """Return answers of which each hangs on both values of the one before."""
    properties = {"a0": {"type": "string", "enum": ["p", "q"]}}
    depends: dict[str, Json] = {}
    for n in range(many):
        more = {"properties": {f"a{n + 1}": {"type": "string", "enum": ["p", "q"]}}}
        branches = [{"properties": {f"a{n}": {"const": v}, **more["properties"]}} for v in "pq"]
        depends[f"a{n}"] = {"oneOf": branches}
    return {"properties": properties, "dependencies": depends}


HOSTILE: dict[str, Json] = {
    "groups that double": doubling("properties"),
    "allOf that doubles": doubling("allOf"),
    "a reference to itself": {"$ref": "#"},
    "two that lead to each other": {
        "$ref": "#/definitions/a",
        "definitions": {"a": {"$ref": "#/definitions/b"}, "b": {"$ref": "#/definitions/a"}},
    },
    "allOf of itself": {"properties": {"a": {"type": "string"}}, "allOf": [{"$ref": "#"}]},
    "2,000 definitions of one name": {
        "definitions": {f"a{' ' * n}": {"type": "string"} for n in range(2000)},
        "properties": {f"k{n}": {"type": "string"} for n in range(900)},
    },
    "2,000 properties": {"properties": {f"k{n}": {"type": "string"} for n in range(2000)}},
    "conditions upon conditions": conditions(25),
    "a long list": {"properties": {"a": {"enum": [f"v{n}" for n in range(50_000)]}}},
    "a pattern without end": {"properties": {"a": {"type": "string", "pattern": "(a+)+$"}}},
    "no text for a title": {"title": 7, "properties": {"a": {"type": "string", "title": []}}},
}


def imported(schema: Json, ui: Json) -> tuple[Problem, ...]:
    """Return what is said of a schema, whether it became a form or not."""
    try:
        made = from_schema(schema, ui, Wanted(id="asing", file="s", ui_file="u"))
    except BadDocument as e:
        return e.problems
    assert made.form["x-pages"]
    return (*made.notes, *made.problems)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_schema_comes_to_an_end(name: str) -> None:
    start = time.process_time()
    for told in imported(HOSTILE[name], None):
        assert told.sentence("en")
    assert time.process_time() - start < SECONDS


@sized(150, assured=5_000)
@given(st.data())
def test_any_schema_and_any_look_become_a_form_or_a_sentence(data: st.DataObject) -> None:
    schema = data.draw(DRAFTED | WRONG)
    ui = data.draw(st.none() | LOOKS)
    for told in imported(schema, ui):
        assert told.sentence("id")
        assert told.sentence("en")


KEYWORDS = st.sampled_from(
    sorted(JUDGING | {"definitions", "$defs", "enumNames", "nullable", "id", "$id", "title"})
)
WRONG = st.dictionaries(
    KEYWORDS,
    st.recursive(VALUES, lambda inner: st.dictionaries(KEYWORDS, inner, max_size=3), max_leaves=8),
    max_size=4,
)
"""Keywords with values that are mostly none of theirs."""
DRAFTED = st.sampled_from(sorted(DRAFTS)).flatmap(older).map(lambda s: {**s, "type": "object"})
NAMES = st.sampled_from(
    ["ui:widget", "ui:order", "ui:help", "ui:options", "ui:enumNames", "items", "a", "b", "type",
     "elements", "scope", "rule", "effect", "condition", "schema", "options", "label", "oneOf"]
)  # fmt: skip
WORDS = VALUES | st.sampled_from(
    ["Control", "VerticalLayout", "Group", "#/properties/a", "SHOW", "hidden", "radio"]
)
LOOKS = st.recursive(
    WORDS,
    lambda inner: st.dictionaries(NAMES, inner, max_size=5) | st.lists(inner, max_size=3),
    max_leaves=15,
)


@pytest.mark.parametrize(
    ("schema", "told"),
    [
        ({"type": "string", "enum": "a", "nullable": True}, "/properties/a/enum"),
        ({"allOf": [True, {"enum": ["a", "b"]}]}, None),
        ({"allOf": [{"enum": ["a", "b"]}, False]}, None),
    ],
)
def test_a_schema_where_another_kind_of_value_is_usual_is_imported_or_told(
    schema: Json, told: str | None
) -> None:
    document = {"type": "object", "properties": {"a": schema}}
    try:
        problems = from_schema(document, None, Wanted("any")).problems
    except BadDocument as e:
        problems = e.problems
    assert [p.pointer for p in problems] == ([] if told is None else [told])
