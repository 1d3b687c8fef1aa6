"""An answer that the platform works out from others, or that the document itself says
(``readOnly``); what is posted for it is never read.
"""

from __future__ import annotations

from zoneinfo import ZoneInfo

from satupintu import words
from satupintu.conditions.types import Choice, FactType, Text
from satupintu.documents import Json
from satupintu.forms import questions
from satupintu.forms.document import Question
from satupintu.forms.paper.blanks import Blank, Words
from satupintu.forms.questions.kinds import (
    Posted,
    QuestionType,
    Read,
    Schema,
    Typed,
    only_shown,
)


def suits(schema: Schema) -> int:
    """Return 9 for whatever is computed or only shown."""
    return 9 if "x-computed" in schema or only_shown(schema) is not None else 0


def fact_type(schema: Schema) -> FactType:
    """Return the type its value has, as if a person were asked for it; of a text that is only
    shown, that there is no other.
    """
    found = questions.for_schema(asked_instead(schema)).fact_type(schema)
    value = only_shown(schema)
    return Choice((value,)) if isinstance(found, Text) and isinstance(value, str) else found


def asked_instead(schema: Schema) -> Schema:
    """Return the schema as if a person were asked for the answer."""
    return {k: v for k, v in schema.items() if k not in ("x-computed", "x-ui", "readOnly")}


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


def paper(question: Question, language: str) -> tuple[Blank, ...]:
    """Return that nothing is written: it is worked out when the paper is typed in, or stands
    there.
    """
    value = only_shown(question.schema)
    if value is None:
        return (Words(words.say("paper.worked_out", language)),)
    return (Words(shown(question, value, language, ZoneInfo("UTC"))),)


TYPE = QuestionType("computed", suits, fact_type, read, shown, typed, paper=paper)
