"""An e-mail address."""

from __future__ import annotations

from satupintu.forms.closed import Closed
from satupintu.forms.document import Question
from satupintu.forms.questions.kinds import Posted, QuestionType, Read, Schema, suits_type, unread
from satupintu.forms.questions.text import fact_type, read_text, shown

ADDRESS = Closed({"format": "email"})
"""The validator's own judgement, so that what is read here is never refused there."""


def suits(schema: Schema) -> int:
    """Return 6 for texts with the format ``email``."""
    return 6 if suits_type(schema, "string") and schema.get("format") == "email" else 0


def read(question: Question, posted: Posted) -> Read:
    """Return the address as it was typed: the part before the @ may tell capitals apart."""
    result = read_text(question, posted, posted.one())
    if result.value is None or ADDRESS.accepts(result.value):
        return result
    typed = {posted.name: result.value}
    return unread(question, posted, "questions.no_such_email", typed, keyword="format")


ENTRY = {"inputmode": "email", "autocomplete": "email"}

TYPE = QuestionType("email", suits, fact_type, read, shown, entry=ENTRY)
