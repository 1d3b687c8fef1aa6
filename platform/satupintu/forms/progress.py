"""How far a form is filled in: which pages are done, begun or wrong, for the list of pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from satupintu.documents import Json
from satupintu.errors import Problem
from satupintu.forms.answers import asked, pages_to_ask
from satupintu.forms.document import Form, Page, Question
from satupintu.forms.facts import at
from satupintu.forms.questions import of

PageState = Literal["done", "wrong", "begun", "empty"]


@dataclass(frozen=True)
class Progress:
    """One page on which something is asked now: counts of its questions, groups not counted.

    Of a page that asks its questions one by one, ``page`` is the step to go to: the first where
    something is to be done, else its first.
    """

    page: Page
    state: PageState
    asked: int
    answered: int
    problems: int
    """How many questions of a page that was sent still need something; 0 before that."""


def progress(
    form: Form,
    answers: Mapping[str, Json],
    sent: Collection[str],
    problems: Iterable[Problem],
) -> tuple[Progress, ...]:
    """Return how each page stands that asks something; ``problems`` are those of all answers."""
    here = [q for q in asked(form, answers) if not q.is_group and of(q.kind).on_page]
    wrong = Counter(p.pointer.removeprefix("/").partition("/")[0] for p in _places(problems))
    return tuple(_pages(form, answers, sent, here, wrong))


def _places(problems: Iterable[Problem]) -> list[Problem]:
    """Return one problem for each place: a place to look at counts once."""
    return list({p.pointer: p for p in problems}.values())


def _pages(
    form: Form,
    answers: Mapping[str, Json],
    sent: Collection[str],
    here: list[Question],
    wrong: Mapping[str, int],
) -> Iterator[Progress]:
    asking = {p.id for p in pages_to_ask(form, answers)}
    for _, together in groupby(form.pages, lambda page: page.section):
        steps = [page for page in together if page.id in asking]
        if steps:
            yield _of(steps, answers, sent, here, wrong)


def _of(
    steps: list[Page],
    answers: Mapping[str, Json],
    sent: Collection[str],
    here: list[Question],
    wrong: Mapping[str, int],
) -> Progress:
    keys = {name for step in steps for name in step.questions}
    told = [q for q in here if q.name.partition(".")[0] in keys and _is_told(q)]
    answered = sum(_is_answered(at(answers, q.name)) for q in told)
    seen = [step for step in steps if step.id in sent]
    problems = sum(wrong.get(name, 0) for step in seen for name in step.questions)
    to_do = (
        step
        for step in steps
        if step.id not in sent or any(wrong.get(name) for name in step.questions)
    )
    state: PageState
    if problems:
        state = "wrong"
    elif len(seen) == len(steps):
        state = "done"
    else:
        state = "begun" if answered or seen else "empty"
    return Progress(next(to_do, steps[0]), state, len(told), answered, problems)


def _is_told(question: Question) -> bool:
    return question.computed is None and of(question.kind).asks


def _is_answered(value: Json) -> bool:
    return value is not None and value != [] and value != ""
