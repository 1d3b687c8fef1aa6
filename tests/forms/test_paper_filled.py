"""Filled forms on paper: what was asked and answered, cut as on the screen, whatever its length."""

from __future__ import annotations

import time
from typing import Any

import pytest

import forms.further_sample_forms  # noqa: F401 - registers its samples
from forms.completed_answers import complete
from forms.going_round import DOCUMENTS, WIB, shipped
from forms.plain_samples import PLAIN
from forms.printed import as_printed, assert_for_screen_readers, blank_of, filled_of, squeezed
from forms.sample_forms import SAMPLES, asks, sample_form, sheets, text, whole, yes_no
from satupintu.documents import Json
from satupintu.errors import BadAnswers
from satupintu.forms import plain, reading
from satupintu.forms.document import Form
from satupintu.forms.paper import printing
from satupintu.forms.reading_back import sections
from satupintu.words import pick

EXAMPLES = [(name, number) for name in SAMPLES for number in range(len(SAMPLES[name]()[1]))]


def says_what_the_screen_says(form: Form, answers: Json, language: str) -> None:
    pdf = filled_of(form, answers, language, reveal=form.questions)
    assert_for_screen_readers(pdf, pick(form.title, language), language)
    told = squeezed(pdf.text)
    read = sections(form, answers, language=language, zone=WIB, reveal=form.questions)
    for row in (row for page in read for row in page.rows):
        if row.asked:
            for line in row.lines or (row.muted,):
                printed = as_printed(line)  # where a page ends, its foot stands between
                assert printed[:200] in told, row.title
                assert printed[-200:] in told, row.title
            assert as_printed(row.own) in told, row.title
            if row.level > 1:
                assert squeezed(row.level_word) in told


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize(("name", "number"), EXAMPLES)
def test_the_answers_of_a_sample_are_on_paper_as_on_the_screen(name, number, language):
    answers = SAMPLES[name]()[1][number]
    says_what_the_screen_says(sample_form(name), answers, language)


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: p.stem)
def test_the_answers_of_a_shipped_form_are_on_paper_as_on_the_screen(path, language):
    form = shipped(path)
    says_what_the_screen_says(form, complete(form, {}), language)


@pytest.mark.parametrize("title", PLAIN)
def test_answers_to_any_schema_are_on_paper(title):
    schema, values = PLAIN[title]
    form = plain.as_form(schema)
    for value in values[:2]:
        pdf = filled_of(form, {plain.KEY: value}, "en")
        assert_for_screen_readers(pdf, pick(form.title, "en"), "en")


def of(properties: dict[str, Json], **root: Any) -> Form:
    return reading.read(sheets(properties, " ".join(properties), **root))


def people(most: int, **fields: Json) -> Form:
    items = {"type": "object", "properties": fields, "unevaluatedProperties": False}
    return of({"anak": asks("Anak", type="array", maxItems=most, items=items)})


def test_what_was_not_asked_is_left_out():
    condition = {"properties": {"a": {"const": True}}, "required": ["a"]}
    form = reading.read(
        sheets(
            {"a": yes_no("Setuju")},
            "a b",
            allOf=[{"if": condition, "then": {"properties": {"b": text("Rincian")}}}],
        )
    )
    assert "Rincian" not in filled_of(form, {"a": False}).text
    assert "Rincian" in filled_of(form, {"a": True, "b": "x"}).text


def test_a_most_secret_answer_is_covered_until_it_is_revealed():
    form = of({"nama": text("Nama", **{"x-sensitivity": "sangat_rahasia"}), "kota": text("Kota")})
    answers = {"nama": "Kenanga", "kota": "Contoh"}
    covered = filled_of(form, answers).text
    assert "Kenanga" not in covered
    assert "Ditutup" in covered
    assert "Sangat rahasia" in covered
    assert "Kenanga" in filled_of(form, answers, reveal=("nama",)).text
    assert "Nama" not in filled_of(form, answers, visible=frozenset({"kota"})).text


def test_rows_are_a_table_with_a_head_where_they_are_short():
    form = people(9, nama=text("Nama"), usia=whole("Usia", 0, 20))
    pdf = filled_of(form, {"anak": [{"nama": "Budi", "usia": 3}, {"nama": "Sari"}]})
    assert pdf.tags.count("/Table") == 1
    assert pdf.tags.count("/TH") == 3
    assert "1 Budi 3 2 Sari" in pdf.text
    long = filled_of(form, {"anak": [{"nama": "kata " * 16, "usia": 3}]})
    assert "/Table" not in long.tags
    assert "Anak, nomor 1" in long.text


def test_a_thousand_rows_are_printed_on_many_pages_in_time():
    form = people(1000, nama=text("Nama"), usia=whole("Usia", 0, 20))
    rows = [{"nama": f"Anak {n}", "usia": n % 20} for n in range(1000)]
    start = time.process_time()
    pdf = filled_of(form, {"anak": rows})
    assert time.process_time() - start < 30
    assert len(pdf.reader.pages) > 20
    assert "Anak 999" in pdf.text
    assert pdf.text.count("Nama Usia") == len(pdf.reader.pages)  # the head of the table, again


def test_no_text_runs_over_the_edge():
    form = of({"a": text("W" * 80, maxLength=4000), "b": text("B", maxLength=4000)})
    pdf = filled_of(form, {"a": "W" * 2000, "b": "﷽" * 60})
    assert max(pdf.right_edges()) < 1 - 20 / 210  # the margin of 22 mm, less what a letter leans
    assert squeezed(pdf.text).count("W" * 22) > 80


def test_more_than_one_document_can_hold_is_refused_in_words(monkeypatch):
    monkeypatch.setattr(printing, "MOST_LETTERS", 100)
    with pytest.raises(BadAnswers) as refused:
        filled_of(of({"a": text("A", maxLength=4000)}), {"a": "x" * 200})
    assert [p.key for p in refused.value.problems] == ["paper.too_much"]


def test_the_same_answers_at_the_same_moment_give_the_same_bytes():
    form = of({"a": text("A")})
    assert filled_of(form, {"a": "x"}).data == filled_of(form, {"a": "x"}).data


def test_a_head_and_a_foot_stand_on_every_page():
    pdf = filled_of(of({"a": text("A", maxLength=9000)}), {"a": "kata " * 1700})
    count = len(pdf.reader.pages)
    assert count > 1
    for number, page in enumerate(pdf.reader.pages, 1):
        said = page.extract_text()
        assert f"Halaman {number} dari {count}" in said
        assert "Rahasia." in said
        assert "Pintu Contoh" in said
    assert "Formulir kosong" in blank_of(of({"a": text("A")})).text
