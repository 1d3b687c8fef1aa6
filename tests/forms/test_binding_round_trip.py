"""What is drawn and posted back unchanged is the same answers: shipped forms and every type."""

from __future__ import annotations

import json
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.answer_strategies import value_of
from forms.browser_without_script import NO_FILES, Page
from forms.small_forms import every_type
from satupintu.documents import Json
from satupintu.forms import reading
from satupintu.forms.answers import with_computed
from satupintu.forms.binding import read_page
from satupintu.forms.document import Form, Question
from satupintu.forms.rendering import page_html

ROOT = Path(__file__).parents[2]
WIB = ZoneInfo("Asia/Jakarta")
SHIPPED = ["asesmen-awal", "laporan-publik", "tindak-lanjut"]
PACK = ["rawat-satwa", "titip-kabar", "hasil-rawat"]
FEWER = settings(max_examples=settings.default.max_examples // 3)
"""Each example draws and reads every page of a form three times."""


@cache
def form_named(name: str) -> Form:
    if name == "every type":
        return every_type()
    folder = ROOT / ("tests/packs/kecil/schemas/forms" if name in PACK else "schemas/forms")
    return reading.read(json.loads((folder / f"{name}.json").read_bytes()))


LINES = st.text(st.characters(exclude_categories=("C", "Z")) | st.just(" "), min_size=1)
MOMENTS = st.datetimes(
    min_value=datetime(1950, 1, 1),  # noqa: DTZ001 - Hypothesis adds the zone
    max_value=datetime(2090, 1, 1),  # noqa: DTZ001
    timezones=st.sampled_from([WIB, ZoneInfo("UTC"), ZoneInfo("Asia/Jayapura")]),
)


def answer(question: Question) -> st.SearchStrategy[Json]:
    options = [o.const for o in question.options]
    match question.kind:
        case "text" | "tel":
            return LINES.map(lambda t: t[: question.schema.get("maxLength", 80)])
        case "textarea":
            return st.lists(LINES, min_size=1, max_size=3).map("\n".join)
        case "number":
            return st.integers(0, 99_999)
        case "radio" | "select":
            return st.sampled_from(options)
        case "checkboxes":
            return st.lists(st.sampled_from(options), unique=True)
        case "checkbox" if question.schema.get("const") is True:
            return st.just(True)
        case "yes-no" | "checkbox":
            return st.booleans()
        case "date":
            return st.dates(min_value=date(1900, 1, 1)).map(str)
        case "date-time":
            return MOMENTS.map(lambda m: m.isoformat())
        case "file":
            return st.uuids().map(str)
        case "files":
            return st.lists(st.uuids().map(str), min_size=1, max_size=5, unique=True)
        case "estimated-date":
            return st.dates(min_value=date(1900, 1, 1), max_value=date(2026, 1, 1)).map(str)
        case "statement":
            return st.just(None)
        case "consent":
            return st.just(True)
        case "nik":
            return st.just("0" * 16)  # it holds no birth date that another answer could contradict
        case "group":
            return row_of(question)
        case "rows":
            return st.lists(row_of(question), max_size=3)
        case "computed":
            return st.just(None)
        case _:
            return value_of(question)


def row_of(question: Question) -> st.SearchStrategy[dict[str, Json]]:
    fields = {c.key: answer(c) for c in question.children if c.kind != "computed"}
    return st.fixed_dictionaries({}, optional=fields)


@cache
def drafts(name: str) -> st.SearchStrategy[dict[str, Json]]:
    form = form_named(name)
    first = {q.key: q for q in form.questions.values() if "." not in q.name}
    fields: dict[str, Any] = {k: answer(q) for k, q in first.items() if q.kind != "computed"}
    return st.fixed_dictionaries({}, optional=fields).map(lambda a: with_computed(form, a))


def without_rows(form: Form, answers: dict[str, Json]) -> dict[str, Json]:
    return {k: v for k, v in answers.items() if form.questions[k].kind != "rows"}


def same(before: Json, after: Json) -> bool:
    """Tell whether all that was asked came back; what a page makes of silence is not a change."""
    silence: tuple[Json, ...] = (None, [], False, {})
    if isinstance(before, dict) and isinstance(after, dict):
        return all(same(before.get(k), after.get(k)) for k in {*before, *after})
    if isinstance(before, list) and isinstance(after, list) and before and after:
        if isinstance(before[0], dict):
            pairs = zip(before, after, strict=False)
            return len(before) == len(after) and all(same(b, a) for b, a in pairs)
        return sorted(before) == sorted(after)
    return before == after or (before in (None, {}) and after in silence)


@pytest.mark.parametrize("name", [*SHIPPED, *PACK, "every type"])
def test_a_page_posted_as_it_was_drawn_changes_no_answer(name: str) -> None:
    form = form_named(name)

    @FEWER
    @given(st.data())
    def round_trip(data: st.DataObject) -> None:
        answers = data.draw(drafts(name))
        language = data.draw(st.sampled_from(["id", "en"]))
        for page in form.pages:
            html = page_html(form, page, language=language, zone=WIB, answers=answers)
            drawn = Page(str(html))
            assert drawn.unlabelled() == []
            bound = read_page(
                form, page, drawn.posted(), NO_FILES, answers, zone=WIB, language=language
            )
            assert bound.problems == ()
            assert bound.unread == {}
            again = read_page(
                form, page, drawn.posted(), NO_FILES, bound.answers, zone=WIB, language=language
            )
            assert again.answers == bound.answers
            assert same(without_rows(form, answers), without_rows(form, bound.answers))

    round_trip()


@given(st.data())
def test_rows_posted_as_they_were_drawn_keep_every_answer_that_is_asked(
    data: st.DataObject,
) -> None:
    form = every_type()
    answers = data.draw(st.fixed_dictionaries({"anak": answer(form.questions["anak"])}))
    for row in answers["anak"]:
        if row.get("ikut") is not True:
            row.pop("sejak", None)
    page = form.pages[0]
    drawn = Page(str(page_html(form, page, language="id", zone=WIB, answers=answers)))
    bound = read_page(form, page, drawn.posted(), NO_FILES, answers, zone=WIB, language="id")
    assert bound.problems == ()
    assert same(answers["anak"], bound.answers["anak"])
