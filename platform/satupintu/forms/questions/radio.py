"""One of a few options, all of them in sight."""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from satupintu import words
from satupintu.conditions.types import Choice, FactType
from satupintu.documents import Json
from satupintu.forms.document import Question
from satupintu.forms.paper.blanks import Blank
from satupintu.forms.paper.usual import choice
from satupintu.forms.questions.kinds import (
    Posted,
    QuestionType,
    Read,
    Schema,
    options_of,
    suits_type,
    unread,
)

IN_SIGHT = 7
"""Options up to which all stand in sight where the document names no widget."""


def suits(schema: Schema) -> int:
    """Return whether it is a choice of texts, and best where the options are few."""
    options = options_of(schema) if suits_type(schema, "string") else ()
    return 0 if not options else 5 if len(options) <= IN_SIGHT else 4


def fact_type(schema: Schema) -> FactType:
    """Return the choice among the schema's options."""
    return Choice(options_of(schema))


def read(question: Question, posted: Posted) -> Read:
    """Return the chosen option; nothing chosen is unanswered."""
    text = posted.one()
    if not text or posted.cleared:
        return Read()
    if text in {o.const for o in question.options}:
        return Read(text)
    return unread(question, posted, "questions.no_such_option", {}, keyword="oneOf")


def shown(question: Question, value: Json, language: str, _zone: ZoneInfo) -> str:
    """Return the option's title."""
    return title_of(question, value, language)


def title_of(question: Question, const: Json, language: str) -> str:
    """Return the title of one option, or the value itself where an older version had it."""
    titles = (o.title for o in question.options if o.const == const)
    return next((words.pick(t, language) for t in titles), str(const))


def parts(question: Question, language: str) -> Mapping[str, object]:
    """Return what each option says beyond its title, by constant."""
    return {"descriptions": descriptions(question, language)}


def descriptions(question: Question, language: str) -> dict[str, str]:
    """Return the descriptions of those options that have one, by constant."""
    described = question.schema.get("oneOf") or question.schema.get("items", {}).get("oneOf") or ()
    texts = {}
    for option in described:
        if "description" in option:
            other = option.get("x-i18n", {}).get(language, {})
            texts[option["const"]] = other.get("description", option["description"])
    return texts


def paper(question: Question, language: str) -> tuple[Blank, ...]:
    """Return a box for each option, with what it says beyond its title."""
    about = descriptions(question, language)
    return choice(question.options, language, several=False, about=about)


TYPE = QuestionType("radio", suits, fact_type, read, shown, parts=parts, paper=paper)
