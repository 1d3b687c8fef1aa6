"""An address: a group that is drawn close together and reads as one line.

What hangs on what, such as the villages of a district, the document says between its questions (see
``narrowing``); this type knows no place.
"""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from satupintu import words
from satupintu.documents import Json
from satupintu.forms import questions
from satupintu.forms.document import Question
from satupintu.forms.questions import group
from satupintu.forms.questions.kinds import QuestionType, Schema
from satupintu.forms.questions.text import is_short


def suits(schema: Schema) -> int:
    """Return 1 for objects that hold questions: only where the document names it."""
    return 1 if group.suits(schema) else 0


def shown(question: Question, value: Json, language: str, zone: ZoneInfo) -> str:
    """Return the address on one line; a code says what it is: ``RT 03``."""
    if not isinstance(value, Mapping):
        return str(value)
    said = []
    for child in question.children:
        if child.key in value:
            answer = questions.of(child.kind).shown(child, value[child.key], language, zone)
            titled = is_short(child.schema) or child.options
            said.append(f"{words.pick(child.title, language)} {answer}" if titled else answer)
    return ", ".join(said)


TYPE = QuestionType(
    "address",
    suits,
    group.fact_type,
    group.read,
    shown,
    group.typed,
    paper=group.paper,
    together=True,
)
