"""Rows drawn as a table: a column for each question, and labelled blocks where it is too narrow."""

from __future__ import annotations

from satupintu.forms.questions import rows
from satupintu.forms.questions.kinds import QuestionType, Schema


def suits(schema: Schema) -> int:
    """Return 1 for lists of objects that hold questions: only where the document names it."""
    return 1 if rows.suits(schema) else 0


TYPE = QuestionType(
    "table", suits, rows.fact_type, rows.read, rows.shown, rows.typed, rows.parts,
    paper=rows.paper, silence=[], columns=True,
)  # fmt: skip
