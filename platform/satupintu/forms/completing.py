"""Whole answers from facts: texts are made up, so that a counterexample can be opened as a form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from satupintu.conditions.types import Rows, Text
from satupintu.conditions.values import Facts, FactValue, write_facts
from satupintu.documents import Json
from satupintu.forms.answers import problems, put, with_computed
from satupintu.forms.closed import Closed
from satupintu.forms.document import Form, Question

_ID = "00000000-0000-4000-8000-000000000000"
_TEXTS = (
    *("contoh", "Contoh", "CONTOH", "contoh buatan", "x", "X", "Xx", "xx"),
    *("contoh@contoh.id", "08:00:00+07:00", _ID, "2026-01-01", "2026-01-01T08:00:00+07:00"),
    *("+62 812 0000 0000", "081200000000", "A1", "AB-123", "AB/123/2026"),
)
_BOUNDS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")
_KEYWORDS = (
    *("type", "minLength", "maxLength", "pattern", "format", "enum", "const", "not", "anyOf"),
    *_BOUNDS,
    *("items", "minItems", "maxItems", "uniqueItems", "contains"),
    *("properties", "required", "minProperties", "maxProperties", "additionalProperties"),
)


def completed(form: Form, values: Facts) -> dict[str, Json] | None:
    """Return answers that give these facts and that the form accepts; None where none were found.

    ``values`` answers every question of a case, free text with True: some text is made up for it
    that its own schema accepts, and a list inside a row has as few rows as it may, empty ones. Only
    a pattern that nothing plain fits, or such a row that may not be empty, leaves a case without.
    """
    answers: dict[str, Json] = {}
    for name, value in values.items():
        question = form.questions[name]
        if question.computed is None:
            answers = put(answers, name, _answer(form, question, value))
    answers = with_computed(form, answers)
    return None if problems(form, answers) else answers


def _answer(form: Form, question: Question, value: FactValue) -> Json:
    match question.fact_type, value:
        case Text(listed=True), _:
            return [{} for _ in range(question.schema.get("minItems", 0))]
        case Text(), _:
            return synthetic(question.schema)
        case Rows(), tuple():
            return [_row(form, question, row) for row in value if not isinstance(row, str)]
        case _:
            return write_facts({"value": value})["value"]


def _row(form: Form, rows: Question, row: Facts) -> dict[str, Json]:
    answers: dict[str, Json] = {}
    for field, value in row.items():
        question = form.questions[f"{rows.name}.{field}"]
        if question.computed is None:
            answers = put(answers, field, _answer(form, question, value))
    return answers


def synthetic(schema: Mapping[str, Json]) -> Json:
    """Return a made-up text, number, list or object that a question's schema accepts, None where
    nothing plain fits, and for what is only read.
    """
    judged = Closed({k: v for k, v in schema.items() if k in _KEYWORDS})
    return next((value for value in _candidates(schema) if judged.accepts(value)), None)


def _candidates(schema: Mapping[str, Json]) -> Iterator[Json]:
    match schema.get("type"):
        case "number":
            yield from _numbers(schema)
        case "array":
            yield from _lists(schema)
        case "object":
            yield from _objects(schema)
        case _:
            yield from _texts(schema)


def _texts(schema: Mapping[str, Json]) -> Iterator[str]:
    yield from _TEXTS
    least = min(schema.get("minLength", 1), 10_000)
    yield "contoh " * (least // 7 + 1)
    yield "x" * max(least, 1)
    for count in range(1, 41):
        yield "1" * count
        yield "x" * count
        yield "A" * count


def _numbers(schema: Mapping[str, Json]) -> Iterator[float]:
    bounds = [schema[k] for k in _BOUNDS if k in schema]
    step = schema.get("multipleOf", 1)
    yield from (1, *bounds, *(b + s for b in bounds for s in (step, -step)), 0)
    yield from (sum(bounds[:2]) / 2, *(b + s for b in bounds for s in (0.01, -0.01)))


def _lists(schema: Mapping[str, Json]) -> Iterator[Json]:
    """Yield the shortest list, of one thing at least and of things that differ: ids of files do."""
    items = schema.get("items", {})
    many = max(schema.get("minItems", 1), 1)
    fitting = Closed({k: v for k, v in items.items() if k in _KEYWORDS})
    numbered = (f"{n:08d}{_ID[8:]}" for n in range(many))
    found: list[Json] = []
    for thing in chain(numbered, _candidates(items)):
        if len(found) < many and thing not in found and fitting.accepts(thing):
            found.append(thing)
    yield found


def _objects(schema: Mapping[str, Json]) -> Iterator[Json]:
    """Yield an object of what is required, then of all its properties: a place, a signature."""
    properties = schema.get("properties", {})
    for keys in (schema.get("required", ()), properties):
        made = {key: synthetic(properties[key]) for key in keys if key in properties}
        yield {key: value for key, value in made.items() if value is not None}
