"""A photo, or several: taken with the telephone or chosen, made anew without where and when."""

from __future__ import annotations

from satupintu.forms import described
from satupintu.forms.questions import file
from satupintu.forms.questions.kinds import QuestionType, Schema


def suits(schema: Schema) -> int:
    """Return 1 for what a file or several answer: only where the document names it."""
    return 1 if file.suits(schema) or file.suits_several(schema) else 0


TYPE = QuestionType(
    "photo", suits, file.fact_type, file.read, file.shown, file.typed, file.parts,
    files=file.ids_in, check=described.photos, paper=file.paper,
)  # fmt: skip
