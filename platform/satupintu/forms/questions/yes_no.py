"""Yes or no."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from satupintu import words
from satupintu.conditions.types import Boolean, FactType
from satupintu.documents import Json
from satupintu.forms.document import Question
from satupintu.forms.questions.kinds import (
    Posted,
    QuestionType,
    Read,
    Schema,
    Typed,
    suits_type,
    unread,
)

WORDS = {"true": True, "false": False}


def suits(schema: Schema) -> int:
    """Return 5 for Booleans that may be either."""
    return 5 if suits_type(schema, "boolean") and "const" not in schema else 0


def fact_type(_schema: Schema) -> FactType:
    """Return the Booleans."""
    return Boolean()


def read(question: Question, posted: Posted) -> Read:
    """Return what was chosen; nothing chosen is unanswered, never no."""
    text = posted.one()
    if not text or posted.cleared:
        return Read()
    if text in WORDS:
        return Read(WORDS[text])
    return unread(question, posted, "questions.no_such_option", {}, keyword="type")


def typed(_question: Question, value: Json, name: str, _zone: ZoneInfo) -> Typed:
    """Return the word that the control posts."""
    return {name: "true" if value is True else "false" if value is False else ""}


def shown(_question: Question, value: Json, language: str, _zone: ZoneInfo) -> str:
    """Return yes or no in words."""
    return words.say("questions.yes" if value is True else "questions.no", language)


TYPE = QuestionType("yes-no", suits, fact_type, read, shown, typed)
