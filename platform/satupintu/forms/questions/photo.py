"""A photo, or several: taken with the telephone or chosen, made anew without where and when."""

from __future__ import annotations

from collections.abc import Iterator

from satupintu.documents import pointer
from satupintu.errors import Problem
from satupintu.forms.pictures import FORMATS
from satupintu.forms.questions import file
from satupintu.forms.questions.kinds import QuestionType, Schema


def suits(schema: Schema) -> int:
    """Return 1 for what a file or several answer: only where the document names it."""
    return 1 if file.suits(schema) or file.suits_several(schema) else 0


def check(schema: Schema) -> Iterator[Problem]:
    """Yield what holds of files too, and media types that are no pictures."""
    yield from file.check(schema)
    for number, name in enumerate(schema.get("x-ui", {}).get("accept", ())):
        if name not in FORMATS:
            said = {"type": name, "known": ", ".join(FORMATS)}
            yield Problem("questions.no_picture", said, pointer(("x-ui", "accept", number)))


TYPE = QuestionType(
    "photo", suits, file.fact_type, file.read, file.shown, file.typed, file.parts,
    files=file.ids_in, check=check,
)  # fmt: skip
