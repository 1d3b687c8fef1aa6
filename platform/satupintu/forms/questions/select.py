"""One of many options, in a list that opens."""

from __future__ import annotations

from satupintu.forms.questions.kinds import QuestionType, Schema, options_of, suits_type
from satupintu.forms.questions.radio import IN_SIGHT, fact_type, read, shown


def suits(schema: Schema) -> int:
    """Return whether it is a choice of texts, and best where the options are many."""
    options = options_of(schema) if suits_type(schema, "string") else ()
    return 0 if not options else 5 if len(options) > IN_SIGHT else 4


TYPE = QuestionType("select", suits, fact_type, read, shown)
