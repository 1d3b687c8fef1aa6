"""Answers by a question's dotted name, groups and rows walked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from satupintu.documents import Json


def values(answers: Mapping[str, Json], name: str) -> Iterator[Json]:
    """Yield every answer to the question ``name``: none, one, or one for each row."""
    yield from _walk(answers, name.split("."))


def value(answers: Mapping[str, Json], name: str) -> Json:
    """Return the first answer to the question ``name``; None where it is unanswered."""
    return next(values(answers, name), None)


def _walk(here: Json, keys: list[str]) -> Iterator[Json]:
    if isinstance(here, list):
        for row in here:
            yield from _walk(row, keys)
    elif isinstance(here, Mapping) and keys[0] in here:
        inner = here[keys[0]]
        if len(keys) == 1:
            yield inner
        else:
            yield from _walk(inner, keys[1:])
