"""Which questions among some are asked and which must be answered, of a draft that may still be
wrong.

A draft holds whatever was typed so far, so a value that is not of its question's type counts as
unanswered here; that it is wrong is the validator's to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from satupintu.conditions.ast import TRUE, Condition
from satupintu.conditions.meaning import holds
from satupintu.conditions.names import facts_of
from satupintu.conditions.types import (
    Boolean,
    Choice,
    Day,
    FactType,
    Integer,
    Many,
    Moment,
    Rows,
    Text,
)
from satupintu.conditions.values import Facts, FactValue, read_day, read_moment
from satupintu.documents import Json
from satupintu.forms.document import Form, Question


@dataclass(frozen=True)
class Standing:
    """The control names of the questions that are asked, and of those among them that must be
    answered.
    """

    asked: frozenset[str]
    required: frozenset[str]


def standing(form: Form, asked: Iterable[Question], answers: Mapping[str, Json]) -> Standing:
    """Return which of these questions, their groups and rows included, are asked."""
    found, needed = set(), set()
    for name, is_required in _standing(_Known(form, answers), asked, answers, ""):
        found.add(name)
        if is_required:
            needed.add(name)
    return Standing(frozenset(found), frozenset(needed))


def _standing(
    known: _Known, asked: Iterable[Question], answers: Json, prefix: str
) -> Iterator[tuple[str, bool]]:
    for question in asked:
        if question.asked_when != TRUE and not known.holds(question.asked_when):
            continue
        name = prefix + question.key
        needed = question.required_when
        yield name, needed is not None and (needed == TRUE or known.holds(needed))
        if question.children:
            value = answers.get(question.key) if isinstance(answers, Mapping) else None
            if question.kind == "rows":
                for place, row in enumerate(value if isinstance(value, list) else ()):
                    inside = known.inside(question, row)
                    yield from _standing(inside, question.children, row, f"{name}.{place}.")
            else:
                yield from _standing(known, question.children, value, f"{name}.")


@dataclass(frozen=True)
class _Known:
    """The answers as facts, read one by one as conditions ask for them."""

    form: Form
    answers: Mapping[str, Json]
    row: Facts | None = None

    def holds(self, condition: Condition) -> bool:
        facts: dict[str, FactValue] = {}
        for name in facts_of(condition):
            value = self.row.get(name) if self.row is not None else None
            if value is None:
                value = known_value(self.form.types.get(name), at(self.answers, name))
            if value is not None:
                facts[name] = value
        return holds(condition, facts) is True

    def inside(self, rows: Question, row: Json) -> _Known:
        of_rows = self.form.types.get(rows.name)
        values = known_row(of_rows, row) if isinstance(of_rows, Rows) else {}
        return _Known(self.form, self.answers, {f"{rows.name}.{k}": v for k, v in values.items()})


def at(answers: Json, name: str) -> Json:
    """Return the answer under a dotted name, None where there is none."""
    for key in name.split("."):
        if not isinstance(answers, Mapping):
            return None
        answers = answers.get(key)
    return answers


def known_value(fact_type: FactType | None, value: Json) -> FactValue | None:
    """Return an answer as the value of a fact, None where it is missing or not of its type."""
    match fact_type:
        case Boolean():
            return value if isinstance(value, bool) else None
        case Integer():
            return value if isinstance(value, int) and not isinstance(value, bool) else None
        case Choice(options):
            return value if isinstance(value, str) and value in options else None
        case Many(options):
            listed = isinstance(value, list) and all(v in options for v in value)
            return tuple(value) if listed else None
        case Day():
            return read_day(value) if isinstance(value, str) else None
        case Moment():
            return read_moment(value) if isinstance(value, str) else None
        case Text():
            return value if isinstance(value, str) else None
        case Rows():
            listed = isinstance(value, list)
            return tuple(known_row(fact_type, row) for row in value) if listed else None
        case None:
            return None


def known_row(rows: Rows, row: Json) -> Facts:
    """Return one row of a repeated group as facts by field."""
    found = {field: known_value(t, at(row, field)) for field, t in rows.fields.items()}
    return {field: value for field, value in found.items() if value is not None}
