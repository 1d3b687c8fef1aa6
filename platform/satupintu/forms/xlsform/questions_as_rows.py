"""One question of a form as a row of a survey sheet: what its type is there, and what is lost."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from satupintu.conditions.types import Boolean, Choice, Day, Integer, Many, Moment
from satupintu.conditions.types import Text as FreeText
from satupintu.documents import Json
from satupintu.forms import questions
from satupintu.forms.about import about
from satupintu.forms.document import Question
from satupintu.forms.questions.computed import asked_instead
from satupintu.forms.questions.kinds import only_shown
from satupintu.words import Text

CHOICES = "choices"
"""Stands for the name of the list of a question that has one."""


@dataclass(frozen=True)
class Written:
    """How a type of question stands in a survey: its type, its appearance, and, where something is
    lost, what it was carried as.
    """

    type: str
    appearance: str = ""
    carried_as: str = ""


WRITTEN: Mapping[str, Written] = {
    "text": Written("text"),
    "textarea": Written("text", "multiline"),
    "number": Written("integer"),
    "decimal": Written("decimal"),
    "date": Written("date"),
    "date-time": Written("dateTime"),
    "time": Written("time"),
    "radio": Written(f"select_one {CHOICES}"),
    "select": Written(f"select_one {CHOICES}", "minimal"),
    "combobox": Written(f"select_one {CHOICES}", "autocomplete"),
    "checkboxes": Written(f"select_multiple {CHOICES}"),
    "yes-no": Written(f"select_one {CHOICES}"),
    "checkbox": Written(f"select_one {CHOICES}", "", "select_one"),
    "money": Written("integer", "thousands-sep", "integer"),
    "tel": Written("text", "numbers"),
    "phone": Written("text", "numbers", "text"),
    "nik": Written("text", "numbers", "text"),
    "file": Written("file"),
    "place-on-map": Written("geopoint"),
    "signature": Written("image", "signature"),
    "statement": Written("note"),
    "computed": Written("calculate"),
}
"""The types that have one of their own in XLSForms; any other is carried as what it holds."""


APPEARANCES: Mapping[str, str] = {"numeric": "numbers", "url": "url"}
"""How a line of text is typed."""


def written(question: Question) -> Written | None:
    """Return how a question stands in a survey, None where XLSForms have nothing like it."""
    if not holds_options(question):
        return None
    ticked = isinstance(question.fact_type, Boolean) and question.schema.get("const") is True
    if ticked and question.computed is None:
        return Written("acknowledge")
    if question.kind == "file":
        accepted = question.ui.get("accept", ())
        pictures = bool(accepted) and all(str(a).startswith("image/") for a in accepted)
        return Written("image" if pictures else "file")
    typed = APPEARANCES.get(str(question.ui.get("inputmode", "")))
    if question.kind == "text" and typed is not None:
        return Written("text", typed)
    found = WRITTEN.get(question.kind)
    return found if found is not None else _by_type(question)


def asked_by_itself(question: Question) -> Question:
    """Return a question that is only shown as one that is asked: a sheet shows its default."""
    if only_shown(question.schema) is None:
        return question
    schema = asked_instead(question.schema)
    kind = questions.for_schema(schema)
    return replace(question, kind=kind.kind, computed=None, fact_type=kind.fact_type(schema))


def hint(question: Question, languages: Sequence[str]) -> Text:
    """Return the help of a question with its examples, in every language of the workbook."""
    found = {}
    for code in languages:
        own = [question.help[code]] if question.help and code in question.help else []
        found[code] = " ".join([*own, *about(question, code, None)])
    return {code: text for code, text in found.items() if text}


def holds_options(question: Question) -> bool:
    """Tell whether cells hold the options as they are: a list of ticked ones parts at spaces, and
    a cell keeps no space at its ends.
    """
    if isinstance(question.fact_type, Many):
        return not any(re.search(r"\s", option.const) for option in question.options)
    return all(option.const == " ".join(option.const.split()) for option in question.options)


def in_a_cell(value: Json) -> str:
    """Return an answer as a cell holds it; several options stand beside each other."""
    if isinstance(value, list):
        return " ".join(map(str, value))
    return str(value).lower() if isinstance(value, bool) else str(value)


def _by_type(question: Question) -> Written | None:
    match question.fact_type:
        case Boolean() | Choice():
            of = f"select_one {CHOICES}"
        case Many():
            of = f"select_multiple {CHOICES}"
        case Integer():
            of = "integer"
        case Day():
            of = "date"
        case Moment():
            of = "dateTime"
        case FreeText(number=True):
            of = "decimal"
        case FreeText() if question.schema.get("type") == "string":
            of = "text"
        case _:
            return None
    return Written(of, "", of.split()[0])
