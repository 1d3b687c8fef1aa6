"""Something to read that nobody answers; in the answers it is ``null``: it stood on a page."""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from satupintu import words
from satupintu.conditions.types import FactType, Text
from satupintu.documents import Json
from satupintu.forms.document import Question
from satupintu.forms.paper.blanks import Blank
from satupintu.forms.questions.kinds import Posted, QuestionType, Read, Schema, Typed, suits_type


def suits(schema: Schema) -> int:
    """Return 1 for ``null`` that is named a statement."""
    ui = schema.get("x-ui")
    named = isinstance(ui, dict) and ui.get("widget") == "statement"
    return 1 if named and suits_type(schema, "null") else 0


def fact_type(_schema: Schema) -> FactType:
    """Return free text: it is never a fact."""
    return Text()


def read(_question: Question, _posted: Posted) -> Read:
    """Return ``null``: the page it stands on was sent."""
    return Read(null=True)


def typed(_question: Question, _value: Json, _name: str, _zone: ZoneInfo) -> Typed:
    """Return nothing: it has no control."""
    return {}


def shown(question: Question, _value: Json, language: str, _zone: ZoneInfo) -> str:
    """Return what is to be read."""
    return "\n".join(paragraphs(question, language))


def paragraphs(question: Question, language: str) -> list[str]:
    """Return the text of a question, cut where the document leaves a line empty."""
    text = words.pick(question.help, language) if question.help else ""
    return [" ".join(part.split()) for part in text.split("\n\n") if part.strip()]


def parts(question: Question, language: str) -> Mapping[str, object]:
    """Return the paragraphs to read."""
    return {"paragraphs": paragraphs(question, language)}


def paper(_question: Question, _language: str) -> tuple[Blank, ...]:
    """Return nowhere to write: it is only read."""
    return ()


TYPE = QuestionType(
    "statement", suits, fact_type, read, shown, typed, parts, asks=False, paper=paper
)
