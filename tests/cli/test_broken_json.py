"""A text that is no JSON is told in words of ours: where, and what to do."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from satupintu import documents
from satupintu.errors import BadDocument, Problem

CASES = {
    "": ("json_empty", 0, 0),
    " \n\t": ("json_empty", 0, 0),
    "[": ("json_value", 1, 2),
    '{"a": }': ("json_value", 1, 7),
    "[tru]": ("json_value", 1, 2),
    "{": ("json_key", 1, 2),
    "{'a': 1}": ("json_key", 1, 2),
    "{a: 1}": ("json_key", 1, 2),
    '{"a" 1}': ("json_colon", 1, 6),
    '{"a": 1\n "b": 2}': ("json_comma", 2, 2),
    "[1 2]": ("json_comma", 1, 4),
    '{"a": 1,}': ("json_trailing_comma", 1, 9),
    "[1,\n]": ("json_trailing_comma", 2, 1),
    '{"a": 1} x': ("json_more", 1, 10),
    '["a': ("json_open_text", 1, 2),
    '["a\nb"]': ("json_control", 1, 4),
    '["\\u12"]': ("json_code", 1, 4),
    '["C:\\dir"]': ("json_escape", 1, 5),
    "\ufeff{}": ("json_mark", 1, 1),
}


def refused(text: str) -> Problem:
    with pytest.raises(BadDocument) as found:
        documents.parse(text.encode())
    (problem,) = found.value.problems
    return problem


@pytest.mark.parametrize(("text", "expected"), CASES.items())
def test_each_fault_is_told_with_line_and_column_and_what_to_do(
    text: str, expected: tuple[str, int, int]
) -> None:
    key, line, position = expected
    problem = refused(text)
    assert problem.key == f"documents.{key}"
    assert problem.params.get("line", 0) == line
    assert problem.params.get("position", 0) == position
    for language in ("id", "en"):
        said = problem.sentence(language)
        assert not re.search("Expecting|Extra data|Invalid|delimiter|{{|}}", said)
        assert str(line) in said or not line


@given(st.text(alphabet="{}[]:,\"\\'/ \n\tabtrue019.-+eEu\x00\ufeffé", max_size=40))
def test_whatever_is_no_json_gets_a_sentence_of_its_own(text: str) -> None:
    try:
        documents.parse(text.encode())
    except BadDocument as e:
        for problem in e.problems:
            assert problem.key != "documents.not_json"
            assert "Expecting" not in problem.sentence("id") + problem.sentence("en")
    else:
        json.loads(text)


@pytest.mark.parametrize("text", ["1" * 5000, "[-" + "9" * 4400 + "]", "[1e999]", "[-1e400]"])
def test_a_number_that_no_reader_keeps_is_refused(text: str) -> None:
    assert refused(text).key == "documents.integer_too_large"


def test_the_commands_say_it_of_the_file(run, tmp_path) -> None:
    path = tmp_path / "f.json"
    path.write_text('{"x-form": {"id": "a",}}', encoding="utf-8")
    for command in (("check", path), ("import", "schema", path)):
        result = run(*command, "--lang", "id")
        assert result.exit_code != 0
        assert "Baris 1, kolom 23: setelah koma terakhir" in result.stdout + result.stderr
