"""What is said at a question besides its help: examples, and that it is no longer needed."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from satupintu import words
from satupintu.conditions.types import Moment
from satupintu.forms import questions
from satupintu.forms.document import Question

FEW = 3
"""Examples that are shown; more of them would hide the help."""


def about(question: Question, language: str, zone: ZoneInfo | None) -> list[str]:
    """Return sentences for below the help of a question.

    An example is written as the question's own type writes an answer; a moment where a ``zone`` is
    known.
    """
    kind = questions.of(question.kind)
    told = question.examples if kind.files is None else ()
    if zone is None and isinstance(question.fact_type, Moment):
        told = ()
    shown = [
        ", ".join(kind.shown(question, one, language, zone or ZoneInfo("UTC")).split("\n"))
        for one in told[:FEW]
    ]
    said = examples_said(shown, language)
    if question.deprecated:
        said.append(words.say("questions.deprecated", language))
    return said


def examples_said(shown: list[str], language: str) -> list[str]:
    """Return the sentence that gives examples, none where there are none."""
    between = "; " if any("," in one for one in shown) else ", "
    joined = between.join(shown)
    return [words.say("questions.examples", language, examples=joined)] if shown else []
