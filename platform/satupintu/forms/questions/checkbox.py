"""One box to tick, such as a consent that a form cannot go on without."""

from __future__ import annotations

from satupintu import words
from satupintu.forms.document import Question
from satupintu.forms.paper.blanks import Blank, Boxes, Tick
from satupintu.forms.questions.kinds import Posted, QuestionType, Read, Schema, suits_type
from satupintu.forms.questions.yes_no import fact_type, shown, typed


def suits(schema: Schema) -> int:
    """Return whether it is a Boolean, and best where only true is accepted."""
    return 0 if not suits_type(schema, "boolean") else 6 if schema.get("const") is True else 1


def read(question: Question, posted: Posted) -> Read:
    """Return whether the box was ticked; on a page that was sent, not ticked is false.

    Where only true would be accepted and the question may be left, not ticked is unanswered.
    """
    ticked = "true" in posted.all()
    left = not ticked and question.schema.get("const") is True and question.may_be_left
    return Read(None if left else ticked)


def paper(_question: Question, language: str) -> tuple[Blank, ...]:
    """Return one box; the title says what is agreed to by ticking it."""
    return (Boxes((Tick(words.say("questions.yes", language)),)),)


TYPE = QuestionType(
    "checkbox",
    suits,
    fact_type,
    read,
    shown,
    typed,
    paper=paper,
    silence=False,
    unticked="forms.answer_ticked",
)
