"""The shipped forms, and the forms of another town, are read, checked and can be filled in."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from forms.answer_strategies import any_answers, valid_answers
from forms.completed_answers import complete
from satupintu.conditions.values import read_facts, write_facts
from satupintu.documents import Json, content_hash
from satupintu.forms.answers import (
    asked,
    pages_to_ask,
    problems,
    with_computed,
    without_hidden,
)
from satupintu.forms.check import check
from satupintu.forms.document import Form
from satupintu.forms.facts import fact_problems, facts
from satupintu.forms.reading import read

ROOT = Path(__file__).parents[2]
PATHS = sorted(
    [*ROOT.glob("schemas/forms/*.json"), *ROOT.glob("tests/packs/*/schemas/forms/*.json")]
)


@cache
def form_at(path: Path) -> Form:
    return read(json.loads(path.read_bytes()))


@cache
def stock(path: Path) -> Draft202012Validator:
    return Draft202012Validator(json.loads(path.read_bytes()), format_checker=FormatChecker())


fewer = settings(max_examples=settings().max_examples // 3)
"""A form of 61 questions is drawn in 50 ms."""

each_form = pytest.mark.parametrize("path", PATHS, ids=[p.stem for p in PATHS])


@each_form
def test_a_shipped_form_has_no_problem_and_no_warning(path: Path) -> None:
    assert check(path.read_bytes(), path.name) == []


@each_form
def test_every_property_becomes_a_question_on_exactly_one_page(path: Path) -> None:
    form = form_at(path)
    on_pages = [name for page in form.pages for name in page.questions]
    assert sorted(on_pages) == sorted(n for n in form.questions if "." not in n)
    assert next(iter(form.questions)) == on_pages[0]
    assert form.hash == content_hash(json.loads(path.read_bytes()))


@each_form
@fewer
@given(data=st.data())
def test_drawn_answers_are_valid_for_any_validator(path: Path, data: st.DataObject) -> None:
    form = form_at(path)
    answers = data.draw(valid_answers(form))
    assert problems(form, answers) == ()
    assert list(stock(path).iter_errors(answers)) == []
    assert with_computed(form, answers) == answers
    assert without_hidden(form, answers) == (answers, ())


@each_form
@fewer
@given(data=st.data())
def test_there_is_a_problem_exactly_where_the_validator_has_one(
    path: Path, data: st.DataObject
) -> None:
    form = form_at(path)
    spoiled = data.draw(st.booleans())
    answers = _spoiled(data, form) if spoiled else data.draw(any_answers(form))
    found = problems(form, answers)
    assert (not found) is stock(path).is_valid(answers)
    assert len({p.pointer for p in found}) == len(found)
    assert all(p.sentence("id") and p.sentence("en") for p in found)


@each_form
@fewer
@given(data=st.data())
def test_what_is_left_after_hiding_has_no_answer_that_was_not_asked(
    path: Path, data: st.DataObject
) -> None:
    form = form_at(path)
    answers = data.draw(any_answers(form))
    left, _ = without_hidden(form, answers)
    assert without_hidden(form, left) == (left, ())
    assert not [p for p in problems(form, left) if p.key == "forms.answer_not_asked"]


@each_form
@fewer
@given(data=st.data())
def test_facts_of_valid_answers_are_what_the_types_allow(path: Path, data: st.DataObject) -> None:
    form = form_at(path)
    answers = data.draw(valid_answers(form))
    found = facts(form, answers)
    assert found.keys() <= form.facts.keys()
    assert found.keys() <= {q.name for q in asked(form, answers)}
    assert read_facts(write_facts(found), form.facts) == found
    assert fact_problems(form, write_facts(found)) == ()


@each_form
def test_a_form_can_be_completed_from_nothing(path: Path) -> None:
    form = form_at(path)
    answers = complete(form, {})
    assert problems(form, answers) == ()
    assert pages_to_ask(form, answers)[0].id == form.pages[0].id


RULE_SETS = [
    path
    for folder in (ROOT, *ROOT.glob("tests/packs/*"))
    for path in folder.glob("rules/*.json")
    if "examples" in json.loads(path.read_bytes())
]
EXAMPLES = [
    pytest.param(path, example, id=f"{path.stem}-{example['id']}")
    for path in RULE_SETS
    for example in json.loads(path.read_bytes())["examples"]
]


@pytest.mark.parametrize(("path", "example"), EXAMPLES)
def test_the_facts_of_every_example_can_be_answered(path: Path, example: Json) -> None:
    form_id = json.loads(path.read_bytes())["form"]
    form = form_at(path.parents[1] / "schemas" / "forms" / f"{form_id}.json")
    assert fact_problems(form, example["facts"]) == ()
    answers = complete(form, example["facts"])
    given_facts = write_facts(facts(form, answers))
    assert {n: given_facts.get(n) for n in example["facts"]} == example["facts"]


def _spoiled(data: st.DataObject, form: Form) -> dict[str, Json]:
    """Draw valid answers of which a few are replaced by what another draw says, or left out."""
    answers = data.draw(valid_answers(form))
    others = data.draw(any_answers(form))
    for name in data.draw(st.lists(st.sampled_from(sorted({*answers, *others})), max_size=3)):
        if name in others:
            answers = {**answers, name: others[name]}
        else:
            answers = {k: v for k, v in answers.items() if k != name}
    return answers
