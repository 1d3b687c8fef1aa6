"""Answers shown under a newer version stay as covered as they were promised to be when given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from satupintu.forms.document import SENSITIVITIES, Form, Question, Sensitivity
from satupintu.forms.migrating.fate import Migrated, named


def as_secret_as(older: Form, newer: Form, migrated: Migrated) -> Form:
    """Return ``newer`` with each question at least as sensitive as every answer that it shows was.

    A group around a question counts: its answers are as secret as it is.
    """
    stricter: dict[str, Sensitivity] = {}
    for fate in migrated.fates:
        if fate.question in older.questions:
            level = secrecy(older, fate.question)
            for name in {named(place) for place in fate.to}:
                stricter[name] = max(stricter.get(name, level), level, key=SENSITIVITIES.index)
    first = (q for q in newer.questions.values() if "." not in q.name)
    made: dict[str, Question] = {}
    for question in first:
        _with(question, stricter, made)
    return replace(newer, questions={name: made[name] for name in newer.questions})


def secrecy(form: Form, name: str) -> Sensitivity:
    """Return how secret an answer is: the strictest of its question's and every group's around."""
    parts = name.split(".")
    around = (".".join(parts[: n + 1]) for n in range(len(parts)))
    levels = (form.questions[one].sensitivity for one in around if one in form.questions)
    return max(levels, key=SENSITIVITIES.index)


def _with(
    question: Question, stricter: Mapping[str, Sensitivity], made: dict[str, Question]
) -> Question:
    children = tuple(_with(child, stricter, made) for child in question.children)
    levels: Iterable[Sensitivity] = (
        question.sensitivity, stricter.get(question.name, question.sensitivity)
    )  # fmt: skip
    level = max(levels, key=SENSITIVITIES.index)
    made[question.name] = replace(question, children=children, sensitivity=level)
    return made[question.name]
