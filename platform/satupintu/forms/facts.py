"""The facts that answers give: typed values for rules, and for the form's own conditions.

An answer of the wrong JSON type is as good as none here; `answers.problems` says it is wrong.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from satupintu.conditions.meaning import holds
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
from satupintu.conditions.values import Facts, FactValue, read_day, read_facts, read_moment
from satupintu.documents import Json, pointer
from satupintu.errors import BadAnswers, Problem
from satupintu.forms.document import Form, Question

Answers = Mapping[str, Json]
"""What a person filled in: a JSON object, groups as objects, repeated groups as lists of them."""

OBJECT = (dict, Mapping)
"""What a JSON object may be; most are plain, and to ask that first is quicker."""


def facts(form: Form, answers: Answers) -> Facts:
    """Return what rules may read: what is asked, answered and fits; never free text."""
    seen = visible(form, known(form, answers))
    return {
        name: fitting
        for name, fact_type in form.facts.items()
        if name in seen and (fitting := _fitting(seen[name], fact_type)) is not None
    }


def known(form: Form, answers: Answers) -> Facts:
    """Return every answer by its full name, asked or not, free text too.

    Options and bounds are not looked at, so that a condition means here what its ``if`` means to
    the validator, whatever was typed.
    """
    found = {}
    for name, of in form.types.items():
        answer = at(answers, name)
        if answer is not None and (value := _typed(answer, of)) is not None:
            found[name] = value
    return found


def visible(form: Form, values: Facts) -> Facts:
    """Return those of the known values, and within rows those fields, that are asked."""
    found: dict[str, FactValue] = {}
    for name, value in values.items():
        question = form.questions[name]
        if not holds(question.asked_when, values):
            continue
        if question.is_rows and isinstance(value, tuple):
            value = tuple(
                _visible_row(form, question, row, values)
                for row in value
                if not isinstance(row, str)
            )
        found[name] = value
    return found


def in_row(rows: Question, row: Facts, outside: Facts) -> Facts:
    """Return the facts as one row of a repeated group sees them: its fields as ``rows.field``."""
    return {**outside, **{f"{rows.name}.{field}": value for field, value in row.items()}}


def row_facts(rows: Question, row: Json) -> Facts:
    """Return the answers of one row by field."""
    return _typed_row(row, rows.fields)


def fact_problems(form: Form, value: Json) -> tuple[Problem, ...]:
    """Return what is wrong with a JSON object of facts, as examples and ``decide`` give them.

    Facts that the form would not ask together are warnings, as a rule set may be tried on any.
    """
    try:
        given = read_facts(value, form.facts)
    except BadAnswers as e:
        return e.problems
    return tuple(
        Problem("forms.fact_not_asked", {"name": name}, pointer([name]), level="warning")
        for name in given
        if not holds(form.questions[name].asked_when, given)
    )


def at(answers: Json, name: str) -> Json:
    """Return the answer under a dotted name, None where there is none."""
    if "." not in name:  # nearly all of them, and this is asked often
        return answers.get(name) if isinstance(answers, OBJECT) else None
    for key in name.split("."):
        answers = answers.get(key) if isinstance(answers, OBJECT) else None
    return answers


def _visible_row(form: Form, rows: Question, row: Facts, outside: Facts) -> Facts:
    here = in_row(rows, row, outside)
    return {
        field: value
        for field, value in row.items()
        if holds(form.questions[f"{rows.name}.{field}"].asked_when, here)
    }


def _typed(value: Json, of: FactType) -> FactValue | None:
    match of:
        case Boolean():
            return value if isinstance(value, bool) else None
        case Integer():
            if isinstance(value, float) and value.is_integer():
                return int(value)  # JSON Schema: 18.0 is an integer too
            return value if isinstance(value, int) and not isinstance(value, bool) else None
        case Text(number=True):
            counts = isinstance(value, int | float) and not isinstance(value, bool)
            return str(value) if counts else None
        case Text() if isinstance(value, dict | list | bool | int | float):
            return json.dumps(value)  # an answer of any shape: only whether it is there counts
        case Choice() | Text():
            return value if isinstance(value, str) else None
        case Many():
            listed = isinstance(value, list) and all(isinstance(v, str) for v in value)
            return tuple(value) if listed else None
        case Day():
            return read_day(value) if isinstance(value, str) else None
        case Moment():
            return read_moment(value) if isinstance(value, str) else None
        case Rows(fields):
            listed = isinstance(value, list) and all(isinstance(v, dict) for v in value)
            return tuple(_typed_row(row, fields) for row in value) if listed else None


def _typed_row(row: Json, fields: Mapping[str, FactType]) -> Facts:
    found = {field: _typed(at(row, field), of) for field, of in fields.items()}
    return {field: value for field, value in found.items() if value is not None}


def _fitting(value: FactValue, of: FactType) -> FactValue | None:
    """Return the value as far as its type allows it: an option that exists, a number in bounds."""
    match of, value:
        case Integer(minimum, maximum), int():
            low = minimum is None or minimum <= value
            return value if low and (maximum is None or value <= maximum) else None
        case Choice(options), _:
            return value if value in options else None
        case Many(options), tuple():
            fits = set(value) <= set(options) and len(set(value)) == len(value)
            return value if fits else None
        case Rows(fields, max_items), tuple() if len(value) <= max_items:
            return tuple(
                {
                    field: fitting
                    for field, inner in row.items()
                    if field in fields and (fitting := _fitting(inner, fields[field])) is not None
                }
                for row in value
                if not isinstance(row, str)
            )
        case Rows() | Text(), _:
            return None
        case _:
            return value
