"""A telephone number: a line of text that phones offer a number pad for."""

from __future__ import annotations

from satupintu.forms.questions.kinds import QuestionType, Schema
from satupintu.forms.questions.text import fact_type, free_text, read, shown


def suits(schema: Schema) -> int:
    """Return 1: only where the document names it."""
    return 1 if free_text(schema) else 0


TYPE = QuestionType("tel", suits, fact_type, read, shown, compared="phone")
