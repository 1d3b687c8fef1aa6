"""Forms as workbooks: pyxform accepts them, and read again they ask the same."""

from __future__ import annotations

import io
import json
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from pyxform.xls2xform import convert

import forms.further_sample_forms  # noqa: F401 - registers its samples
from forms.answer_strategies import valid_answers
from forms.answering import Answers
from forms.going_round import DOCUMENTS, ROOT, shipped
from forms.sample_forms import SAMPLES, sample_form
from forms.small_forms import every_type, form, question
from forms.xlsform_judge import asked_by_pyxform
from satupintu.conditions.meaning import holds
from satupintu.forms import reading
from satupintu.forms.answers import problems
from satupintu.forms.document import Form
from satupintu.forms.facts import known
from satupintu.forms.xlsform import importing, writing

FORMS: dict[str, Form] = {
    **{str(path.relative_to(ROOT)): shipped(path) for path in DOCUMENTS},
    **{name: sample_form(name) for name in SAMPLES},
    "every type": every_type(),
}
NAMES = sorted(FORMS)
WITHOUT_ROWS = "options that are hard to write"
"""A form whose every question is told to have no place in a workbook."""

LEFT = ("xlsform.question_left", "xlsform.computed_left")
"""What is said of a question that got no row."""

ONCE = [
    n
    for n in NAMES
    if n != WITHOUT_ROWS
    and len({q.key for q in FORMS[n].questions.values()}) == len(FORMS[n].questions)
]
"""The forms that use no key in two groups: a workbook has each name once."""


@cache
def exported(name: str) -> writing.Exported:
    return writing.write(FORMS[name])


@cache
def again(name: str) -> Form:
    return reading.read(importing.read(exported(name).data).document)


def carried(name: str, answers: Answers) -> Answers:
    """Return answers without those to questions that no sheet has a place for."""
    left = {p.pointer for p in exported(name).remarks if p.key in LEFT}
    keys = {pointer.rpartition("/")[2] for pointer in left}
    return {key: value for key, value in answers.items() if key not in keys}


@pytest.mark.parametrize("name", NAMES)
def test_pyxform_takes_a_workbook_of_ours_without_a_warning(name: str) -> None:
    warnings: list[str] = []
    done = convert(
        io.BytesIO(exported(name).data), warnings=warnings, validate=False, file_type=".xlsx"
    )
    assert done.xform
    assert not [w for w in warnings if "max-pixels" not in w]


def test_a_form_of_which_nothing_can_be_carried_says_so_of_each_question() -> None:
    told = {p.pointer for p in exported(WITHOUT_ROWS).remarks if p.key == "xlsform.question_left"}
    assert told == {f"/properties/{name}" for name in FORMS[WITHOUT_ROWS].questions}


@pytest.mark.parametrize("name", [name for name in NAMES if name != WITHOUT_ROWS])
def test_a_workbook_of_ours_asks_the_same_questions_when_it_is_read_again(name: str) -> None:
    before, after = FORMS[name], again(name)
    told = [p.pointer for p in exported(name).remarks if p.key in LEFT]
    keys = {q.key for q in before.questions.values() if q.kind != "group"}
    kept = {q.key for q in after.questions.values() if q.kind != "group"}
    assert keys - kept == set() or told
    for full, mine in before.questions.items():
        other = after.questions.get(full)
        if other is not None:
            assert other.title == mine.title
            assert other.x_id == mine.x_id
            assert other.sensitivity == mine.sensitivity
            assert other.roles == mine.roles
            if type(other.fact_type) is type(mine.fact_type):
                assert [o.const for o in other.options] == [o.const for o in mine.options]


@pytest.mark.parametrize("name", ONCE)
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_answers_to_a_form_are_answers_to_its_workbook_read_again(
    name: str, data: st.DataObject
) -> None:
    after = again(name)
    answers = carried(name, data.draw(valid_answers(FORMS[name])))
    assume('""' not in json.dumps(answers))  # a workbook holds no empty text
    assert not [(p.pointer, p.sentence("en")) for p in problems(after, answers)], answers


@pytest.mark.parametrize("name", ONCE)
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_the_xform_asks_what_the_form_asks(name: str, data: st.DataObject) -> None:
    before = FORMS[name]
    answers = data.draw(valid_answers(before))
    facts = known(before, answers)
    lost = [p for p in exported(name).remarks if p.key == "xlsform.condition_left"]
    for full, asked in asked_by_pyxform(exported(name).data, before, answers).items():
        ours = holds(before.questions[full].asked_when, facts) is True
        assert ours == asked or lost, (full, answers)


def test_a_text_that_begins_like_a_formula_stays_a_text() -> None:
    made = form({"q": question("q-1", "=1+1", type="boolean")})
    book = openpyxl.load_workbook(io.BytesIO(writing.write(made).data))
    cells = [cell for row in book["survey"].iter_rows() for cell in row if cell.value == "=1+1"]
    assert cells
    assert {cell.data_type for cell in cells} == {"s"}
    assert importing.read(writing.write(made).data).document["properties"]["q"]["title"] == "=1+1"


def test_what_no_workbook_can_say_is_told_at_its_place() -> None:
    document: dict[str, Any] = json.loads((ROOT / "schemas/forms/asesmen-awal.json").read_bytes())
    told = {(p.pointer, p.key) for p in writing.write(reading.read(document)).remarks}
    assert ("/x-form/settings/quickExit", "xlsform.keyword_left") in told
    assert ("/description", "xlsform.keyword_left") in told
    assert all(pointer for pointer, _ in told)


def test_the_same_options_share_one_list() -> None:
    made = form({
        "a": question("a-1", type="boolean"), "b": question("b-1", type="boolean"),
    })  # fmt: skip
    book = openpyxl.load_workbook(io.BytesIO(writing.write(made).data))
    assert [row[0].value for row in book["choices"].iter_rows(min_row=2)] == ["ya_tidak"] * 2


def test_a_workbook_can_be_kept_as_a_file(tmp_path: Path) -> None:
    path = tmp_path / "f.xlsx"
    path.write_bytes(exported(NAMES[0]).data)
    assert openpyxl.load_workbook(path).sheetnames[0] == "survey"
