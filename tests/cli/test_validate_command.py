"""``satupintu validate`` says what a form, or any JSON Schema, refuses in answers."""

from __future__ import annotations

import json

import pytest

from satupintu import config
from satupintu.forms.answers import problems
from satupintu.forms.reading import read

FORM = config.content_folder() / "schemas" / "forms" / "laporan-publik.json"
SCHEMA = {
    "type": ["object", "array", "null"],
    "properties": {"umur": {"type": "integer"}},
    "required": ["nama"],
}


def validate(run, tmp_path, schema, answers, *more):
    file = tmp_path / "skema.json"
    file.write_text(schema if isinstance(schema, str) else json.dumps(schema), encoding="utf-8")
    text = answers if isinstance(answers, str | bytes) else json.dumps(answers)
    return run("validate", "--schema", file, "--answers", "-", *more, stdin=text)


def by_form(run, answers, *more, form=FORM):
    return run("validate", "--form", form, "--answers", "-", *more, stdin=json.dumps(answers))


def test_valid_answers_end_with_zero_and_one_line(run, tmp_path):
    result = validate(run, tmp_path, SCHEMA, {"nama": "x"}, "--lang", "en")
    assert (result.exit_code, result.stdout) == (0, "stdin: these answers are valid.\n")


def test_each_problem_is_a_line_with_its_place(run, tmp_path):
    result = validate(run, tmp_path, SCHEMA, {"umur": "x"}, "--lang", "en")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "stdin#/umur: This is the wrong kind of value. Wanted: a whole number.",
        "stdin#/nama: “nama” is missing. Add it.",
    ]
    assert result.stderr == ""


def test_json_holds_the_verdict_and_each_problem_and_nothing_else(run, tmp_path):
    result = validate(run, tmp_path, SCHEMA, {}, "--json", "--lang", "en")
    assert result.exit_code == 1
    assert json.loads(result.stdout) == {
        "valid": False,
        "problems": [{"pointer": "/nama", "message": "“nama” is missing. Add it."}],
    }
    valid = validate(run, tmp_path, SCHEMA, {"nama": 1}, "--json")
    assert json.loads(valid.stdout) == {"valid": True, "problems": []}


def test_without_lang_sentences_are_indonesian(run, tmp_path):
    assert "Tambahkan" in validate(run, tmp_path, SCHEMA, {}).stdout


@pytest.mark.parametrize("answers", ["null", "[]", "[1, [null]]", ' {"nama": 0} '])
def test_any_json_value_may_be_the_answers(run, tmp_path, answers):
    assert validate(run, tmp_path, SCHEMA, answers).exit_code == 0


@pytest.mark.parametrize("answers", ["1.5", "true", '"x"'])
def test_any_json_value_may_be_refused(run, tmp_path, answers):
    assert validate(run, tmp_path, SCHEMA, answers).exit_code == 1
    assert validate(run, tmp_path, "true", answers).exit_code == 0
    assert validate(run, tmp_path, "false", answers).exit_code == 1


def test_answers_come_from_a_file_too_and_the_file_is_named(run, tmp_path):
    file = tmp_path / "jawaban.json"
    file.write_text("{}")
    (tmp_path / "skema.json").write_text(json.dumps(SCHEMA))
    result = run("validate", "--schema", tmp_path / "skema.json", "--answers", file)
    assert result.exit_code == 1
    assert result.stdout.startswith(f"{file}#/nama: ")


@pytest.mark.parametrize(
    ("schema", "place", "says"),
    [
        ("{", "", "Line 1, column 2"),
        ("5", "", "not a schema"),
        ('{"type": "strin"}', "#/type", "Use one of these"),
        ('{"not": {"$ref": "http://127.0.0.1:1/x.json"}}', "#/not/$ref", "never fetched"),
        ('{"pattern": "(?!a)"}', "#/pattern", "RE2"),
        ('{"$schema": "http://json-schema.org/draft-04/schema#"}', "#/$schema", "2020-12"),
        ('{"$ref": "#"}', "", "refers to itself without end"),
        ('{"a": ' * 70 + "1" + "}" * 70, "", "nested more than"),
        ("[" * 100_000, "", "nested more than"),
    ],
)
def test_a_schema_that_cannot_be_used_ends_with_two_and_a_sentence(
    run, tmp_path, schema, place, says
):
    result = validate(run, tmp_path, schema, {}, "--lang", "en", "--json")
    assert (result.exit_code, result.stdout) == (2, "")
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"{tmp_path / 'skema.json'}{place}: ")
    assert says in line


@pytest.mark.parametrize("answers", ["", "{", "NaN", '{"a": 1, "a": 2}', b"\xff", "[" * 100_000])
def test_answers_that_are_no_json_end_with_two_and_a_sentence(run, tmp_path, answers):
    result = validate(run, tmp_path, SCHEMA, answers, "--lang", "en")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("stdin: ")


def test_a_file_that_is_not_there_is_a_sentence(run, tmp_path):
    result = run("validate", "--schema", tmp_path / "tiada.json", "--answers", "-", stdin="1")
    assert result.exit_code == 2
    assert str(tmp_path / "tiada.json") in result.stderr


def test_one_of_form_and_schema_is_needed_and_not_both(run):
    assert run("validate", "--answers", "-", stdin="{}").exit_code == 2
    both = run("validate", "--form", FORM, "--schema", FORM, "--answers", "-", stdin="{}")
    assert both.exit_code == 2


@pytest.mark.parametrize("answers", [{}, {"bukan_pertanyaan": 1}, [], None])
def test_a_form_says_what_a_person_is_told_on_its_pages(run, answers):
    told = problems(read(json.loads(FORM.read_bytes())), answers)
    assert told
    result = by_form(run, answers, "--json", "--lang", "en")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["problems"] == [
        {"pointer": p.pointer, "message": p.sentence("en")} for p in told
    ]


def test_a_form_that_cannot_be_used_is_told_with_its_file(run, content):
    with content.changed("schemas/forms/laporan-publik.json") as form:
        form["x-pages"][0]["questions"].append("tidak_ada")
    file = content / "schemas/forms/laporan-publik.json"
    result = by_form(run, {}, "--lang", "en", form=file)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"{file}#/x-pages/0/questions/")


def test_what_is_no_schema_is_not_a_form(run, tmp_path):
    file = tmp_path / "skema.json"
    file.write_text(json.dumps([SCHEMA]))
    assert by_form(run, {}, form=file).exit_code == 2


def test_a_form_is_a_schema_like_any_other(run):
    result = run("validate", "--schema", FORM, "--answers", "-", "--json", stdin="{}")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["problems"]


def test_a_plain_schema_is_judged_as_its_page_would(run, tmp_path):
    file = tmp_path / "skema.json"
    schema = {"properties": {"umur": {"type": "integer"}, "nama": {}}, "required": ["nama"]}
    file.write_text(json.dumps(schema), encoding="utf-8")
    result = by_form(run, {"umur": "x", "nama": 1}, "--lang", "en", form=file)
    assert result.exit_code == 1
    assert result.stdout.startswith("stdin#/umur: Write a whole number in digits at “Umur”")
