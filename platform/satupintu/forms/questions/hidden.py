"""A constant that goes with the answers: set here, asked of nobody, never taken from a browser."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from satupintu.conditions.types import Boolean, Choice, FactType, Integer
from satupintu.documents import Json
from satupintu.forms.document import Question
from satupintu.forms.paper.blanks import Blank
from satupintu.forms.questions.kinds import Posted, QuestionType, Read, Schema, Typed


def suits(schema: Schema) -> int:
    """Return 1 for a text, a whole number or a Boolean that is constant, and named to be hidden."""
    ui = schema.get("x-ui")
    named = isinstance(ui, dict) and ui.get("widget") == "hidden"
    return 1 if named and isinstance(schema.get("const"), str | int) else 0


def fact_type(schema: Schema) -> FactType:
    """Return the type that has this one value."""
    match schema["const"]:
        case bool():
            return Boolean()
        case int(number):
            return Integer(number, number)
        case text:
            return Choice((str(text),))


def read(_question: Question, _posted: Posted) -> Read:
    """Return nothing, whatever was posted: it is set with the computed answers."""
    return Read()


def typed(_question: Question, _value: Json, _name: str, _zone: ZoneInfo) -> Typed:
    """Return nothing: it has no control."""
    return {}


def shown(_question: Question, value: Json, _language: str, _zone: ZoneInfo) -> str:
    """Return the constant as the document writes it."""
    return str(value)


def paper(_question: Question, _language: str) -> tuple[Blank, ...]:
    """Return nowhere to write: nobody fills it in."""
    return ()


TYPE = QuestionType(
    "hidden", suits, fact_type, read, shown, typed, paper=paper, asks=False, on_page=False
)
