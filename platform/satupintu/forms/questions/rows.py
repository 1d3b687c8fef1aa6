"""The same questions for each of several people or things: a repeated group."""

from __future__ import annotations

import re
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from markupsafe import Markup

from satupintu import words
from satupintu.conditions.types import FactType, Rows, Text
from satupintu.documents import Json
from satupintu.errors import Problem
from satupintu.forms import questions
from satupintu.forms.document import Question
from satupintu.forms.paper.blanks import Again, Blank
from satupintu.forms.questions import group
from satupintu.forms.questions.kinds import (
    ACT,
    Posted,
    QuestionType,
    Read,
    Schema,
    Typed,
    has_questions,
    suits_type,
)
from satupintu.forms.uploads import Upload

ON_PAPER = 2
"""Empty rows on a blank form of paper, unless there may be fewer or must be more."""

MOST_ON_PAPER = 6

MOST = 50
"""Rows that may be added where the schema names no ``maxItems``."""


def suits(schema: Schema) -> int:
    """Return 5 for lists of objects that hold questions."""
    items = schema.get("items")
    listed = (
        suits_type(schema, "array") and isinstance(items, Mapping) and suits_type(items, "object")
    )
    return 5 if listed and has_questions(items) else 0


def fact_type(schema: Schema) -> FactType:
    """Return rows of the facts that each row's questions are; of a list inside a row only whether
    it is there.
    """
    return Rows(_fields(schema["items"]), schema.get("maxItems", MOST))


def _fields(schema: Schema, prefix: str = "") -> Mapping[str, FactType]:
    fields: dict[str, FactType] = {}
    for key, below in schema.get("properties", {}).items():
        if group.suits(below):
            fields |= _fields(below, f"{prefix}{key}.")
        elif "x-id" in below:
            found = questions.for_schema(below).fact_type(below)
            fields[prefix + key] = Text(listed=True) if isinstance(found, Rows) else found
    for branch in schema.get("allOf", ()):
        fields |= _fields(branch.get("then", {}), prefix)
    return fields


def read(question: Question, posted: Posted) -> Read:
    """Return a list of rows in the order they were drawn, after the act of a button on them.

    Where a list of none would be too short and the question may be left, none is unanswered.
    """
    if posted.row.startswith(f"{posted.control}."):
        return read_own_page(question, posted)
    most = question.schema.get("maxItems", MOST)
    drawn = [t for t in dict.fromkeys(posted.all()) if re.fullmatch("[0-9]{1,4}", t)][: most + 1]
    before = posted.before if isinstance(posted.before, list) else []
    rows: list[Json] = []
    typed: dict[str, str | tuple[str, ...]] = {}
    problems: list[Problem] = []
    uploads: dict[str, Upload] = {}
    for place, number in enumerate(acted(drawn, posted, most)):
        row = posted.at(place, control=number)
        known = before[int(number)] if number.isdigit() and int(number) < len(before) else {}
        # A row may have moved since the draft was saved, so nothing that was not drawn is
        # kept in it.
        result = group.read_children(
            question.children, row, known if isinstance(known, dict) else {}, {}
        )
        rows.append(result.value)
        typed |= result.typed
        problems += result.problems
        uploads |= result.uploads
    few = not rows or (is_fixed(question.schema) and not _says_anything(posted))
    if few and question.schema.get("minItems") and question.may_be_left:
        return Read()
    return Read(rows, typed, tuple(problems), uploads)


def read_own_page(question: Question, posted: Posted) -> Read:
    """Return the draft's rows with the one that was posted on a page of its own, or that the posted
    row stands in, if it was one of these; then the act of a button on them.
    """
    before = posted.before if isinstance(posted.before, list) else []
    kept: list[Json] = [row if isinstance(row, dict) else {} for row in before]
    result = Read()
    path = re.fullmatch(re.escape(f"{posted.control}.") + r"([0-9]{1,4})(\..+)?", posted.row)
    if path is not None and int(path[1]) < len(kept):
        number, deeper = path.groups()
        place = int(number)
        here = posted.at(place, control=number)
        # Of a row that only stands around the page, what the page does not ask stays.
        unasked = kept[place] if deeper else {}
        result = group.read_children(question.children, here, kept[place], unasked)
        kept[place] = result.value
    most = question.schema.get("maxItems", MOST)
    numbers = acted([str(place) for place in range(len(kept))], posted, most)
    found = [kept[int(n)] if n.isdigit() else {} for n in numbers]
    if not found and question.schema.get("minItems") and question.may_be_left:
        return Read()
    return Read(found, result.typed, result.problems, result.uploads)


def _says_anything(posted: Posted) -> bool:
    """Tell whether anything was typed or chosen in any row."""
    inside = (name for name in posted.texts if name.startswith(f"{posted.control}."))
    return any(text.strip() for name in inside for text in posted.texts.getlist(name))


def is_fixed(schema: Schema) -> bool:
    """Return whether there are always as many rows: none is added, moved or removed."""
    most = schema.get("maxItems")
    return most is not None and 0 < most == schema.get("minItems")


def acted(drawn: list[str], posted: Posted, most: int) -> list[str]:
    """Return the numbers of the rows after the button that was pressed, if it was one of these
    rows'.
    """
    pressed = posted.texts.getlist(ACT)
    for act in pressed:
        if act == f"rows:{posted.control}:add" and len(drawn) < most:
            return [*drawn, "new"]
        for at, number in enumerate(drawn):
            if act == f"rows:{posted.control}:remove:{number}":
                return drawn[:at] + drawn[at + 1 :]
            if act == f"rows:{posted.control}:up:{number}" and at > 0:
                return [*drawn[: at - 1], number, drawn[at - 1], *drawn[at + 1 :]]
            if act == f"rows:{posted.control}:down:{number}" and at + 1 < len(drawn):
                return [*drawn[:at], drawn[at + 1], number, *drawn[at + 2 :]]
    return drawn


def typed(question: Question, value: Json, name: str, zone: ZoneInfo) -> Typed:
    """Return the numbers of the rows, and what stands in the controls of each."""
    rows = value if isinstance(value, list) else []
    held: dict[str, str | tuple[str, ...]] = {name: tuple(map(str, range(len(rows))))}
    for place, row in enumerate(rows):
        held |= group.typed(question, row, f"{name}.{place}", zone)
    return held


def shown(question: Question, value: Json, language: str, zone: ZoneInfo) -> str:
    """Return the rows one after the other."""
    rows = value if isinstance(value, list) else []
    return "; ".join(group.shown(question, row, language, zone) for row in rows)


def parts(question: Question, _language: str) -> Mapping[str, object]:
    """Return how many rows there may be, and the numbers of those that are always there."""
    most = question.schema.get("maxItems", MOST)
    fixed = most if is_fixed(question.schema) else 0
    numbers = ", ".join(f'"{number}"' for number in range(fixed))
    return {"most": most, "fixed": Markup(f"[{numbers}]") if fixed else None}  # noqa: S704


def paper(question: Question, language: str) -> tuple[Blank, ...]:
    """Return that its questions stand there several times."""
    most = question.schema.get("maxItems", MOST)
    times = min(max(ON_PAPER, question.schema.get("minItems", 0)), MOST_ON_PAPER, max(most, 1))
    rule = words.say("paper.more_rows", language) if most > times else ""
    return (Again(times, most, rule),)


TYPE = QuestionType("rows", suits, fact_type, read, shown, typed, parts, paper=paper, silence=[])
