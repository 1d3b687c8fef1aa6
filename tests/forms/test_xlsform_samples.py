"""Sample workbooks are imported, are fit for use, and are what pyxform makes of them."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from pyxform.xls2xform import convert

import forms.further_xlsform_samples  # noqa: F401 - it fills SAMPLES
from forms.answer_strategies import valid_answers
from forms.going_round import tried
from forms.xlsform_judge import asked_by_pyxform
from forms.xlsform_samples import SAMPLES, Sheets, workbook
from forms.xlsform_strategies import workbooks
from satupintu.conditions.meaning import holds
from satupintu.forms import reading
from satupintu.forms.check import check
from satupintu.forms.document import Form
from satupintu.forms.facts import known
from satupintu.forms.xlsform import importing

NAMES = sorted(SAMPLES)
HARMLESS = {
    "forms.untranslated", "conditions.part_needless", "conditions.only_answered",
}  # fmt: skip
GONE = {"note", "audio", "start", "deviceid"}
FEWER = {"person_name", "person_age"}


@cache
def book(name: str) -> bytes:
    return workbook(SAMPLES[name]())


@cache
def imported(name: str) -> importing.Imported:
    return importing.read(book(name))


@cache
def form_of(name: str) -> Form:
    return reading.read(imported(name).document)


@cache
def judged(name: str) -> dict[str, Any]:
    found: dict[str, Any] = convert(
        io.BytesIO(book(name)), validate=False, file_type=".xlsx"
    )._pyxform
    return found


def everything(
    node: dict[str, Any], around: tuple[str, ...] = ()
) -> Iterator[tuple[dict[str, Any], tuple[str, ...]]]:
    for child in node.get("children", ()):
        if child["name"] == "meta" or child["name"].endswith("_count"):
            continue
        yield child, around
        if child["type"] in ("group", "repeat"):
            yield from everything(child, (*around, child["name"]))


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_becomes_a_form_that_is_fit_for_use(name: str) -> None:
    found = check(json.dumps(imported(name).document).encode(), "f.json")
    assert not [(p.place(), p.sentence("en")) for p in found if not p.warning]
    assert {p.key for p in found} <= HARMLESS


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_asks_what_pyxform_reads_in_it(name: str) -> None:
    form = form_of(name)
    ours = {q.key: q for q in form.questions.values()}
    pages = [page.id for page in form.pages]
    for node, around in everything(judged(name)):
        told = [p.pointer for p in imported(name).remarks]
        if node["type"] in GONE or node["name"] in FEWER:
            assert told
            continue
        if node["type"] == "group":
            assert node["name"] in ours or node["name"] in pages or told, node["name"]
            continue
        question = ours[node["name"]]
        if node["type"] == "repeat":
            assert question.kind in ("rows", "structure")
        if node.get("choices") and question.options and not node["name"].endswith("_other"):
            assert [o.const for o in question.options] == [c["name"] for c in node["choices"]]
        inside = [a for a in around if a in ours and ours[a].kind == "rows"]
        assert bool(inside) == ("." in question.name and inside != []), question.name


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_answers_to_a_sample_go_through_its_pages_and_back(name: str, data: st.DataObject) -> None:
    form = form_of(name)
    answers = data.draw(valid_answers(form))
    assume(
        not re.search(
            r'"\s*"|"\s|\s"', json.dumps(answers, ensure_ascii=False, separators=(",", ":"))
        )
    )
    done = tried(form, answers)
    assert done.sound, (answers, done)


@pytest.mark.parametrize("name", [n for n in NAMES if n not in ("repeats within repeats",)])
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_question_is_asked_where_the_xform_has_it_relevant(
    name: str, data: st.DataObject
) -> None:
    form = form_of(name)
    lost = {p.pointer.split("!")[1][1:] for p in imported(name).remarks if "relevant" in p.key}
    answers = data.draw(valid_answers(form))
    facts = known(form, answers)
    theirs = asked_by_pyxform(book(name), form, answers)
    rows = {r[1]: str(n) for n, r in enumerate(SAMPLES[name]()["survey"], 1) if len(r) > 1}
    for full, asked in theirs.items():
        if rows.get(full.rpartition(".")[2]) not in lost:
            ours = holds(form.questions[full].asked_when, facts) is True
            assert ours == asked, (full, answers)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(sheets=workbooks(), data=st.data())
def test_any_workbook_asks_what_its_xform_has_relevant(sheets: Sheets, data: st.DataObject) -> None:
    made = workbook(sheets)
    found = importing.read(made)
    lost = [p.pointer for p in found.remarks if p.key == "xlsform.relevant_left"]
    form = reading.read(found.document)
    answers = data.draw(valid_answers(form))
    facts = known(form, answers)
    theirs = asked_by_pyxform(made, form, answers)
    for full, asked in theirs.items():
        ours = holds(form.questions[full].asked_when, facts) is True
        assert ours == asked or (ours and lost), (full, answers, found.document)
