"""Several questions that belong together: a nested object."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from zoneinfo import ZoneInfo

from satupintu.conditions.types import FactType, Text
from satupintu.documents import Json
from satupintu.errors import Problem
from satupintu.forms import questions
from satupintu.forms.document import Question
from satupintu.forms.paper.blanks import Blank
from satupintu.forms.questions.kinds import (
    Posted,
    QuestionType,
    Read,
    Schema,
    Typed,
    has_questions,
    suits_type,
)
from satupintu.forms.uploads import Upload


def suits(schema: Schema) -> int:
    """Return 5 for objects that hold questions."""
    return 5 if suits_type(schema, "object") and has_questions(schema) else 0


def fact_type(_schema: Schema) -> FactType:
    """Return free text: only the questions of a group are facts, never the group."""
    return Text()


def read(question: Question, posted: Posted) -> Read:
    """Return the answers of its questions; a group that may be left and was left is unanswered.

    Boxes that nobody ticked are answers of their own, unless they alone would make the group ask
    for more.
    """
    before = posted.before if isinstance(posted.before, dict) else {}
    result = read_children(question.children, posted, before, before)
    untouched = not result.typed and questions.is_silence(question, result.value)
    lacks = question.may_be_left and _lacks(question.children, result.value)
    left = untouched and (lacks or (not result.value and question.required_when is None))
    return Read(None, result.typed, result.problems, result.uploads) if left else result


def _lacks(children: tuple[Question, ...], answers: Mapping[str, Json]) -> bool:
    """Tell whether a question that must be answered, at least sometimes, is not."""
    return any(
        _lacks(child.children, answers[child.key])
        if child.is_group and child.key in answers
        else child.required_when is not None and child.key not in answers
        for child in children
    )


def read_children(
    children: tuple[Question, ...], posted: Posted, before: Json, unasked: Json
) -> Read:
    """Return an object of the answers to those children that are asked; the others are as in
    ``unasked``.
    """
    answers: dict[str, Json] = {}
    typed: dict[str, str | tuple[str, ...]] = {}
    problems: list[Problem] = []
    uploads: dict[str, Upload] = {}
    for child in children:
        below = posted.at(child.key, before=before.get(child.key))
        if below.reads(below.name, below.control):
            result = read_one(child, below)
        else:
            result = Read(unasked.get(child.key))
        if result.answered:
            answers[child.key] = result.value
        typed |= result.typed
        problems += result.problems
        uploads |= result.uploads
    return Read(answers, typed, tuple(problems), uploads)


def read_one(question: Question, posted: Posted) -> Read:
    """Return the answer to any question: what was not changed on the page stays exactly as it was.

    A control holds less than an answer may (no seconds, one spelling of an offset), so an answer
    whose controls came back as they were drawn is kept, not read again.
    """
    kind = questions.of(question.kind)
    before = posted.before
    holds_more = (
        kind.inside is not None
        or kind.files is not None
        or kind.alike is not None
        or question.children
        or question.kind == "computed"
    )
    if before is not None and not holds_more and not posted.cleared:
        drawn = kind.typed(question, before, posted.control, posted.zone)
        if drawn and all(_same(posted.texts.getlist(c), text) for c, text in drawn.items()):
            return Read(before)
    result = kind.read(question, posted)
    if kind.alike is not None and result.answered and kind.alike(question, before, result.value):
        return Read(before)
    if question.lapsed and result.typed and not result.answered:
        return replace(result, value=before)  # without an answer its text would not be asked again
    return result


def _same(posted: list[str], drawn: str | tuple[str, ...]) -> bool:
    if isinstance(drawn, tuple):
        return {t for t in posted if t} == set(drawn) and bool(posted)
    return bool(posted) and posted[-1].replace("\r\n", "\n") == drawn


def typed(question: Question, value: Json, name: str, zone: ZoneInfo) -> Typed:
    """Return what stands in the controls of all its questions."""
    held: dict[str, str | tuple[str, ...]] = {}
    if isinstance(value, dict):
        for child in question.children:
            if child.key in value:
                kind = questions.of(child.kind)
                held |= kind.typed(child, value[child.key], f"{name}.{child.key}", zone)
    return held


def shown(question: Question, value: Json, language: str, zone: ZoneInfo) -> str:
    """Return the answers of its questions on one line."""
    if not isinstance(value, dict):
        return str(value)
    return ", ".join(
        questions.of(child.kind).shown(child, value[child.key], language, zone)
        for child in question.children
        if child.key in value
    )


def paper(_question: Question, _language: str) -> tuple[Blank, ...]:
    """Return nothing of its own: its questions are asked one by one."""
    return ()


TYPE = QuestionType("group", suits, fact_type, read, shown, typed, paper=paper)
