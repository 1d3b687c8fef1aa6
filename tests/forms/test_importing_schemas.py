"""Schemas that were written for others come in: raised, made into forms, asked, answered."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator, Draft202012Validator
from jsonschema.validators import validator_for

from conditions.condition_strategies import sized
from forms.going_round import tried
from forms.older_strategies import ANSWERS, DRAFTS, VALUES, conditional, older
from satupintu.errors import BadDocument
from satupintu.forms.check import everything
from satupintu.forms.closed import Closed
from satupintu.forms.importing.form import ONE, Imported, Wanted, from_schema
from satupintu.forms.importing.raising import raised
from satupintu.forms.reading import examine, read

Json = Any

SAMPLES = {
    p.stem: json.loads(p.read_text("utf-8"))
    for p in sorted((Path(__file__).parent / "imports").glob("*.json"))
}
FOR_AN_ADMINISTRATOR = {
    "forms.sensitivity_missing", "forms.option_untitled", "forms.keyword_unread",
    "forms.integer_unbounded", "forms.untranslated",
}  # fmt: skip
"""Warnings about what no foreign document can know."""


def imported(schema: Json, ui: Json = None, **more: Any) -> Imported:
    return from_schema(schema, ui, Wanted(id="asing", **more))


def under(made: Imported, answers: Json) -> Json:
    """Return answers as the form asks them, as one where it must."""
    return {ONE: answers} if ONE in made.form["properties"] else answers


def keys(made: Imported) -> list[str]:
    return sorted({note.key for note in made.notes})


@sized(300, assured=20_000)
@given(st.data())
@pytest.mark.parametrize("draft", DRAFTS)
def test_a_raised_schema_gives_the_verdicts_of_its_own_draft(
    draft: str, data: st.DataObject
) -> None:
    schema = data.draw(older(draft))
    made = raised(schema, draft)
    Draft202012Validator.check_schema(made.schema)
    for value in data.draw(st.lists(VALUES, min_size=4, max_size=4)):
        verdict = DRAFTS[draft](schema).is_valid(value)
        assert Draft202012Validator(made.schema).is_valid(value) is verdict, value


@sized(150, assured=5_000)
@given(st.data())
def test_a_form_accepts_what_its_schema_does_where_it_asks(data: st.DataObject) -> None:
    schema = data.draw(conditional())
    made = imported(schema)
    assert made.problems == ()
    closed = Closed(made.form)
    for answers in data.draw(st.lists(ANSWERS, min_size=4, max_size=4)):
        told = list(closed.errors(under(made, answers)))
        if Draft7Validator(schema).is_valid(answers):
            assert {e.validator for e in told} <= {"unevaluatedProperties"}
        else:
            assert told


@sized(40, assured=1_000)
@given(st.data())
def test_accepted_answers_go_round_the_form_that_was_made(data: st.DataObject) -> None:
    made = imported(data.draw(conditional()))
    form, closed = read(made.form), Closed(made.form)
    for answers in data.draw(st.lists(ANSWERS, min_size=4, max_size=4)):
        if closed.accepts(given := under(made, answers)):
            done = tried(form, given)
            assert (done.problems, done.unlabelled, done.equal) == ((), (), True)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_becomes_a_form_that_check_takes(name: str) -> None:
    sample = SAMPLES[name]
    made = imported(sample["schema"], sample.get("ui"), language="en")
    assert made.problems == ()
    assert keys(made) == sample["told"]
    assert {p.key for p in everything(examine(made.form))} <= FOR_AN_ADMINISTRATOR
    if "pages" in sample:
        assert [page["title"] for page in made.form["x-pages"]] == sample["pages"]


@pytest.mark.parametrize(
    ("name", "n"), [(name, n) for name, s in SAMPLES.items() for n in range(len(s["answers"]))]
)
@pytest.mark.parametrize("language", ["id", "en"])
def test_the_answers_of_a_sample_go_round(name: str, n: int, language: str) -> None:
    sample = SAMPLES[name]
    made = imported(sample["schema"], sample.get("ui"))
    answers = sample["answers"][n]
    judge = validator_for(sample["schema"], default=Draft7Validator)
    judge(sample["schema"]).validate(answers)
    done = tried(read(made.form), under(made, answers), language)
    assert (done.problems, done.unlabelled, done.equal) == ((), (), True)


@pytest.mark.parametrize("name", SAMPLES)
def test_what_the_document_of_a_sample_refuses_its_form_refuses_too(name: str) -> None:
    sample = SAMPLES[name]
    made = imported(sample["schema"], sample.get("ui"))
    judge = validator_for(sample["schema"], default=Draft7Validator)(sample["schema"])
    for answers in sample["refused"]:
        assert not judge.is_valid(answers)
        assert not Closed(made.form).accepts(under(made, answers))


def test_there_are_as_many_samples_as_were_promised() -> None:
    assert len(SAMPLES) >= 12


def test_every_keyword_of_a_foreign_document_is_still_somewhere_in_the_form() -> None:
    schema = {
        "$schema": "http://json-schema.org/draft-04/schema#",
        "type": "object",
        "vendor": {"kept": [1]},
        "x-vendor": "kept too",
        "properties": {"a": {"type": "string", "const": "unread", "$comment": "note", "other": 1}},
    }
    made = imported(schema)
    assert made.form["vendor"] == {"kept": [1]}
    assert made.form["import:x-vendor"] == "kept too"
    asked = made.form["properties"]["a"]
    assert (asked["import:const"], asked["$comment"], asked["other"]) == ("unread", "note", 1)
    assert {n.pointer for n in made.notes} >= {"/x-vendor", "/properties/a/const"}


def test_required_on_a_property_moves_to_its_object() -> None:
    schema = {"type": "object", "properties": {"a": {"type": "string", "required": True}}}
    assert imported(schema, draft="04").form["required"] == ["a"]


def test_a_reference_that_leads_out_of_the_document_is_told_and_asks_for_anything() -> None:
    schema = {"properties": {"a": {"$ref": "https://example.org/other.json#/x"}}}
    made = imported(schema)
    assert made.problems == ()
    assert [n.pointer for n in made.notes if n.key == "imports.ref_lost"] == ["/properties/a/$ref"]
    assert Closed(made.form).accepts({"a": [1]})


def test_a_pattern_that_no_form_runs_is_set_aside_and_told() -> None:
    made = imported({"properties": {"a": {"type": "string", "pattern": "^(?=.*x).*$"}}})
    assert made.problems == ()
    assert made.form["properties"]["a"]["import:pattern"] == "^(?=.*x).*$"
    assert "imports.pattern_lost" in keys(made)


def test_titles_of_listed_values_become_titled_options_and_dates_keep_their_names() -> None:
    made = imported({"properties": {
        "a": {"enum": ["x", "y"], "enumNames": ["X", "Y"]},
        "b": {"type": "string", "format": "datetime"},
        "c": {"anyOf": [{"const": "m", "title": "M"}, {"enum": ["n"], "title": "N"}]},
    }})  # fmt: skip
    questions = read(made.form).questions
    assert [(o.const, o.title["id"]) for o in questions["a"].options] == [("x", "X"), ("y", "Y")]
    assert [o.title["id"] for o in questions["c"].options] == ["M", "N"]
    assert questions["b"].kind == "date-time"


def test_a_recursive_reference_of_2019_leads_to_the_definition_of_the_whole() -> None:
    schema = {
        "$schema": "https://json-schema.org/draft/2019-09/schema",
        "type": "object",
        "properties": {"name": {"type": "string"}, "below": {"$recursiveRef": "#"}},
        "required": ["name"],
    }
    made = imported(schema)
    assert made.problems == ()
    assert Closed(made.form).accepts({"name": "a", "below": {"name": "b"}})
    assert not Closed(made.form).accepts({"name": "a", "below": {}})


def test_the_language_of_the_texts_can_be_told() -> None:
    schema = {"title": "T", "properties": {"a": {"type": "string", "title": "A question"}}}
    asked = read(imported(schema, language="en").form).questions["a"]
    assert asked.title == {"id": "A question", "en": "A question"}


@pytest.mark.parametrize(
    ("schema", "pointer"),
    [([], ""), ({"properties": {"a": 3}}, "/properties/a"), ({"$schema": "urn:mine"}, "/$schema")],
)
def test_what_is_no_schema_is_refused_with_its_place(schema: Json, pointer: str) -> None:
    with pytest.raises(BadDocument) as e:
        imported(schema)
    assert [p.pointer for p in e.value.problems] == [pointer]
