"""What steps do, and what became of an answer, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from satupintu import words
from satupintu.forms.document import Form
from satupintu.forms.migrating.document import Drop, Join, Map, Move, Split, Step
from satupintu.forms.migrating.fate import Fate, named
from satupintu.forms.migrating.values import key_of


def step_sentence(step: Step, older: Form | None, newer: Form, language: str) -> str:
    """Return what a step does; older questions by title where their version is at hand."""

    def was(name: str) -> str:
        return title_of(older, name, language)

    def now(name: str) -> str:
        return title_of(newer, name, language)

    def said(key: str, **params: object) -> str:
        return words.say(f"migrating.{key}", language, **params)

    match step:
        case Move():
            return said("step_move", question=was(step.question), to=now(step.to))
        case Map():
            options = ", ".join(f"{old} → {key_of(new)}" for old, new in step.options.items())
            if step.to is None:
                return said("step_map", question=was(step.question), options=options)
            to = now(step.to)
            return said("step_map_to", question=was(step.question), options=options, to=to)
        case Split():
            into = ", ".join(map(now, step.into))
            return said("step_split", question=was(step.question), to=into)
        case Join():
            questions = ", ".join(map(was, step.questions))
            return said("step_join", questions=questions, to=now(step.to))
        case Drop():
            why = words.pick(step.why, language)
            return said("step_drop", question=was(step.question), why=why)
        case _:
            assert_never(step)


def fate_sentence(fate: Fate, newer: Form, language: str) -> str:
    """Return what became of an answer, without the answer: where it is now, or why it is not."""
    if not fate.lost:
        to = ", ".join(dict.fromkeys(title_of(newer, named(p), language) for p in fate.to))
        return words.say(f"migrating.now_{fate.how}", language, to=to)
    if fate.why is not None:
        why = words.pick(fate.why, language)
        return words.say("migrating.because_dropped_why", language, why=why)
    reason = f"unfit_{fate.reason or 'other'}" if fate.how == "unfit" else fate.how
    return words.say(f"migrating.because_{reason}", language)


def fates_to_tell(fates: tuple[Fate, ...]) -> Iterator[Fate]:
    """Yield what a reader should know: not what is as it was, and of lost rows not each field."""
    lost = [fate.place for fate in fates if fate.lost]
    for fate in fates:
        inside = any(fate.place[: len(place)] == place for place in lost if place != fate.place)
        if fate.how != "kept" and not (inside and fate.lost):
            yield fate


def title_of(form: Form | None, name: str, language: str) -> str:
    """Return what a question is called, its name where it is not known."""
    question = None if form is None else form.questions.get(name)
    return name if question is None else words.pick(question.title, language)
