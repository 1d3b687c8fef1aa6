"""A form goes out as a plain JSON Schema that accepts the same answers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from conditions.condition_strategies import sized
from forms.answer_strategies import any_answers, valid_answers
from forms.going_round import DOCUMENTS, shipped
from satupintu.forms.closed import CHECKER, Closed
from satupintu.forms.exporting.plain import plain
from satupintu.forms.importing.form import Wanted, from_schema


def keywords(schema: Any) -> set[str]:
    """Return every key that stands where a keyword may."""
    if isinstance(schema, list):
        return {k for one in schema for k in keywords(one)}
    if not isinstance(schema, dict):
        return set()
    found = set(schema)
    for key, value in schema.items():
        named = key in ("properties", "$defs", "patternProperties", "dependentSchemas")
        if key not in ("const", "enum", "default", "examples"):
            found |= keywords(list(value.values()) if named else value)
    return found


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: p.stem)
@pytest.mark.parametrize("language", ["id", "en"])
def test_nothing_of_ours_is_left_in_it(path: Path, language: str) -> None:
    document = plain(shipped(path).schema, language)
    Draft202012Validator.check_schema(document)
    assert not [k for k in keywords(document) if k.startswith("x-")]
    assert document["title"] == shipped(path).title.get(language)


@sized(60)
@given(st.data())
def test_any_validator_gives_the_verdict_that_the_form_gives(data: st.DataObject) -> None:
    form = shipped(data.draw(st.sampled_from(DOCUMENTS)))
    answers = data.draw(valid_answers(form) | any_answers(form))
    judge = Draft202012Validator(plain(form.schema, "en"), format_checker=CHECKER)
    assert judge.is_valid(answers) is Closed(form.schema).accepts(answers)


def test_what_helps_and_what_is_computed_is_told_in_plain_words() -> None:
    schema = {
        "title": "Formulir",
        "x-i18n": {"en": {"title": "Form"}},
        "properties": {
            "x-own": {
                "title": "Asli",
                "x-ui": {"help": "Bantuan"},
                "x-i18n": {"en": {"help": "Help"}},
            },
            "sum": {"title": "Jumlah", "type": "integer", "x-computed": "a + 1"},
        },
    }
    made = plain(schema, "en")
    assert made["title"] == "Form"
    assert made["properties"]["x-own"] == {"title": "Asli", "description": "Help"}
    assert made["properties"]["sum"]["readOnly"] is True


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: p.stem)
def test_what_went_out_comes_in_again_with_the_same_questions(path: Path) -> None:
    form = shipped(path)
    made = from_schema(plain(form.schema, "id"), None, Wanted(id=form.id))
    assert made.problems == ()
    asked = {name for page in made.form["x-pages"] for name in page["questions"]}
    assert asked == {name for name in form.questions if "." not in name}
    assert json.loads(json.dumps(made.form)) == made.form
