"""Answers that a form accepts come back through its own pages: shipped forms, a pack, samples."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import forms.attachment_sample_forms
import forms.further_sample_forms  # noqa: F401 - they register their samples
from conditions.condition_strategies import sized
from forms.answer_strategies import valid_answers
from forms.answering import Answers
from forms.going_round import DOCUMENTS, shipped, tried
from forms.sample_forms import SAMPLES, sample_form
from satupintu.documents import Json
from satupintu.forms.answers import problems, with_computed
from satupintu.forms.document import Form, Question

EXAMPLES = [(name, number) for name in SAMPLES for number in range(len(SAMPLES[name]()[1]))]


def as_typed(form: Form, answers: Answers) -> Answers:
    """Return the answers with every text as a person can type it: no spaces around it."""

    def typed(question: Question, value: Json) -> Json:
        match question.kind, value:
            case "group", dict():
                below = {c.key: typed(c, value[c.key]) for c in question.children if c.key in value}
                return {key: kept for key, kept in below.items() if kept is not None}
            case "rows", list():
                fields = {child.key: child for child in question.children}
                made = [{k: typed(fields[k], v) for k, v in row.items()} for row in value]
                return [{k: v for k, v in row.items() if v is not None} for row in made]
            case "nik", _:
                return None  # drawn at random it holds no birth date
            case "text" | "tel" | "textarea", str():
                return " ".join(value.split()) or None
            case _:
                return value

    first = {q.key: q for q in form.questions.values() if "." not in q.name}
    told = {key: typed(first[key], value) for key, value in answers.items()}
    return with_computed(form, {key: value for key, value in told.items() if value is not None})


@cache
def drawn(form_of: str) -> st.SearchStrategy[Answers]:
    form = sample_form(form_of) if form_of in SAMPLES else shipped(Path(form_of))
    return valid_answers(form).map(lambda answers: as_typed(form, answers))


def comes_back(form: Form, answers: Answers, language: str) -> None:
    assume(not problems(form, answers))
    done = tried(form, answers, language)
    assert done.unlabelled == ()
    assert [(p.pointer, p.sentence("en")) for p in done.problems] == []
    assert done.equal
    assert problems(form, done.answers) == ()


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_answers_that_a_document_accepts_come_back_through_its_pages(path: Path) -> None:
    @sized(60, assured=1_200)
    @given(drawn(str(path)), st.sampled_from(["id", "en"]))
    def comes_back_here(answers: Answers, language: str) -> None:
        comes_back(shipped(path), answers, language)

    comes_back_here()


@pytest.mark.parametrize("name", SAMPLES)
def test_answers_that_a_sample_accepts_come_back_through_its_pages(name: str) -> None:
    @sized(20, assured=200)
    @given(drawn(name), st.sampled_from(["id", "en"]))
    def comes_back_here(answers: Answers, language: str) -> None:
        comes_back(sample_form(name), answers, language)

    comes_back_here()


@pytest.mark.parametrize(("name", "number"), EXAMPLES)
def test_the_answers_written_beside_a_sample_come_back(name: str, number: int) -> None:
    form, answers = sample_form(name), SAMPLES[name]()[1][number]
    assert problems(form, with_computed(form, answers)) == ()
    done = tried(form, answers)
    assert [(p.pointer, p.sentence("en")) for p in done.problems] == []
    assert done.sound
