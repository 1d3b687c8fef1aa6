"""``satupintu form roundtrip`` fills in a form from files alone and says what came back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from satupintu import config

FOLDER = config.content_folder() / "schemas" / "forms"
FORM = FOLDER / "laporan-publik.json"
RULES = config.content_folder() / "rules" / "rujukan.json"


def roundtrip(run, answers, *more, form=FORM):
    text = answers if isinstance(answers, str) else json.dumps(answers)
    return run("form", "roundtrip", "--form", form, "--answers", "-", *more, stdin=text)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A form with one number."""
    text = {"id": "Usia", "en": "Age"}
    question = {
        "type": "integer", "minimum": 0, "maximum": 120, "title": text["id"], "x-id": "a-1",
        "x-i18n": {"en": {"title": text["en"]}},
    }  # fmt: skip
    page = {"id": "p", "title": "P", "questions": ["usia"], "x-i18n": {"en": {"title": "P"}}}
    form = {
        "$schema": "https://json-schema.org/draft/2020-12/schema", "title": "F", "type": "object",
        "x-form": {"id": "f", "purpose": "assessment", "settings": {}, "migrations": []},
        "x-i18n": {"en": {"title": "F"}}, "x-pages": [page], "properties": {"usia": question},
        "required": ["usia"], "unevaluatedProperties": False,
    }  # fmt: skip
    path = tmp_path / "f.json"
    path.write_text(json.dumps(form), encoding="utf-8")
    return path


def test_answers_that_come_back_end_with_zero_and_one_object(run, small):
    result = roundtrip(run, {"usia": 9}, "--json", form=small)
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    assert json.loads(result.stdout) == {
        "rendered": True,
        "labels": 1,
        "unlabelled": [],
        "answers": {"usia": 9},
        "equal": True,
        "problems": [],
    }


@pytest.mark.parametrize(
    ("answers", "equal", "message"),
    [({}, True, "Answer: Age"), ({"usia": 130}, True, "Write 120 or less at “Age”.")],
)
def test_what_a_person_would_be_told_ends_with_one(run, small, answers, equal, message):
    result = roundtrip(run, answers, "--json", "--lang", "en", form=small)
    assert result.exit_code == 1
    found = json.loads(result.stdout)
    assert found["equal"] is equal
    assert found["problems"] == [{"pointer": "/usia", "message": message}]


def test_an_answer_to_no_question_did_not_come_back(run, small):
    result = roundtrip(run, {"usia": 9, "nama": "x"}, "--json", form=small)
    assert result.exit_code == 1
    assert json.loads(result.stdout)["equal"] is False


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("id", ["1 isian memiliki label.", "Semua jawaban kembali seperti yang diberikan."]),
        ("en", ["1 control has a label.", "The answers came back as they were given."]),
    ],
)
def test_a_person_reads_short_sentences(run, small, language, lines):
    result = roundtrip(run, {"usia": 9}, "--lang", language, form=small)
    assert result.stdout.splitlines() == lines
    wrong = roundtrip(run, {"usia": "x"}, "--lang", language, form=small)
    assert wrong.exit_code == 1
    assert wrong.stdout.splitlines()[-1].startswith("/usia: ")


@pytest.mark.parametrize("form", sorted(FOLDER.glob("*.json")), ids=lambda path: path.stem)
def test_a_shipped_form_left_empty_asks_for_what_is_missing(run, form):
    found = json.loads(roundtrip(run, {}, "--json", form=form).stdout)
    assert found["unlabelled"] == []
    assert found["labels"] > 0
    assert found["problems"]


@pytest.mark.parametrize("text", ['{"usia": NaN}', "{", "[]", "7", '{"a":1,"a":2}', "", "\ud800"])
def test_answers_that_are_no_object_end_with_two_and_a_sentence(run, small, text):
    data = text.encode("utf-8", "surrogatepass")
    result = run("form", "roundtrip", "--form", small, "--answers", "-", stdin=data)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("stdin")
    assert "Traceback" not in result.stderr


def test_half_a_letter_is_a_problem_at_its_question(run, tmp_path):
    result = roundtrip(run, '{"tidak_ada": "\\ud800"}', "--json", "--lang", "en")
    assert result.exit_code == 1
    json.loads(result.stdout)


@pytest.mark.parametrize("name", ["tiada.json", "."])
def test_a_file_that_cannot_be_read_is_a_sentence(run, small, name, tmp_path):
    for form, answers in ((tmp_path / name, small), (small, tmp_path / name)):
        result = run("form", "roundtrip", "--form", form, "--answers", answers)
        assert result.exit_code == 2
        assert str(tmp_path / name) in result.stderr


def test_another_document_in_place_of_a_form_is_a_sentence(run):
    result = roundtrip(run, {}, "--lang", "en", form=RULES)
    assert result.exit_code == 2
    assert f"{RULES}: This document is not a form" in result.stderr


def test_a_form_that_cannot_be_used_is_told_with_file_and_pointer(run, small):
    document = json.loads(small.read_bytes())
    document["properties"]["usia"]["multipleOf"] = 2
    small.write_text(json.dumps(document), encoding="utf-8")
    result = roundtrip(run, {}, "--lang", "en", form=small)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"{small}#/properties/usia/multipleOf: ")


def test_what_of_a_plain_schema_could_not_be_taken_is_told(run, tmp_path):
    path = tmp_path / "s.json"
    far = {"$ref": "https://example.org/alamat.json"}
    path.write_text(json.dumps({"type": "object", "properties": {"a": far}}), encoding="utf-8")
    result = roundtrip(run, {"a": "x"}, "--json", "--lang", "en", form=path)
    found = json.loads(result.stdout)
    assert (result.exit_code, found["equal"], found["problems"]) == (0, True, [])
    (note,) = found["notes"]
    assert note["pointer"] == "/properties/a/$ref"
    assert "Nothing is fetched" in note["message"]
    lines = roundtrip(run, {"a": "x"}, "--lang", "en", form=path).stdout
    assert "About the schema, #/properties/a/$ref: The reference" in lines


def test_a_plain_schema_that_was_taken_as_it_stands_has_no_notes(run, tmp_path):
    path = tmp_path / "s.json"
    path.write_text(json.dumps({"type": "integer"}), encoding="utf-8")
    assert "notes" not in json.loads(roundtrip(run, "3", "--json", form=path).stdout)
