"""An answer of any shape that JSON Schema can describe, asked as a whole: see ``structure``."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from satupintu.conditions.ast import TRUE
from satupintu.conditions.types import FactType, Integer, Text
from satupintu.forms.document import Question
from satupintu.forms.questions.kinds import (
    Posted,
    QuestionType,
    Read,
    Schema,
    has_questions,
)
from satupintu.forms.structure.answer import asked, entered, inside, typed
from satupintu.forms.structure.in_words import shown
from satupintu.forms.structure.on_paper import paper
from satupintu.forms.structure.reading import Reading
from satupintu.forms.structure.schema import MISSING, structure_of


def suits(schema: Schema) -> int:
    """Return 2 for whole numbers that are listed, else 1: what nothing else can ask.

    What holds questions of its own is never asked as one.
    """
    if has_questions(schema) or "x-computed" in schema:
        return 0
    return 2 if schema.get("type") == "integer" and "enum" in schema else 1


def fact_type(schema: Schema) -> FactType:
    """Return free text, of which only whether it is there counts; listed whole numbers are more."""
    listed = schema.get("enum", ())
    whole = schema.get("type") == "integer" and listed
    if whole and all(isinstance(n, int) and not isinstance(n, bool) for n in listed):
        return Integer(min(listed), max(listed))
    return Text()


def read(question: Question, posted: Posted) -> Read:
    """Return the answer that the controls make; half-filled ones stay as they were typed."""
    reading = Reading(structure_of(question.schema), posted)
    place = reading.root(posted.name, question.title, question.required_when == TRUE)
    uploads = {name: file for p in place.all() for name, file in p.read.uploads.items()}
    held = place.held(posted.zone)
    value = None if place.value is MISSING else place.value
    ours = {} if place.value is MISSING else typed(question, value, posted.name, posted.zone)
    same = ours.items() >= held.items() and all(k in held or k.endswith(".~there") for k in ours)
    return Read(
        value, {} if same else held, tuple(p for at in place.all() for p in at.problems), uploads,
        null=place.value is None,
    )  # fmt: skip


def parts(question: Question, _language: str) -> Mapping[str, object]:
    """Return the question's name as the second pass reads it, which alone can draw the places."""
    return {"name": Markup('"{}"').format(question.name)}


TYPE = QuestionType(
    "structure", suits, fact_type, read, shown, typed, parts, still_asked=asked, inside=inside,
    paper=paper, entered=entered,
)  # fmt: skip
