"""Workbooks as others write them: what programs and habits put into sheets is read or told."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from pyxform.xls2xform import convert

from forms.going_round import tried
from forms.xlsform_samples import Sheets, survey, workbook
from satupintu.errors import BadDocument
from satupintu.forms import reading
from satupintu.forms.document import Form
from satupintu.forms.xlsform import importing, writing

ALWAYS = {"xlsform.sensitivity_unsaid", "xlsform.purpose_unsaid"}
YES_NO: Sheets = {
    "choices": [("list_name", "name", "label"), ("yn", "yes", "Ya"), ("yn", "no", "Tidak")]
}


def told(sheets: Sheets) -> set[tuple[str, str]]:
    found = importing.read(workbook(sheets)).remarks
    return {(p.key, p.pointer) for p in found if p.key not in ALWAYS}


def form_of(sheets: Sheets) -> Form:
    return reading.read(importing.read(workbook(sheets)).document)


def refused(sheets: Sheets) -> list[tuple[str, str]]:
    with pytest.raises(BadDocument) as wrong:
        importing.read(workbook(sheets))
    return [(p.key, p.pointer) for p in wrong.value.problems]


def exported(form: Form) -> dict[str, list[tuple[Any, ...]]]:
    """Return the sheets of a form's workbook, which pyxform accepts and which reads as the form."""
    data = writing.write(form).data
    assert convert(io.BytesIO(data), validate=False, file_type=".xlsx").xform
    again = reading.read(importing.read(data).document)
    assert again.schema["properties"] == form.schema["properties"]
    assert again.schema.get("allOf") == form.schema.get("allOf")
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {s.title: [tuple(r) for r in s.iter_rows(values_only=True)] for s in book}


def test_a_row_that_is_switched_off_is_told_and_asked_no_more() -> None:
    rows = survey(("text", "a", "A", None), ("text", "b", "B ${zzz}", "yes"), columns="disabled")
    assert told(rows) == {("xlsform.row_disabled", "survey!D3")}
    assert set(form_of(rows).questions) == {"a"}


def test_a_row_without_a_type_and_a_second_row_of_settings_are_told() -> None:
    sheets = survey(("text", "a", "A", None), (None, None, None, "a remark"), columns="hint")
    sheets["settings"] = [("form_title", "form_id"), ("T", "t"), ("second", "u")]
    assert told(sheets) == {("xlsform.row_left", "survey!D3"), ("xlsform.row_left", "settings!3")}


def test_columns_without_a_header_and_columns_that_mean_the_same_are_told() -> None:
    sheets: Sheets = {
        "survey": [
            ("type", "name", "label", None, "caption", "relevance", "relevant"),
            ("text", "a", "A", "in the margin", "Another A", None, "${a} = ''"),
        ]
    }
    assert told(sheets) == {
        ("xlsform.column_headless", "survey!D1"),
        ("xlsform.column_twice", "survey!E1"),
        ("xlsform.column_twice", "survey!G1"),
    }


def test_the_only_sheet_is_the_survey_whatever_it_is_called() -> None:
    assert set(form_of({"Sheet1": [("Type", "Name", "Label"), ("text", "a", "A")]}).questions) == {
        "a"
    }


def test_what_is_wrong_with_rows_and_choices_is_told_at_once() -> None:
    sheets = {**survey(("texte", "a", "A"))}
    sheets["choices"] = [*YES_NO["choices"], ("yn", "no", "Again")]
    assert refused(sheets) == [
        ("xlsform.type_unknown_nearest", "survey!A2"),
        ("xlsform.choice_twice", "choices!B4"),
    ]


def test_a_note_of_somebody_is_no_reference() -> None:
    assert told(survey(("text", "a", "A", "ask ${whom}"), columns="remarks")) == {
        ("xlsform.column_left", "survey!D1")
    }


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("q string", "text"), ("add date prompt", "date"), ("get today", "date"),
        ("q picture", "file"), ("percentage", "number"),
        ("number of days in last month", "number"), ("Q SELECT ONE yn", ""),
    ],
)  # fmt: skip
def test_types_as_older_sheets_spell_them(written: str, kind: str) -> None:
    sheets = {**survey((written, "a", "A"), ("text", "z", "Z")), **YES_NO}
    if not kind:
        assert refused(sheets)[0][0].startswith("xlsform.type_unknown")
        return
    assert form_of(sheets).questions["a"].kind == kind


@pytest.mark.parametrize("written", ["uri:deviceid", "get start time", "osm tags", "text audit"])
def test_what_a_device_keeps_by_itself_does_not_stop_a_workbook(written: str) -> None:
    rows = survey((written, "a", None), ("audit", None, None), ("text", "z", "Z"))
    assert {place for _, place in told(rows)} == {"survey!A2", "survey!A3"}


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("begin loop over yn", "xlsform.type_loop"),
        ("cascading_select towns", "xlsform.type_cascading"),
        ("include", "xlsform.type_include"),
        ("begin_kobomatrix", "xlsform.type_kobo"),
    ],
)
def test_what_only_others_read_is_refused_once_with_its_way_out(written: str, key: str) -> None:
    end = {"begin loop over yn": "end loop", "begin_kobomatrix": "end_kobomatrix"}.get(written)
    rows = [(written, "a", "A"), ("text", "b", "B"), *([(end,)] if end else [])]
    assert refused(survey(*rows)) == [(key, "survey!A2")]


@pytest.mark.parametrize(
    ("expression", "key", "part"),
    [
        ("${n} > 1 && ${n} < 5", "xlsform.sign_unknown", "“and”"),
        ("${n} == 1", "xlsform.sign_unknown", "“=”"),
        ("${n} <> 1", "xlsform.sign_unknown", "“!=”"),
        ("${n} ≥ 1", "xlsform.sign_unknown", "“>=”"),
        ("${n} > 1 OR ${n} < 0", "xlsform.sign_unknown", "“or”"),
        ("if(${n} > 1; true(); false())", "xlsform.sign_unknown", "“,”"),
        ("> 5", "xlsform.sign_first", ". > 5"),
        ("{n} > 1", "xlsform.braces", "${name}"),
        ("(${n} > 1", "xlsform.expression_broken", "parentheses"),
    ],
)
def test_a_mistake_in_an_expression_is_told_with_what_to_write(
    expression: str, key: str, part: str
) -> None:
    rows = survey(("integer", "n", "N"), ("text", "a", "A", expression), columns="relevant")
    with pytest.raises(BadDocument) as wrong:
        importing.read(workbook(rows))
    problem = wrong.value.problems[0]
    assert (problem.key, problem.pointer) == (key, "survey!D3")
    assert part in problem.sentence("en")


def test_a_word_without_quotes_is_told_and_curly_quotes_are_read() -> None:
    rows: list[tuple[Any, ...]] = [
        ("select_one yn", "a", "A"),
        ("text", "b", "B", "${a} = ‘yes’ or ${a} = “no”"),
        ("text", "c", "C", "${a} = yes"),
    ]
    sheets = {**survey(*rows, columns="relevant"), **YES_NO}
    assert told(sheets) == {("xlsform.relevant_left", "survey!D4")}
    assert tried(form_of(sheets), {"a": "no", "b": "x"}).sound
    assert not tried(form_of(sheets), {"b": "x"}).sound


def test_parameters_that_are_none_are_told() -> None:
    rows = survey(("range", "a", "A", "start=1 end=5 quick"), columns="parameters")
    assert told(rows) == {("xlsform.parameter_left", "survey!D2")}


def test_an_answer_that_a_message_or_a_choice_repeats_is_named_by_its_title() -> None:
    sheets = survey(
        ("select_one who", "a", "Siapa?", None, None, None),
        ("calculate", "n", None, None, None, "position(..)"),
        ("text", "b", "Nama ke-${n}", "string-length(.) > 2", "Isi nama ${a}", None),
        ("text", "c", "Usia ${b}", None, None, None),
        columns="constraint constraint_message calculation",
    )
    sheets["choices"] = [("list_name", "name", "label"), ("who", "x", "Sama dengan ${c}")]
    form = form_of(sheets)
    assert form.questions["b"].errors["minLength"]["id"] == "Isi nama [Siapa?]"
    assert form.questions["a"].options[0].title["id"] == "Sama dengan [Usia …]"
    assert form.questions["c"].title["id"] == "Usia [Nama ke-…]"
    repeats = {place for key, place in told(sheets) if key == "xlsform.text_repeats"}
    assert repeats == {"survey!C4", "survey!E4", "survey!C5", "choices!C2"}
    exported(form)


def test_a_text_in_which_odk_would_see_an_answer_gets_a_space_and_is_told() -> None:
    form = form_of(survey(("text", "a", "A")))
    document = {**form.schema, "title": "Harga ${x}"}
    document["properties"] = {"a": {**document["properties"]["a"], "title": "Bayar ${x}"}}
    done = writing.write(reading.read(document))
    assert "xlsform.text_spaced" in {p.key for p in done.remarks}
    assert convert(io.BytesIO(done.data), validate=False, file_type=".xlsx").xform
