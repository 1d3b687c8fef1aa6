"""Rows as a list, each filled in on a page of its own: long rows on a small screen."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from satupintu.documents import Json
from satupintu.forms import questions
from satupintu.forms.document import Question
from satupintu.forms.questions import rows
from satupintu.forms.questions.kinds import QuestionType, Schema

COVERED = "sangat_rahasia"
"""What stands in no list: the sensitivity whose answers are covered until somebody asks."""

TOLD = 4
"""Answers that say in the list which row it is."""


def suits(schema: Schema) -> int:
    """Return 1 for lists of objects that hold questions: only where the document names it."""
    return 1 if rows.suits(schema) else 0


def told(question: Question, row: Json, language: str, zone: ZoneInfo) -> str:
    """Return the first answers of a row, as far as a list may show them."""
    answers = row if isinstance(row, dict) else {}
    said = [
        questions.of(child.kind).shown(child, answers[child.key], language, zone)
        for child in question.children
        if answers.get(child.key) is not None and child.sensitivity != COVERED
    ]
    return ", ".join(said[:TOLD])


TYPE = QuestionType(
    "rows-by-page", suits, rows.fact_type, rows.read_own_page, rows.shown, rows.typed, rows.parts,
    paper=rows.paper, silence=[], by_page=True,
)  # fmt: skip
