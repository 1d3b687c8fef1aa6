"""Free text of several lines."""

from __future__ import annotations

from collections.abc import Mapping

from satupintu import words
from satupintu.forms.document import Question
from satupintu.forms.paper.blanks import Blank
from satupintu.forms.paper.usual import written
from satupintu.forms.questions.kinds import Posted, QuestionType, Read, Schema
from satupintu.forms.questions.text import LONGEST, fact_type, free_text, read_text, shown

LONG = 250
"""Letters from which on a text is asked with several lines where the document names no widget."""


def suits(schema: Schema) -> int:
    """Return whether it is open text, and best where it may be long."""
    return 0 if not free_text(schema) else 3 if schema.get("maxLength", 0) > LONG else 1


def read(question: Question, posted: Posted) -> Read:
    """Return the text with its lines; browsers post line ends as CR LF, answers keep LF."""
    return read_text(question, posted, posted.one().replace("\r\n", "\n").replace("\r", "\n"))


def parts(question: Question, language: str) -> Mapping[str, object]:
    """Return how long the text may become, as it is written in words."""
    limit = question.schema.get("maxLength", LONGEST)
    letters = f"{limit:,}".replace(",", words.say("questions.thousands", language))
    counter = words.say("questions.counter", language, limit=letters)
    lines = question.ui.get("lines")  # a whole answer's text that begins as one line
    return {"counter": counter, "limit": limit, "lines": lines}


def paper(question: Question, _language: str) -> tuple[Blank, ...]:
    """Return several lines, more of them for a longer text."""
    return (written(max(question.schema.get("maxLength", LONGEST), LONG + 1)),)


TYPE = QuestionType("textarea", suits, fact_type, read, shown, parts=parts, paper=paper)
