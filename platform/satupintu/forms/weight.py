"""What answers may weigh and hold before anything looks at what they say."""

from __future__ import annotations

import math
from collections.abc import Iterator

from satupintu.documents import Json, pointer
from satupintu.errors import Problem
from satupintu.forms.document import Form
from satupintu.forms.sentences import said

MAX_DEPTH = 32
"""Steps from the root to a value: a tree of 16 levels."""
MAX_VALUES = 20_000
MAX_TEXT = 2 * 1024 * 1024
"""All texts together, in characters; a text too long for its question is told there."""


def problems(form: Form, answers: Json) -> tuple[Problem, ...]:
    """Return what makes the answers unfit to be looked into; none for anything a page can send."""
    if not isinstance(answers, dict):
        return (Problem("forms.answers_not_an_object"),)
    text = 0
    found: list[Problem] = []
    for values, (path, value) in enumerate(_values(answers)):
        if len(path) > MAX_DEPTH:
            return (Problem("forms.answers_too_deep", {"limit": MAX_DEPTH}),)
        if isinstance(value, str):
            text += len(value)
        if values > MAX_VALUES or text > MAX_TEXT:
            return (Problem("forms.answers_too_large", {"limit": MAX_TEXT // 1024}),)
        if isinstance(value, float) and not math.isfinite(value):
            found.append(_at(form, path, "forms.answer_not_a_number"))
        elif isinstance(value, str) and not _is_unicode(value):
            found.append(_at(form, path, "forms.answer_not_text"))
    return tuple(found)


def _values(answers: Json) -> Iterator[tuple[tuple[str | int, ...], Json]]:
    pending: list[tuple[tuple[str | int, ...], Json]] = [((), answers)]
    while pending:
        path, value = pending.pop()
        yield path, value
        if isinstance(value, dict):
            for key, below in value.items():
                yield (*path, "?"), key
                pending.append(((*path, str(key)), below))
        elif isinstance(value, list):
            pending.extend(((*path, index), below) for index, below in enumerate(value))


def _is_unicode(text: str) -> bool:
    """Tell whether UTF-8 can hold the text: half a surrogate pair cannot be kept or matched."""
    return text.isascii() or not any("\ud800" <= c <= "\udfff" for c in text)


def _at(form: Form, path: tuple[str | int, ...], key: str) -> Problem:
    name = ".".join(step for step in path if isinstance(step, str))
    question = form.questions.get(name)
    shown = pointer(path).encode("utf-8", "replace").decode()
    title = (
        question.title if question is not None else {"id": name.encode("ascii", "replace").decode()}
    )
    return said(key, shown, title=title)
