"""An answer that the platform works out from others; what is posted for it is never read."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from satupintu import words
from satupintu.conditions.types import FactType
from satupintu.documents import Json
from satupintu.forms import questions
from satupintu.forms.document import Question
from satupintu.forms.paper.blanks import Blank, Words
from satupintu.forms.questions.kinds import Posted, QuestionType, Read, Schema, Typed


def suits(schema: Schema) -> int:
    """Return 9 for whatever is computed."""
    return 9 if "x-computed" in schema else 0


def fact_type(schema: Schema) -> FactType:
    """Return the type its value has, as if a person were asked for it."""
    return questions.for_schema(asked_instead(schema)).fact_type(schema)


def asked_instead(schema: Schema) -> Schema:
    """Return the schema as if a person were asked for the answer."""
    return {k: v for k, v in schema.items() if k not in ("x-computed", "x-ui")}


def read(_question: Question, posted: Posted) -> Read:
    """Return what was known before: it is worked out again from the other answers."""
    return Read(posted.before)


def typed(_question: Question, _value: Json, _name: str, _zone: ZoneInfo) -> Typed:
    """Return nothing: it has no control."""
    return {}


def shown(question: Question, value: Json, language: str, zone: ZoneInfo) -> str:
    """Return the value as its own type shows it."""
    return questions.for_schema(asked_instead(question.schema)).shown(
        question, value, language, zone
    )


def paper(_question: Question, language: str) -> tuple[Blank, ...]:
    """Return that nothing is written: it is worked out when the paper is typed in."""
    return (Words(words.say("paper.worked_out", language)),)


TYPE = QuestionType("computed", suits, fact_type, read, shown, typed, paper=paper)
