"""A text to read, and one box to tick by whoever agrees to it.

The text is the question's description, so it is kept with the version that was agreed to.
"""

from __future__ import annotations

from zoneinfo import ZoneInfo

from satupintu import words
from satupintu.documents import Json
from satupintu.forms.document import Question
from satupintu.forms.questions.checkbox import paper, read
from satupintu.forms.questions.kinds import QuestionType, Schema, suits_type
from satupintu.forms.questions.statement import parts
from satupintu.forms.questions.yes_no import fact_type, typed


def suits(schema: Schema) -> int:
    """Return 1 for Booleans: only where the document names it."""
    return 1 if suits_type(schema, "boolean") and schema.get("const") is not False else 0


def shown(_question: Question, value: Json, language: str, _zone: ZoneInfo) -> str:
    """Return whether it was agreed to."""
    return words.say("questions.agreed" if value is True else "questions.not_agreed", language)


TYPE = QuestionType(
    "consent", suits, fact_type, read, shown, typed, parts,
    paper=paper, silence=False, unticked="forms.answer_agreed", begins=False,
)  # fmt: skip
