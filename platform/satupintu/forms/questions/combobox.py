"""One of very many options, found by typing a part of its title.

The control is a line of text with the browser's own list of suggestions, and every option also
stands below it in a list that opens: a browser that has no suggestions still shows what there is.
A text that is no title is told the nearest ones; nobody has to scroll through a hundred options.
"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from zoneinfo import ZoneInfo

from satupintu.documents import Json
from satupintu.forms.document import Question
from satupintu.forms.questions.kinds import (
    Posted,
    QuestionType,
    Read,
    Schema,
    Typed,
    options_of,
    suits_type,
    unread,
)
from satupintu.forms.questions.radio import fact_type, shown, title_of
from satupintu.forms.sentences import InLanguage, said

MANY = 15
"""Options from which on a list is searched rather than read."""

NEAR = 3


def suits(schema: Schema) -> int:
    """Return whether it is a choice of texts that titles tell apart, and best where there are very
    many.
    """
    options = options_of(schema) if suits_type(schema, "string") else ()
    if not options or not told_apart(schema):
        return 0
    return 6 if len(options) > MANY else 1


def told_apart(schema: Schema) -> bool:
    """Return whether every option has a title and no two have the same, in whatever languages."""
    by_title: dict[str, str] = {}
    listed = schema.get("oneOf") or [{"const": c, "title": c} for c in schema.get("enum", ())]
    for option in listed:
        said_otherwise = (t["title"] for t in option.get("x-i18n", {}).values() if "title" in t)
        for title in map(folded, (option.get("title", option["const"]), *said_otherwise)):
            if not title or by_title.setdefault(title, option["const"]) != option["const"]:
                return False
    return True


def folded(title: str) -> str:
    """Return a title without capitals and spaces, which people type one way or another."""
    return "".join(title.casefold().split())


def read(question: Question, posted: Posted) -> Read:
    """Return the option whose title was typed, in any language, whatever its capitals and spaces.

    A part of a title is not enough: what was meant may be missing from the list.
    """
    text = posted.one().strip()
    consts = {folded(title): o.const for o in question.options for title in o.title.values()}
    if not text:
        chosen = posted.one("chosen")
        return Read(chosen if chosen in consts.values() else None)
    if folded(text) in consts:
        return Read(consts[folded(text)])
    typed = {posted.name: text}
    near = nearest(folded(text), consts)
    if "oneOf" in question.errors or not near:
        key = "questions.not_in_list"
        return unread(question, posted, key, typed, keyword="oneOf", text=text)
    found = said("questions.near_in_list", posted.pointer, text=text, near=titles(question, near))
    return Read(typed=typed, problems=(found,))


def nearest(text: str, consts: Mapping[str, str]) -> list[str]:
    """Return the options that hold a text in their titles, else those that look most like it."""
    close = [t for t in consts if text in t] or get_close_matches(text, consts, NEAR)
    return list(dict.fromkeys(consts[title] for title in close))[:NEAR]


def titles(question: Question, consts: list[str]) -> InLanguage:
    """Return the titles of some options, in the language of a sentence."""
    return lambda language: ", ".join(f"“{title_of(question, c, language)}”" for c in consts)


def typed(_question: Question, value: Json, name: str, _zone: ZoneInfo) -> Typed:
    """Return the chosen option beside the control, which holds its title in the page's language."""
    return {f"{name}.chosen": str(value)}


def entered(question: Question, value: Json, name: str, language: str) -> Typed:
    """Return the title that a person finds in the list."""
    return {name: title_of(question, str(value), language)}


TYPE = QuestionType("combobox", suits, fact_type, read, shown, typed, entered=entered)
