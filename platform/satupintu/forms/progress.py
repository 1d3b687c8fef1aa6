"""How far a form is filled in: which pages are done, begun or wrong, for the list of pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from satupintu.documents import Json
from satupintu.errors import Problem
from satupintu.forms.answers import asked
from satupintu.forms.document import Form, Page, Question
from satupintu.forms.facts import at
from satupintu.forms.questions import of

PageState = Literal["done", "wrong", "begun", "empty"]


@dataclass(frozen=True)
class Progress:
    """One page on which something is asked now: counts of its questions, groups not counted."""

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
    here = [q for q in asked(form, answers) if not q.is_group and of(q.kind).drawn]
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
    for page in form.pages:
        questions = [q for q in here if q.name.partition(".")[0] in page.questions]
        if not questions:
            continue
        told = [q for q in questions if q.computed is None and of(q.kind).asks]
        answered = sum(_is_answered(at(answers, q.name)) for q in told)
        problems = sum(wrong.get(name, 0) for name in page.questions)
        if page.id not in sent:
            state: PageState = "begun" if answered else "empty"
            yield Progress(page, state, len(told), answered, 0)
        else:
            yield Progress(page, "wrong" if problems else "done", len(told), answered, problems)


def _is_answered(value: Json) -> bool:
    return value is not None and value != [] and value != ""
