"""Rows drawn as a table: a column for each question, and labelled blocks where it is too narrow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from satupintu.errors import Problem
from satupintu.forms.questions import rows
from satupintu.forms.questions.kinds import QuestionType, Schema


def suits(schema: Schema) -> int:
    """Return 1 for lists of objects that hold questions: only where the document names it."""
    return 1 if rows.suits(schema) else 0


def check(schema: Schema) -> Iterator[Problem]:
    """Yield the lists inside a row: a cell has no room for rows with buttons of their own."""
    for listed in _lists_in(schema["items"]):
        yield Problem("questions.list_in_table", {"title": str(listed["title"])}, "/x-ui/widget")


def _lists_in(schema: Schema) -> Iterator[Schema]:
    parts = [*schema.get("properties", {}).values(), *schema.get("allOf", ()), schema.get("then")]
    for part in (*parts, *schema.get("dependentSchemas", {}).values()):
        if isinstance(part, Mapping) and rows.suits(part):
            yield part
        elif isinstance(part, Mapping):
            yield from _lists_in(part)


TYPE = QuestionType(
    "table", suits, rows.fact_type, rows.read, rows.shown, rows.typed, rows.parts,
    paper=rows.paper, silence=[], columns=True, check=check,
)  # fmt: skip
