"""What steps make of single answers: options mapped, a text split, several texts joined."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from satupintu.documents import Json
from satupintu.forms.closed import pattern
from satupintu.forms.document import Question
from satupintu.forms.migrating.document import Join, Map, Split

SLOT = re.compile(r"\{([A-Za-z0-9_.]+)\}")
"""A place in a template: the name of an older question in braces."""

_WHOLE = re.compile(r"[+-]?[0-9]{1,15}")
_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,15})?")


def mapped(step: Map, value: Json) -> Json:
    """Return an answer with its options as they are called now, each once."""
    if isinstance(value, list):
        found: list[Json] = []
        for one in value:
            new = step.options.get(key_of(one), one)
            if new not in found:
                found.append(new)
        return found
    return step.options.get(key_of(value), value)


def key_of(value: Json) -> str:
    """Return how an option stands in a step: a text as it is, yes and no as true and false."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, str | int) else ""


def split(step: Split, value: Json, into: Sequence[Question]) -> list[Json] | None:
    """Return a part for each of the new questions, None for one that gets none.

    None instead of a list where the answer can't be split so.
    """
    if step.parts:
        if not isinstance(value, Mapping):
            return None
        return [value.get(key) for key in step.parts]
    if not isinstance(value, str):
        return None
    if step.pattern is not None:
        found = pattern(step.pattern).fullmatch(value)
        if found is None:
            return None
        texts = [group or "" for group in found.groups()]
    else:
        texts = value.split(step.at, len(into) - 1) if step.at else [value]
    texts += [""] * (len(into) - len(texts))
    return [
        read_as(question, text.strip()) if text.strip() else None
        for question, text in zip(into, texts, strict=False)
    ]


def joined(step: Join, values: Mapping[str, Json]) -> Json:
    """Return several answers as one, in the order of the step; None where they can't be joined."""
    there = [values[name] for name in step.questions if name in values]
    if step.between is None and step.template is None:
        if not all(isinstance(value, list) for value in there):
            return None
        return list({key_of(one): one for value in there for one in value}.values())
    if not all(is_said(value) for value in there):
        return None
    if step.template is None:
        return (step.between or "").join(str(value) for value in there)
    text = SLOT.sub(lambda slot: str(values.get(slot[1], "")), step.template)
    return " ".join(text.split())


def is_said(value: Json) -> bool:
    """Tell whether an answer can stand in a text: a text itself, or a number."""
    return isinstance(value, str | int | float) and not isinstance(value, bool)


def read_as(question: Question, text: str) -> Json:
    """Return a text as the number that a question asks for, if it asks for one and it is one."""
    match question.schema.get("type"):
        case "integer" if _WHOLE.fullmatch(text):
            return int(text)
        case "number" if _NUMBER.fullmatch(text):
            return float(text)
    return text
