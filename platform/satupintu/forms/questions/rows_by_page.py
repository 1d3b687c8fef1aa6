"""Rows as a list, each filled in on a page of its own: long rows on a small screen."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo

from satupintu.documents import Json
from satupintu.forms import questions
from satupintu.forms.document import Question
from satupintu.forms.questions import group, rows
from satupintu.forms.questions.kinds import Posted, QuestionType, Read, Schema

COVERED = "sangat_rahasia"
"""What stands in no list: the sensitivity whose answers are covered until somebody asks."""

TOLD = 4
"""Answers that say in the list which row it is."""


def suits(schema: Schema) -> int:
    """Return 1 for lists of objects that hold questions: only where the document names it."""
    return 1 if rows.suits(schema) else 0


def read(question: Question, posted: Posted) -> Read:
    """Return the draft's rows with the one whose page was posted, after the act of a button."""
    before = posted.before if isinstance(posted.before, list) else []
    kept: list[Json] = [row if isinstance(row, dict) else {} for row in before]
    result = Read()
    number = posted.row.removeprefix(f"{posted.control}.")
    if number != posted.row and re.fullmatch("[0-9]{1,4}", number) and int(number) < len(kept):
        place = int(number)
        here = posted.at(place, control=number)
        result = group.read_children(question.children, here, kept[place], {})
        kept[place] = result.value
    most = question.schema.get("maxItems", rows.MOST)
    numbers = rows.acted([str(place) for place in range(len(kept))], posted, most)
    found = [kept[int(n)] if n.isdigit() else {} for n in numbers]
    if not found and question.schema.get("minItems") and question.may_be_left:
        return Read()
    return Read(found, result.typed, result.problems, result.uploads)


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
    "rows-by-page", suits, rows.fact_type, read, rows.shown, rows.typed, rows.parts,
    paper=rows.paper, silence=[], by_page=True,
)  # fmt: skip
