"""Workbooks that are wrong, damaged or hostile: clear sentences with sheet, row and column."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.xlsform_samples import SAMPLES, Sheets, survey, workbook
from satupintu.errors import BadDocument
from satupintu.forms.xlsform import importing
from satupintu.forms.xlsform import workbook as workbooks
from satupintu.words import LANGUAGES

CHOICES = {"choices": [("list_name", "name", "label"), ("yn", "yes", "Yes"), ("yn", "no", "No")]}

WRONG: dict[str, tuple[Sheets, list[tuple[str, str]]]] = {
    "no survey": ({"surwey": [("question",)]}, [("xlsform.no_survey", "")]),
    "no name column": (
        {"survey": [("type", "label"), ("text", "A")]},
        [("xlsform.column_missing", "survey!1")],
    ),
    "unknown type": (survey(("textt", "a", "A")), [("xlsform.type_unknown_nearest", "survey!A2")]),
    "strange type": (survey(("zzz", "a", "A")), [("xlsform.type_unknown", "survey!A2")]),
    "unknown list": (
        {**survey(("select_one yyn", "a", "A")), **CHOICES},
        [("xlsform.list_unknown_nearest", "survey!A2")],
    ),
    "no list": (survey(("select_one", "a", "A")), [("xlsform.list_unnamed", "survey!A2")]),
    "no choices": (survey(("select_one yn", "a", "A")), [("xlsform.list_unknown", "survey!A2")]),
    "group without end": (
        survey(("begin_group", "g", "G"), ("text", "a", "A")),
        [("xlsform.never_ended", "survey!A2")],
    ),
    "end without group": (
        survey(("text", "a", "A"), ("end_group",)),
        [("xlsform.never_begun", "survey!A3")],
    ),
    "ends that cross": (
        survey(("begin_group", "g", "G"), ("begin_repeat", "r", "R"), ("text", "a", "A"),
               ("end_group",), ("end_repeat",)),
        [("xlsform.ends_another", "survey!A5"), ("xlsform.ends_another", "survey!A6")],
    ),
    "name twice": (
        survey(("text", "a", "A"), ("text", "a", "B")),
        [("xlsform.name_twice", "survey!B3")],
    ),
    "no name": (survey(("text", None, "A")), [("xlsform.name_missing", "survey!B2")]),
    "bad name": (survey(("text", "1 a", "A")), [("xlsform.name_bad", "survey!B2")]),
    "no type": (survey((None, "a", "A")), [("xlsform.type_missing", "survey!A2")]),
    "unknown reference": (
        survey(("text", "name", "N"), ("text", "b", "B", "${nama} != ''"), columns="relevant"),
        [("xlsform.reference_unknown_nearest", "survey!D3")],
    ),
    "reference in a label": (
        survey(("text", "b", "Hello ${zzzz}")),
        [("xlsform.reference_unknown", "survey!C2")],
    ),
    "broken expressions": (
        survey(
            ("text", "a", "A", "${a} = 'x", None),
            ("text", "b", "B", "(${a} != ''", ". >"),
            columns="relevant constraint",
        ),
        [("xlsform.expression_broken", f"survey!{c}") for c in ("D2", "D3", "E3")],
    ),
    "choice twice": (
        {**survey(("text", "a", "A")), "choices": [*CHOICES["choices"], ("yn", "no", "Nope")]},
        [("xlsform.choice_twice", "choices!B4")],
    ),
    "choice without a value": (
        {**survey(("text", "a", "A")), "choices": [*CHOICES["choices"], ("yn", None, "Nope")]},
        [("xlsform.choice_unnamed", "choices!B4")],
    ),
    "nothing to ask": (survey(("start", "s", None)), [("xlsform.nothing_to_ask", "survey!1")]),
    "too many columns": (
        {"survey": [("type", "name", *(f"c{n}" for n in range(300)))]},
        [("xlsform.too_many_columns", "survey!GS1")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(WRONG))
def test_a_wrong_workbook_is_told_cell_by_cell(name: str) -> None:
    sheets, wanted = WRONG[name]
    with pytest.raises(BadDocument) as refused:
        importing.read(workbook(sheets))
    assert [(p.key, p.pointer) for p in refused.value.problems] == wanted
    for problem in refused.value.problems:
        assert all(problem.sentence(language) for language in LANGUAGES)


def refused(data: bytes) -> str:
    with pytest.raises(BadDocument) as caught:
        importing.read(data)
    return caught.value.problems[0].key


def packed(**parts: bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return data.getvalue()


def changed(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(made, "w") as after:
        for info in before.infolist():
            text = before.read(info)
            if info.filename == part:
                assert old in text
                text = text.replace(old, new)
            after.writestr(info.filename, text)
    return made.getvalue()


def test_what_is_no_workbook_is_refused() -> None:
    assert refused(b"") == "xlsform.not_a_workbook"
    assert refused(b"PK\x03\x04 no archive") == "xlsform.not_a_workbook"
    assert refused(b"type,name\ntext,a\n") == "xlsform.not_a_workbook"
    assert refused(packed(a=b"b")) == "xlsform.not_a_workbook"


def test_a_workbook_that_unpacks_without_end_is_refused_before_it_is_unpacked() -> None:
    bomb = packed(**{"xl/worksheets/sheet1.xml": b"0" * (workbooks.MAX_UNPACKED + 1)})
    assert len(bomb) < 200_000
    assert refused(bomb) == "xlsform.unpacks_too_large"
    assert refused(packed(**{f"p{n}": b"" for n in range(600)})) == "xlsform.unpacks_too_large"
    assert refused(b"P" * (workbooks.MAX_BYTES + 1)) == "xlsform.too_large"


def test_entities_are_refused() -> None:
    sheet = workbook(survey(("text", "a", "A")))
    part = "xl/worksheets/sheet1.xml"
    laugh = b'<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet'
    assert refused(changed(sheet, part, b"<worksheet", laugh)) == "xlsform.hostile"


def test_a_sheet_may_not_claim_endless_rows() -> None:
    sheet = workbook(survey(("text", "a", "A")))
    far = changed(sheet, "xl/worksheets/sheet1.xml", b'<row r="2"', b'<row r="1048576"')
    far = changed(far, "xl/worksheets/sheet1.xml", b'r="A2"', b'r="A1048576"')
    assert refused(far) == "xlsform.nothing_to_ask"
    rows = [("text", f"q{n}", "Q") for n in range(workbooks.MAX_ROWS + 1)]
    assert refused(workbook(survey(*rows))) == "xlsform.too_many_rows"


def test_a_formula_that_fails_or_was_never_worked_out_is_told_with_its_cell() -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "survey"
    sheet.append(["type", "name", "label"])
    sheet.append(["text", "a", "=1+1"])
    data = io.BytesIO()
    book.save(data)
    with pytest.raises(BadDocument) as caught:
        importing.read(data.getvalue())
    assert [(p.key, p.pointer) for p in caught.value.problems] == [
        ("xlsform.formula_uncounted", "survey!C2")
    ]
    sheet["C2"] = "#REF!"
    sheet["C2"].data_type = "e"
    data = io.BytesIO()
    book.save(data)
    with pytest.raises(BadDocument) as caught:
        importing.read(data.getvalue())
    assert [(p.key, p.pointer) for p in caught.value.problems] == [
        ("xlsform.formula_error", "survey!C2")
    ]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 8000), st.binary(min_size=1, max_size=8))
def test_damaged_bytes_end_in_a_sentence_or_a_form(at: int, noise: bytes) -> None:
    whole = workbook(SAMPLES["case intake"]())
    data = whole[: at % len(whole)] + noise + whole[at % len(whole) + len(noise) :]
    with suppress(BadDocument):
        importing.read(data)


CELLS = st.one_of(
    st.none(),
    st.integers(-5, 5),
    st.sampled_from(
        ["text", "integer", "select_one yn", "select_multiple yn", "begin_group", "end_group",
         "begin_repeat", "end_repeat", "calculate", "note", "a", "b", "c", "yes", "${a} = 'yes'",
         "${b} > 1", "not(${a} != '') or ${c} < 3", ". > 1", "count(${b})", "if(${a} = 'no', 1, 2)",
         "selected(${c}, 'no')", "${a} + 1", "a=${a}", "multiline", "date", "range", "today"]
    ),
    st.text(max_size=6),
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(*[CELLS] * 8), max_size=8))
def test_any_cells_end_in_sentences_or_in_a_form_that_check_accepts(rows: Any) -> None:
    head = ("type", "name", "label", "relevant", "constraint", "calculation", "required", "default")
    kept = [
        tuple(
            c if not isinstance(c, str) or (c.isprintable() and not c.startswith("=")) else "x"
            for c in row
        )
        for row in rows
    ]
    assert all(key.startswith("xlsform.") for key in refusals({"survey": [head, *kept], **CHOICES}))


def refusals(sheets: Sheets) -> list[str]:
    try:
        importing.read(workbook(sheets))
    except BadDocument as e:
        return [p.key for p in e.problems]
    return []
