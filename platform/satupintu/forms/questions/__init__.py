"""The question types: one file and its template each, found by being there."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from importlib import import_module
from types import MappingProxyType

from satupintu.documents import Json
from satupintu.errors import BadDocument, Problem
from satupintu.forms.document import Question
from satupintu.forms.questions.kinds import QuestionType, Schema, only_shown


@cache
def types() -> Mapping[str, QuestionType]:
    """Return every question type by its kind, as the files of this folder define them."""
    found = {}
    for module in pkgutil.iter_modules(__path__):
        kind = getattr(import_module(f"{__name__}.{module.name}"), "TYPE", None)
        if isinstance(kind, QuestionType):
            found[kind.kind] = kind
    return MappingProxyType(found)


def of(kind: str) -> QuestionType:
    """Return the type of a question's kind. A kind that does not exist raises KeyError."""
    return types()[kind]


def is_silence(question: Question, value: Json) -> bool:
    """Tell whether an answer says no more than that nothing was typed and nothing ticked."""
    if question.is_group and isinstance(value, Mapping):
        return are_silent(question.children, value)
    silence = of(question.kind).silence
    if value == [] and of(question.kind).files is not None:
        return True  # one type may ask for one file or for a list of them
    return value is None or (type(value) is type(silence) and value == silence)


def are_silent(among: Iterable[Question], answers: Mapping[str, Json]) -> bool:
    """Tell whether the answers to some questions say no more than silence does."""
    by_key = {question.key: question for question in among}
    return all(k in by_key and is_silence(by_key[k], v) for k, v in answers.items())


def used(among: Iterable[Question]) -> Iterator[str]:
    """Yield what questions, and those inside them, may ask of the reader's device."""
    for question in among:
        if uses := of(question.kind).uses:
            yield uses
        yield from used(question.children)


def for_schema(schema: Schema) -> QuestionType:
    """Return the type that asks what a schema describes: its ``x-ui.widget``, else the one that
    suits best.

    Raises BadDocument where the widget does not exist, cannot ask this, or where no type can.
    """
    ui = schema.get("x-ui")
    widget = ui.get("widget") if isinstance(ui, Mapping) else None
    if widget is None or only_shown(schema) is not None:
        best = max(types().values(), key=lambda t: t.suits(schema))
        if not best.suits(schema):
            raise BadDocument(Problem("questions.no_type", {"type": str(schema.get("type"))}))
        return best
    if not isinstance(widget, str) or widget not in types():
        near = get_close_matches(str(widget), types(), 1, 0)[0]
        raise BadDocument(
            Problem(
                "questions.unknown_widget", {"widget": str(widget), "nearest": near}, "/x-ui/widget"
            )
        )
    chosen = types()[widget]
    if not chosen.suits(schema):
        raise BadDocument(Problem("questions.wrong_widget", {"widget": widget}, "/x-ui/widget"))
    return chosen
