"""A line of free text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from satupintu.conditions.types import FactType, Text
from satupintu.documents import Json
from satupintu.forms.document import Question
from satupintu.forms.questions.kinds import (
    Posted,
    QuestionType,
    Read,
    Schema,
    options_of,
    suits_type,
    unread,
)

LONGEST = 20_000
"""Letters that one answer may have where its schema names no ``maxLength``."""

FORMATS = (None, "email", "time")
"""Formats that are written on a line like any text, and that the form's own schema judges."""

CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


SHORT = 5
"""Letters up to which an answer is a code rather than a sentence."""


def is_short(schema: Schema) -> bool:
    """Return whether an answer is a few letters at most, as a house number is."""
    return free_text(schema) and schema.get("maxLength", LONGEST) <= SHORT


def free_text(schema: Schema) -> bool:
    """Return whether a schema is open text rather than a choice, a date or a file."""
    written = suits_type(schema, "string") and not options_of(schema)
    return written and schema.get("format") in FORMATS


def suits(schema: Schema) -> int:
    """Return 2: the usual type of any open text."""
    return 2 if free_text(schema) else 0


def fact_type(_schema: Schema) -> FactType:
    """Return that it is free text, which is never a fact."""
    return Text()


def read(question: Question, posted: Posted) -> Read:
    """Return the text on one line, without spaces around it; an emptied text is unanswered."""
    return read_text(question, posted, " ".join(posted.one().splitlines()))


def read_text(question: Question, posted: Posted, text: str) -> Read:
    """Return a text as an answer, without what no person types (control characters, lone
    surrogates).
    """
    text = CONTROLS.sub("", text).strip()
    limit = question.schema.get("maxLength", LONGEST)
    if len(text) > limit:
        return unread(
            question, posted, "questions.too_long", {posted.name: text},
            keyword="maxLength", limit=limit, over=len(text) - limit,
        )  # fmt: skip
    return Read(text or None)


def shown(_question: Question, value: Json, _language: str, _zone: ZoneInfo) -> str:
    """Return the text itself."""
    return str(value)


def parts(question: Question, _language: str) -> Mapping[str, object]:
    """Return whether a short box is enough."""
    return {"short": is_short(question.schema)}


TYPE = QuestionType("text", suits, fact_type, read, shown, parts=parts)
