"""What a form cannot say is told at its cell, and the rest is carried."""

from __future__ import annotations

from typing import Any

import pytest

from forms.going_round import tried
from forms.xlsform_samples import Sheets, survey, workbook
from satupintu.conditions.names import facts_of
from satupintu.forms import questions, reading
from satupintu.forms.xlsform import importing

CHOICES: Sheets = {
    "choices": [
        ("list_name", "name", "label", "kind", "media::image"),
        ("yn", "yes", "Yes", "p", "y.png"),
        ("yn", "no", "No", "q", None),
    ]
}
STATEMENTS = "statement" in questions.types()
ALWAYS = {"xlsform.sensitivity_unsaid", "xlsform.purpose_unsaid"}


def read(sheets: Sheets) -> importing.Imported:
    return importing.read(workbook(sheets))


def told(sheets: Sheets) -> set[tuple[str, str]]:
    return {(p.key, p.pointer) for p in read(sheets).remarks if p.key not in ALWAYS}


RELEVANT = [
    ("${t} = 'x'", "free text"),
    ("${d} > 1", "fraction"),
    ("${n} > ${m}", "two answers"),
    ("${n} + 1 > 2", "counts in a way"),
    ("${when} < date('2024-01-01')", "only a computed answer compares dates"),
    ("pulldata('f', 'a', 'b', ${t}) = 'x'", "no pulldata()"),
    ("../t = 'x'", "path"),
    ("${one} = 'maybe'", "no choice of"),
    ("false()", "never holds"),
    ("${inner} = 3", "in each row"),
]


@pytest.mark.parametrize(("expression", "reason"), RELEVANT)
def test_a_condition_that_cannot_be_said_is_told_and_the_question_may_be_left(
    expression: str, reason: str
) -> None:
    sheets = {
        **survey(
            ("text", "t", "T"),
            ("decimal", "d", "D"),
            ("integer", "n", "N"),
            ("integer", "m", "M"),
            ("date", "when", "When"),
            ("select_one yn", "one", "One"),
            ("begin_repeat", "rows", "Rows"),
            ("integer", "inner", "Inner"),
            ("end_repeat",),
            ("text", "q", "Q", expression, "yes"),
            columns="relevant required",
        ),
        **CHOICES,
    }
    done = read(sheets)
    remark = next(p for p in done.remarks if p.key == "xlsform.relevant_left")
    assert remark.pointer == "survey!D11"
    assert reason in remark.sentence("en")
    assert ("xlsform.required_left", "survey!E11") in told(sheets)
    form = reading.read(done.document)
    assert form.questions["q"].required_when is None


def test_what_can_be_said_of_a_condition_is_kept() -> None:
    sheets = survey(
        ("text", "t", "T"),
        ("integer", "n", "N"),
        ("text", "q", "Q", "${n} > 3 and ${t} = 'x'"),
        columns="relevant",
    )
    form = reading.read(read(sheets).document)
    assert tried(form, {"n": 4, "q": "a"}).sound
    assert not tried(form, {"n": 3, "q": "a"}).sound


def test_columns_sheets_lists_and_settings_that_nothing_reads_are_told() -> None:
    sheets = {
        **survey(
            ("select_one yn", "a", "A", "long ago", "Guide", "a.png", "likert", "yes"),
            columns="disabled guidance_hint media::image appearance read_only",
        ),
        "choices": [*CHOICES["choices"], ("other", "a", "A", None, None)],
        "settings": [("form_id", "public_key"), ("f", "abc")],
        "entities": [("dataset", "label"), ("x", "y")],
    }
    assert told(sheets) == {
        ("xlsform.column_left", "survey!D1"),
        ("xlsform.column_left", "survey!E1"),
        ("xlsform.column_left", "survey!F1"),
        ("xlsform.appearance_left", "survey!G2"),
        ("xlsform.read_only_left", "survey!H2"),
        ("xlsform.column_left", "choices!D1"),
        ("xlsform.column_left", "choices!E1"),
        ("xlsform.list_unused", "choices!A4"),
        ("xlsform.column_left", "settings!B1"),
        ("xlsform.sheet_left", "entities!1"),
    }


def test_each_type_without_a_like_is_told_with_what_it_became() -> None:
    rows: Any = [
        ("geotrace", "g", "G"),
        ("video", "v", "V"),
        ("start", "s", None),
        ("barcode", "b", "B"),
        ("today", "t", None),
        ("note", "n", "N"),
        ("text", "x", "X"),
        ("note", "z", "Z"),
    ]
    assert told(survey(*rows)) == {
        ("xlsform.no_line", "survey!A2"),
        ("xlsform.no_recording", "survey!A3"),
        ("xlsform.kept_by_itself", "survey!A4"),
        ("xlsform.typed_barcode", "survey!A5"),
        ("xlsform.today_asked", "survey!A6"),
        *(
            ()
            if STATEMENTS
            else (("xlsform.note_alone", "survey!A7"), ("xlsform.note_left", "survey!A9"))
        ),
    }


def test_a_calculation_that_cannot_be_said_is_told_and_so_is_what_reads_it() -> None:
    sheets = survey(
        ("integer", "n", "N"),
        ("calculate", "twice", None, "${n} * 2"),
        ("calculate", "more", None, "${twice} + 1"),
        ("text", "q", "Q", None, "${more} > 4"),
        ("integer", "shown", "Shown", "${n} * 3"),
        columns="calculation relevant",
    )
    assert told(sheets) == {
        ("xlsform.calculation_left", "survey!D3"),
        ("xlsform.calculation_left", "survey!D4"),
        ("xlsform.relevant_left", "survey!E5"),
        ("xlsform.calculation_asked", "survey!D6"),
    }


def test_a_constraint_is_carried_as_far_as_keywords_go() -> None:
    sheets = survey(
        ("integer", "n", "N", ". > 0 and . < ${m} and (. >= 5 or ${m} > 3)"),
        ("integer", "m", "M", None),
        ("date", "d", "D", ". <= today()"),
        ("text", "t", "T", "regex(., '(?=a)b')"),
        columns="constraint",
    )
    assert told(sheets) == {("xlsform.constraint_left", f"survey!D{n}") for n in (2, 4, 5)}
    form = reading.read(read(sheets).document)
    assert tried(form, {"n": 2, "m": 4}).sound
    assert not tried(form, {"n": 2, "m": 3}).sound
    assert not tried(form, {"n": 0, "m": 4}).sound


def test_a_list_follows_the_answer_before_it() -> None:
    choices = [
        ("list_name", "name", "label", "of"),
        ("p", "a", "A", None),
        ("p", "b", "B", None),
        ("c", "a1", "A1", "a"),
        ("c", "b1", "B1", "b"),
    ]
    rows = [("select_one p", "p", "P", None), ("select_one c", "c", "C", "of=${p}")]
    form = reading.read(
        read({**survey(*rows, columns="choice_filter"), "choices": choices}).document
    )
    assert tried(form, {"p": "a", "c": "a1"}).sound
    assert not tried(form, {"p": "a", "c": "b1"}).sound
    other = [rows[0], ("select_one c", "c", "C", "substr(name, 1) = ${p}")]
    assert ("xlsform.filter_left", "survey!D3") in told(
        {**survey(*other, columns="choice_filter"), "choices": choices}
    )


def _nested(*names: str) -> list[tuple[str, ...]]:
    inside = [("text", "t", "T")] if len(names) == 1 else _nested(*names[1:])
    return [("begin_repeat", names[0], names[0].upper()), *inside, ("end_repeat",)]


def test_repeats_in_repeats_are_lists_in_rows_as_deep_as_a_form_goes() -> None:
    form = reading.read(read(survey(*_nested("r", "s", "u"))).document)
    assert form.questions["r.s.u.t"].kind == "text"
    assert tried(form, {"r": [{"s": [{"u": [{"t": "x"}, {"t": "y"}]}, {"u": []}]}]}).sound
    deeper = survey(*_nested("r", "s", "u", "v"))
    assert ("xlsform.rows_whole", "survey!A5") in told(deeper)
    form = reading.read(read(deeper).document)
    assert form.questions["r.s.u.v"].schema["items"]["properties"].keys() == {"t"}
    assert tried(form, {"r": [{"s": [{"u": [{"v": [{"t": "x"}, {"t": "y"}]}]}]}]}).sound


def test_what_a_list_in_a_row_cannot_be_asked_is_told() -> None:
    rows = (
        ("begin_repeat", "r", "R", None, None),
        ("integer", "n", "N", None, None),
        ("begin_repeat", "s", "S", None, None),
        ("integer", "m", "M", None, None),
        ("calculate", "sum", "Sum", None, "${n} + ${m}"),
        ("text", "t", "T", "${n} > 1 and ${m} > 1", None),
        ("end_repeat",),
        ("calculate", "many", "Many", None, "count(${s})"),
        ("text", "some", "Some", "count(${s}) > 0", None),
        ("end_repeat",),
    )
    sheets = survey(*rows, columns="relevant calculation")
    form = reading.read(read(sheets).document)
    computed = form.questions["r.s.sum"].computed
    assert computed is not None
    assert computed.reads() == {"r.n", "r.s.m"}
    assert facts_of(form.questions["r.s.t"].asked_when) == {"r.s.m"}
    assert {("xlsform.relevant_left", "survey!D7"), ("xlsform.calculation_left", "survey!E9"),
            ("xlsform.relevant_left", "survey!D10")} <= told(sheets)  # fmt: skip


def test_names_that_are_no_keys_here_are_changed_and_told() -> None:
    sheets = survey(
        ("text", "full-name", "Name"),
        ("begin_group", "g", None),
        ("text", "full.name", "Name"),
        ("text", "q", "Q", "${full-name} != ''"),
        ("end_group",),
        columns="relevant",
    )
    assert {k for k, _ in told(sheets)} == {"xlsform.renamed", "xlsform.label_missing"}
    assert set(reading.read(read(sheets).document).questions) == {"full_name", "g_full_name", "q"}


def test_pages_follow_the_groups_at_the_top_and_notes_stand_above_them() -> None:
    sheets = survey(
        ("text", "a", "A"),
        ("begin_group", "g", "Group"),
        ("note", "g_intro", "Read this"),
        ("text", "b", "B"),
        ("end_group",),
        ("text", "c", "C"),
    )
    pages = reading.read(read(sheets).document).pages
    assert [(p.id, p.questions) for p in pages] == [
        ("bagian_1", ("a",)),
        ("g", ("b",)),
        ("bagian_3", ("c",)),
    ]
    assert pages[1].intro == {"id": "Read this"}


def test_a_question_asked_in_two_places_of_the_schema_is_drawn_in_both() -> None:
    sheets = {
        **survey(
            ("select_one yn", "a", "A", None),
            ("select_one yn", "b", "B", "${a} = 'yes'"),
            ("text", "c", "C", "${b} != 'no'"),
            columns="relevant",
        ),
        **CHOICES,
    }
    form = reading.read(read(sheets).document)
    for answers in ({"c": "x"}, {"a": "no", "c": "x"}, {"a": "yes", "b": "yes", "c": "x"}):
        assert tried(form, answers).sound, answers
    assert not tried(form, {"a": "yes", "b": "no", "c": "x"}).sound


def test_a_long_chain_of_conditions_is_carried_as_deep_as_a_form_goes() -> None:
    rows: list[tuple[str, ...]] = [("integer", "q0", "Q0")]
    rows += [("integer", f"q{n}", f"Q{n}", f"${{q{n - 1}}} > 0") for n in range(1, 30)]
    done = read(survey(*rows, columns="relevant"))
    left = [p for p in done.remarks if p.key == "xlsform.relevant_left"]
    assert 0 < len(left) < 29
    assert all("nested too deeply" in p.sentence("en") for p in left)
    assert len(reading.read(done.document).questions) == 30


def test_a_chain_inside_rows_inside_a_condition_has_room_too() -> None:
    rows: list[tuple[str, ...]] = [("integer", "a", "A"), ("integer", "b", "B", "${a} > 0")]
    rows += [("begin_repeat", "r", "R", "${b} > 0"), ("integer", "q0", "Q0")]
    rows += [("integer", f"q{n}", f"Q{n}", f"${{q{n - 1}}} > 0") for n in range(1, 12)]
    done = read(survey(*rows, ("end_repeat",), columns="relevant"))
    assert len(reading.read(done.document).questions) == 15
