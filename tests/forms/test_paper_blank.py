"""Blank forms on paper: every question with a place to write, tagged, the same bytes each time."""

from __future__ import annotations

import json
from typing import Any

import pytest

import forms.further_sample_forms  # noqa: F401 - registers its samples
from forms.going_round import DOCUMENTS, shipped
from forms.plain_samples import PLAIN
from forms.printed import as_printed, assert_for_screen_readers, blank_of, squeezed
from forms.sample_forms import SAMPLES, asks, pick, sample_form, sheets, text, ticks, whole, yes_no
from satupintu.forms import plain, questions, reading
from satupintu.forms.document import Form, Question
from satupintu.forms.paper import usual
from satupintu.forms.paper.asked import blank
from satupintu.forms.paper.blanks import Boxes, Cells, Comb, Lines, Listed, Short
from satupintu.forms.paper.sheet import Asked, Branch, Columns, Group, Letterhead, Sheet
from satupintu.words import pick as said

DOOR = Letterhead("Pintu Contoh")


def holds_every_question(form: Form, language: str) -> None:
    pdf = blank_of(form, language)
    assert_for_screen_readers(pdf, said(form.title, language), language)
    text = squeezed(pdf.text)
    for question in form.questions.values():
        assert as_printed(said(question.title, language)) in text, question.name
        for option in question.options[: usual.FIRST]:
            assert as_printed(said(option.title, language)) in text, question.name
    for page in form.pages:
        assert as_printed(said(page.title, language)) in text


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: p.stem)
def test_a_shipped_form_is_printed_with_all_its_questions(path, language):
    holds_every_question(shipped(path), language)


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_is_printed_with_all_its_questions(name, language):
    holds_every_question(sample_form(name), language)


@pytest.mark.parametrize("title", PLAIN)
def test_any_schema_is_printed_with_places_to_write(title):
    form = plain.as_form(PLAIN[title][0])
    pdf = blank_of(form, "en")
    assert_for_screen_readers(pdf, said(form.title, "en"), "en")
    [question] = form.questions.values()
    assert questions.of(question.kind).paper(question, "en")


def test_the_same_version_gives_the_same_bytes():
    form = shipped(DOCUMENTS[0])
    assert blank_of(form).data == blank_of(form).data
    assert blank_of(form).data != blank_of(form, "en").data


def sheet_of(properties: dict[str, Any], **root: Any) -> Sheet:
    form = reading.read(sheets(properties, " ".join(root.pop("names", properties)), **root))
    return blank(form, DOOR, "en")


def drawn(question: dict[str, Any]) -> tuple[Any, ...]:
    [section] = sheet_of({"a": question}).sections
    [asked] = section.blocks
    assert isinstance(asked, Asked)
    return asked.blanks


@pytest.mark.parametrize(
    ("question", "blanks"),
    [
        (text("Nama"), (Lines(1),)),
        (text("Cerita", maxLength=800), (Lines(6),)),
        (text("Cerita", maxLength=9000), (Lines(usual.MOST_LINES),)),
        (whole("Usia", 0, 120), (Short(),)),
        (
            asks("Hari", type="string", format="date"),
            (Comb((Cells(2, "Day"), Cells(2, "Month"), Cells(4, "Year"))),),
        ),
        (
            text("NIK", **{"x-ui": {"widget": "nik"}}),
            (Comb((Cells(6), Cells(6), Cells(4))),),
        ),
        (whole("Uang", 0, 10**9, **{"x-ui": {"widget": "money"}}), (Short("IDR"),)),
    ],
    ids=["text", "long", "longest", "number", "date", "nik", "money"],
)
def test_each_type_is_drawn_as_paper_wants_it(question, blanks):
    assert drawn(question) == blanks


def test_yes_or_no_and_few_options_are_boxes_and_many_are_a_line_with_the_list():
    [yes] = drawn(yes_no("Setuju"))
    assert [t.title for t in yes.ticks] == ["Yes", "No"]
    [few] = drawn(pick("Warna", "merah", "biru"))
    assert isinstance(few, Boxes)
    assert few.rule == "Choose one."
    line, many = drawn(pick("Desa", *(f"desa{n}" for n in range(usual.TO_TICK + 1))))
    assert line == Lines(1)
    assert isinstance(many, Listed)
    assert len(many.options) == usual.TO_TICK + 1
    _, most = drawn(pick("Desa", *(f"desa{n}" for n in range(usual.PRINTED + 1))))
    assert len(most.options) == usual.FIRST
    assert str(usual.PRINTED + 1) in most.rule


def test_how_many_may_be_ticked_is_said_once():
    for help_, kept in (("Choose all that apply.", ""), ("Ask again.", "Ask again.")):
        [asked] = (
            sheet_of({"a": ticks("Warna", "a", "b", **{"x-ui": {"help": help_}})})
            .sections[0]
            .blocks
        )
        assert asked.help == kept


def test_what_hangs_on_an_answer_says_so_once_with_the_number_of_the_question():
    condition = {"properties": {"a": {"const": True}}, "required": ["a"]}
    form = reading.read(
        sheets(
            {"a": yes_no("Setuju")},
            "a b c",
            allOf=[{"if": condition, "then": {"properties": {"b": text("B"), "c": text("C")}}}],
        )
    )
    first, branch = blank(form, DOOR, "en").sections[0].blocks
    assert isinstance(first, Asked)
    assert isinstance(branch, Branch)
    assert branch.why == "Fill in only if 1.1 “Setuju (en)”: yes"
    assert [b.number for b in branch.blocks if isinstance(b, Asked)] == ["1.2", "1.3"]


def repeated(most: int, **fields: Any) -> Group:
    items = {"type": "object", "properties": fields, "unevaluatedProperties": False}
    rows = asks("Anak", type="array", maxItems=most, items=items)
    [group] = sheet_of({"anak": rows}).sections[0].blocks
    assert isinstance(group, Group)
    return group


def test_short_rows_are_a_table_and_long_ones_stand_below_each_other():
    table, more = repeated(20, nama=text("Nama"), usia=whole("Usia", 0, 20)).blocks
    assert isinstance(table, Columns)
    assert table.rows == 4
    assert "another paper" in more.text
    blocks = repeated(2, cerita=text("Cerita", maxLength=900)).blocks
    assert [b.title for b in blocks if isinstance(b, Group)] == [
        "Anak (en), number 1", "Anak (en), number 2",
    ]  # fmt: skip
    assert len(repeated(1, nama=text("Nama")).blocks) == 1


def test_a_type_that_says_nothing_of_paper_is_drawn_by_its_schema():
    of = Question("x", "new", "x", {"id": "X"}, {}, sample_form(next(iter(SAMPLES))).types)
    for schema in ({"type": "object", "properties": {"lat": {"type": "number"}}}, {"type": "array"},
                   {"type": "string", "format": "uuid"}, {}):  # fmt: skip
        drawn = usual.usual(Question(**{**of.__dict__, "schema": schema}), "id")
        assert drawn, json.dumps(schema)


def test_what_nobody_answers_is_read_or_not_there():
    to_read = asks("Baca", type="null", description="Satu.", **{"x-ui": {"widget": "statement"}})
    constant = asks("Asal", type="string", const="web", **{"x-ui": {"widget": "hidden"}})
    [section] = sheet_of({"a": to_read, "b": constant, "c": text("Kota")}).sections
    [read, asked] = section.blocks
    assert isinstance(read, Group)
    assert (read.help, read.blocks) == ("Satu.", ())
    assert isinstance(asked, Asked)
    assert asked.title == "Kota (en)"


@pytest.mark.parametrize("widget", ["rows", "table", "rows-by-page"])
def test_rows_stand_on_paper_alike_however_they_are_asked_on_a_screen(widget):
    fields = {"kota": text("Kota", maxLength=20), "asal": asks("Asal", type="string", const="web")}
    fields["asal"]["x-ui"] = {"widget": "hidden"}
    rows = {"type": "object", "unevaluatedProperties": False, "properties": fields}
    asked = asks("Orang", type="array", maxItems=3, items=rows, **{"x-ui": {"widget": widget}})
    [section] = sheet_of({"a": asked}).sections
    [group] = section.blocks
    assert isinstance(group, Group)
    [columns, *_] = group.blocks
    assert isinstance(columns, Columns)
    assert [title.partition(" ")[2] for title in columns.columns] == ["Kota (en)"]
