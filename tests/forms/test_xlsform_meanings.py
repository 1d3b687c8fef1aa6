"""What strangers mean by conditions, constraints, calculations and filters is what is done here."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forms.answer_strategies import valid_answers
from forms.going_round import tried
from forms.test_xlsform_strangers import YES_NO, exported, form_of, told
from forms.xlsform_judge import asked_by_pyxform
from forms.xlsform_samples import Sheets, survey, workbook
from satupintu.conditions.meaning import holds
from satupintu.documents import Json
from satupintu.forms.answers import with_computed
from satupintu.forms.facts import known
from satupintu.forms.xlsform import importing

ASKED: list[tuple[Any, ...]] = [
    ("integer", "n", "N"),
    ("integer", "m", "M"),
    ("select_one yn", "o", "O"),
    ("select_one yn", "p", "P"),
    ("select_multiple yn", "s", "S"),
    ("select_one num", "c", "C"),
]
LISTS: Sheets = {
    "choices": [
        *YES_NO["choices"],
        *(("num", name, f"Pilihan {name}") for name in ("1", "2", "3", "-99", "lain")),
    ]
}
CONDITIONS = [
    "coalesce(${n}, ${m}) > 3",
    "coalesce(${n}, 0) < 2",
    "if(${o} = 'yes', ${n}, ${m}) > 3",
    "if(${o} = 'yes', 'a', 'b') = 'a'",
    "if(${n} > 3, ${o} = 'yes', ${o} = 'no')",
    "selected('yes no', ${o})",
    "selected(${s}, 'yes') = true()",
    "(${n} > 1) = false()",
    "${o} = ${p}",
    "${o} != ${p}",
    "${c} > 1",
    "${c} >= 2 and ${c} < 3",
    "not(${c} > 1)",
    "3 > ${c}",
    "${c} < 0",
    "1",
]


@pytest.mark.parametrize("expression", CONDITIONS)
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_condition_is_true_where_the_xform_has_it_relevant(
    expression: str, data: st.DataObject
) -> None:
    sheets = {**survey(*ASKED, ("text", "q", "Q", expression), columns="relevant"), **LISTS}
    assert not told(sheets)
    form = form_of(sheets)
    answers = data.draw(valid_answers(form))
    theirs = asked_by_pyxform(workbook(sheets), form, answers)
    ours = holds(form.questions["q"].asked_when, known(form, answers)) is True
    assert ours == theirs["q"], answers


def test_a_condition_that_is_never_true_is_told() -> None:
    sheets = survey(*ASKED[:2], ("text", "q", "Q", "0"), columns="relevant")
    assert told(sheets) == {("xlsform.relevant_left", "survey!D4")}


CONSTRAINTS: list[tuple[str, str, list[Json], list[Json]]] = [
    ("integer", "if(${o} = 'yes', . > 5, . > 0)", [6], [3, 0]),
    ("text", "contains(., '@')", ["a@b"], ["ab"]),
    ("text", "not(contains(., ' '))", ["ab"], ["a b"]),
    ("text", "starts-with(., 'ID.')", ["ID.1"], ["1ID.", "IDx1"]),
    ("text", "ends-with(., '$')", ["5$"], ["$5"]),
    ("decimal", ". mod 0.5 = 0", [1.5], [1.2]),
    ("select_multiple yn", "selected(., 'yes')", [["yes"], ["yes", "no"]], [["no"]]),
    ("select_multiple yn", "not(selected(., 'yes') and selected(., 'no'))", [["no"]],
     [["yes", "no"]]),
    ("select_one yn", "if(${o} = 'yes', . = 'yes' or . = 'no', . = 'no')", ["yes"], []),
    ("integer", "true()", [-5], []),
    ("text", ". != ''", ["x"], []),
]  # fmt: skip


@pytest.mark.parametrize(("of", "expression", "right", "wrong"), CONSTRAINTS)
def test_a_constraint_refuses_what_odk_refuses(
    of: str, expression: str, right: list[Json], wrong: list[Json]
) -> None:
    rows = [("select_one yn", "o", "O", None, None), (of, "q", "Q", expression, "Bukan begitu.")]
    sheets = {**survey(*rows, columns="constraint constraint_message"), **YES_NO}
    assert not told(sheets)
    form = form_of(sheets)
    assert tried(form, {"o": "yes"}).answers.get("q") in (None, [])
    assert not tried(form, {"o": "yes"}).problems
    for value in right:
        assert tried(form, {"o": "yes", "q": value}).sound, value
    for value in wrong:
        (problem,) = tried(form, {"o": "yes", "q": value}).problems
        assert problem.sentence("id") == "Bukan begitu."
    exported(form)


def test_several_of_a_list_that_must_be_answered_need_a_tick() -> None:
    rows = [
        ("select_one yn", "o", "O", None),
        ("select_multiple yn", "a", "A", "yes", "Pilih satu."),
        ("select_multiple yn", "b", "B", "${o} = 'yes'"),
    ]
    form = form_of({**survey(*rows, columns="required required_message"), **YES_NO})
    assert [p.sentence("id") for p in tried(form, {}).problems] == ["Pilih satu."]
    assert tried(form, {"a": ["yes"]}).sound or tried(form, {"a": ["yes"], "b": []}).sound
    (problem,) = tried(form, {"o": "yes", "a": ["yes"], "b": []}).problems
    assert problem.pointer == "/b"
    exported(form)


CALCULATIONS: list[tuple[str, Json, Json]] = [
    ("if(selected(${s}, 'yes'), 1, 0) + if(selected(${s}, 'no'), 2, 0)", {"s": ["yes", "no"]}, 3),
    ("if(${o} = 'yes', 1, 0) + if(${p} = 'yes', 1, 0) + 5", {"o": "yes"}, 6),
    ("if(${n} > 1, ${n}, 0) - if(${m} > 1, 1, 0)", {"n": 4, "m": 2}, 3),
    ("coalesce(${n}, 0) + coalesce(${m}, 0)", {"m": 4}, 4),
    ("${c}", {"c": "2"}, "2"),
    ("if(${o} = 'yes', ${c}, 'tidak ada')", {"o": "yes", "c": "lain"}, "lain"),
    ("if(coalesce(${n}, ${m}) < 18, 'anak', 'dewasa')", {"m": 7}, "anak"),
]


@pytest.mark.parametrize(("expression", "answers", "value"), CALCULATIONS)
def test_a_calculation_gives_what_odk_gives(expression: str, answers: Json, value: Json) -> None:
    rows = [*ASKED, ("calculate", "q", None, expression)]
    sheets = {**survey(*rows, columns="calculation"), **LISTS}
    assert not told(sheets)
    form = form_of(sheets)
    assert with_computed(form, answers)["q"] == value
    exported(form)


PLACES: list[tuple[Any, ...]] = [
    ("list_name", "name", "label", "Kab-Kota", "least"),
    ("p", "a", "A"), ("p", "b", "B"),
    ("c", "a1", "A1", "a", 1), ("c", "a2", "A2", "a", 5),
    ("c", "b1", "B1", "b", 1), ("c", "other", "Lain", "z", None),
]  # fmt: skip
FILTERS: list[tuple[str, Json, str]] = [
    ("Kab-Kota = ${p}", {"p": "a"}, "a1 a2"),
    ("Kab-Kota = ${p} or name = 'other'", {"p": "b"}, "b1 other"),
    ("Kab-Kota = ${p} or ${p} = ''", {"p": "b"}, "b1"),
    ("Kab-Kota != ${p}", {"p": "a"}, "b1 other"),
    ("starts-with(name, ${p})", {"p": "a"}, "a1 a2"),
    ("selected(${m}, Kab-Kota)", {"m": ["a", "b"]}, "a1 a2 b1"),
    ("not(selected(${m}, Kab-Kota))", {"m": ["a"]}, "b1 other"),
    ("least <= ${n}", {"n": 3}, "a1 b1"),
    ("name != 'other'", {}, "a1 a2 b1"),
    ("Kab-Kota = ${p} and least = 1", {"p": "a"}, "a1"),
    ("Kab-Kota = ${p} and Kab-Kota = ${r}", {"p": "a", "r": "a"}, "a1 a2"),
    ("if(${p} = 'a', Kab-Kota = 'a', true())", {"p": "b"}, "a1 a2 b1 other"),
]


@pytest.mark.parametrize(("expression", "answers", "left"), FILTERS)
def test_a_filter_leaves_what_odk_leaves(expression: str, answers: Json, left: str) -> None:
    rows = [
        ("integer", "n", "N"),
        ("select_one p", "p", "P"),
        ("select_one p", "r", "R"),
        ("select_multiple p", "m", "M"),
        ("select_one c", "q", "Q", expression),
        ("select_multiple c", "many", "Many", expression),
    ]
    sheets = {**survey(*rows, columns="choice_filter"), "choices": PLACES}
    assert not {key for key, _ in told(sheets)} - {"xlsform.column_left"}
    form = form_of(sheets)
    given = {"m": [], **answers}
    for option in ("a1", "a2", "b1", "other"):
        offered = option in left.split()
        assert tried(form, {**given, "q": option, "many": []}).sound == offered, option
        assert tried(form, {**given, "many": [option]}).sound == offered, option


def test_a_value_for_which_a_filter_leaves_nothing_is_told() -> None:
    rows = [("select_one p", "p", "P", None), ("select_one c", "q", "Q", "Kab-Kota = ${p}")]
    choices = [row for row in PLACES if row[1] != "b1"]
    found = told({**survey(*rows, columns="choice_filter"), "choices": choices})
    assert ("xlsform.filter_nothing", "survey!D3") in found


def test_a_list_that_hangs_on_an_answer_goes_out_as_a_choice_filter() -> None:
    rows = [
        ("select_one p", "p", "P", None),
        ("select_one c", "q", "Q", "Kab-Kota = ${p}"),
        ("select_multiple c", "many", "Many", "Kab-Kota = ${p} or name = 'other'"),
    ]
    form = form_of({**survey(*rows, columns="choice_filter"), "choices": PLACES})
    sheets = exported(form)
    head = sheets["survey"][0]
    filters = {row[1]: row[head.index("choice_filter")] for row in sheets["survey"]}
    assert filters["q"] == "p = ${p} or ${p} = ''"
    assert filters["many"] == "selected(p, ${p}) or ${p} = ''"
    assert "constraint" not in head
    column = sheets["choices"][0].index("p")
    assert {row[column] for row in sheets["choices"] if row[1] == "other"} == {None, "a b"}


def test_a_long_cascade_goes_round() -> None:
    choices: list[tuple[Any, ...]] = [("list_name", "name", "label", "of")]
    choices += [("p", f"p{n}", f"Kecamatan {n}") for n in range(40)]
    choices += [("c", f"p{n}c{m}", f"Desa {n} {m}", f"p{n}") for n in range(40) for m in range(20)]
    rows = [("select_one p", "p", "P", None), ("select_one c", "c", "C", "of=${p}")]
    sheets = {**survey(*rows, columns="choice_filter"), "choices": choices}
    assert not told(sheets)
    exported(form_of(sheets))


def test_formulas_merged_cells_and_odd_spaces_are_read_as_a_spreadsheet_shows_them() -> None:
    book = openpyxl.load_workbook(
        io.BytesIO(
            workbook(
                {
                    "Survey ": [
                        (" Type", "NAME ", "Label"),
                        (None, None, None),
                        ("select_one  yn ", " a ", "  Setuju? "),
                        ("text", "b", "Mengapa"),
                    ],
                    "CHOICES": [("List Name", "Name", "Label"), *YES_NO["choices"][1:]],
                }
            )
        )
    )
    book["Survey "].merge_cells("C4:D4")
    data = io.BytesIO()
    book.save(data)
    done = importing.read(data.getvalue())
    properties = done.document["properties"]
    assert [(k, v["title"]) for k, v in properties.items()] == [("a", "Setuju?"), ("b", "Mengapa")]
