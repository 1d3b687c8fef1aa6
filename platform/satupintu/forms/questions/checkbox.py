"""One box to tick, such as a consent that a form cannot go on without."""

from __future__ import annotations

from satupintu.forms.document import Question
from satupintu.forms.questions.kinds import Posted, QuestionType, Read, Schema, suits_type
from satupintu.forms.questions.yes_no import fact_type, shown, typed


def suits(schema: Schema) -> int:
    """Return whether it is a Boolean, and best where only true is accepted."""
    return 0 if not suits_type(schema, "boolean") else 6 if schema.get("const") is True else 1


def read(_question: Question, posted: Posted) -> Read:
    """Return whether the box was ticked; on a page that was sent, not ticked is false."""
    return Read("true" in posted.all())


TYPE = QuestionType("checkbox", suits, fact_type, read, shown, typed)
