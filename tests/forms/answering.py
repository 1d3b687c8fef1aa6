"""What filling in a form takes, drawn or completed: plain values, and what a question accepts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache

from satupintu.documents import Json
from satupintu.forms.closed import Closed
from satupintu.forms.document import Form, Question

NOW = datetime(2026, 11, 23, 10, 15, tzinfo=timezone(timedelta(hours=7)))
TODAY = date(2026, 11, 23)
FILE = "0b6f1f0e-5d55-4c1e-9a55-2f1f5d3c7a10"
TEXTS = (
    *("Contoh", "Korban Contoh", "081234567890", "1671000000000001", "contoh@contoh.id", "1"),
    "08:00:00+07:00",
)

Answers = dict[str, Json]


def accepts(question: Question, value: Json) -> bool:
    return _validator(_BySchema(question.schema)).accepts(value)


@dataclass(frozen=True, eq=False)
class _BySchema:
    schema: Mapping[str, Json]

    def __hash__(self) -> int:
        return id(self.schema)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _BySchema) and other.schema is self.schema


@lru_cache(maxsize=1000)
def _validator(by: _BySchema) -> Closed:
    return Closed(by.schema)


def leaves(question: Question) -> Iterator[Question]:
    for child in question.children:
        if child.children:
            yield from leaves(child)
        else:
            yield child


def question_at(form: Form, pointer: str) -> Question | None:
    """Return the question outside rows that a problem is about."""
    name = ""
    for step in pointer.split("/")[1:]:
        below = f"{name}.{step}" if name else step
        if below not in form.questions:
            break
        name = below
        if form.questions[name].kind == "rows":
            break
    return form.questions.get(name)
