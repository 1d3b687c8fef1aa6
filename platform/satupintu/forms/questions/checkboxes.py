"""Any number of options."""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from satupintu import words
from satupintu.conditions.types import FactType, Many
from satupintu.documents import Json
from satupintu.forms.document import Question
from satupintu.forms.paper.blanks import Blank
from satupintu.forms.paper.usual import choice
from satupintu.forms.questions.kinds import (
    Posted,
    QuestionType,
    Read,
    Schema,
    Typed,
    options_of,
    problem,
    suits_type,
)
from satupintu.forms.questions.radio import descriptions, parts, title_of


def suits(schema: Schema) -> int:
    """Return whether it is a list of options."""
    items = schema.get("items")
    listed = suits_type(schema, "array") and isinstance(items, Mapping) and options_of(items)
    return 5 if listed else 0


def fact_type(schema: Schema) -> FactType:
    """Return the list of choices among the options of the schema's items."""
    return Many(options_of(schema["items"]), schema.get("minItems", 0), schema.get("maxItems"))


def read(question: Question, posted: Posted) -> Read:
    """Return the ticked options in the document's order; none ticked is an empty list.

    Where the list would be too short and the question may be left, none ticked is unanswered.
    """
    ticked = {text for text in posted.all() if text}
    if not ticked and question.schema.get("minItems") and question.may_be_left:
        return Read()
    chosen = [o.const for o in question.options if o.const in ticked]
    if len(chosen) == len(ticked):
        return Read(chosen)
    return Read(chosen, problems=(problem(question, posted, "questions.no_such_option"),))


def typed(_question: Question, value: Json, name: str, _zone: ZoneInfo) -> Typed:
    """Return the ticked options."""
    return {name: tuple(map(str, value)) if isinstance(value, list) else ()}


def shown(question: Question, value: Json, language: str, _zone: ZoneInfo) -> str:
    """Return the titles of the chosen options, or that none was chosen.

    Titles that hold commas themselves are parted by semicolons.
    """
    chosen = value if isinstance(value, list) else [value]
    if not chosen:
        return words.say("questions.none_chosen", language)
    titles = [title_of(question, one, language) for one in chosen]
    return ("; " if any("," in title for title in titles) else ", ").join(titles)


def paper(question: Question, language: str) -> tuple[Blank, ...]:
    """Return a box for each option, as many of which may be ticked as apply."""
    return choice(question.options, language, several=True, about=descriptions(question, language))


TYPE = QuestionType(
    "checkboxes", suits, fact_type, read, shown, typed, parts, paper=paper, silence=[]
)
