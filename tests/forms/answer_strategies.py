"""Valid answers for any form: drawn by Hypothesis, or completed from a few facts.

For every test that needs a filled-in form. Nothing here knows a question: what is asked follows
from the form's conditions, and a computed fact gets its wanted value by choosing what it is
computed from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from satupintu.conditions.ast import (
    TRUE,
    Always,
    And,
    Call,
    Compare,
    Condition,
    Fact,
    Holds,
    Not,
    Number,
    OneOf,
    Or,
    Truth,
)
from satupintu.conditions.meaning import holds
from satupintu.conditions.types import Boolean, Choice, Day, Integer, Many, Moment, Rows, Text
from satupintu.documents import Json
from satupintu.forms.answers import outside_rows, problems, put, with_computed, without_hidden
from satupintu.forms.closed import Closed
from satupintu.forms.document import Form, Question
from satupintu.forms.facts import at, in_row, known, row_facts

NOW = datetime(2026, 11, 23, 10, 15, tzinfo=timezone(timedelta(hours=7)))
TODAY = date(2026, 11, 23)
FILE = "0b6f1f0e-5d55-4c1e-9a55-2f1f5d3c7a10"
TEXTS = ("Contoh", "Korban Contoh", "081234567890", "1671000000000001", "contoh@contoh.id", "1")
MOST_ROWS = 3

Answers = dict[str, Json]


# Drawn. ----------------------------------------------------------------------------------------


def valid_answers(form: Form) -> st.SearchStrategy[Answers]:
    """Draw answers that the form accepts; what is not required is sometimes left out."""

    @st.composite
    def of_the_form(draw: st.DrawFn) -> Answers:  # Hypothesis would print a form that it is given
        return _valid_answers(draw, form)

    return of_the_form()


def any_answers(form: Form) -> st.SearchStrategy[Answers]:
    """Draw answers with no regard to conditions: mostly wrong, of the right shapes."""
    questions = [q for q in outside_rows(form) if q.kind != "group"]
    junk = st.sampled_from([None, True, 0, -1, 10**9, 1.5, "", "x", [], ["x"], {}, "2026-02-30"])
    fields = {q.name: st.one_of(value_of(q), value_of(q), junk) for q in questions}

    def nest(flat: Answers) -> Answers:
        nested: Answers = {}
        for name, value in flat.items():
            nested = put(nested, name, value)
        return nested

    return st.fixed_dictionaries({}, optional={**fields, "tidak_ada": junk}).map(nest)


def _valid_answers(draw: st.DrawFn, form: Form) -> Answers:
    answers: Answers = {}
    for question in outside_rows(form):
        answers = _drawn_into(draw, form, question, answers)
    answers = with_computed(form, answers)
    for _ in range(8):
        found = problems(form, answers)
        if not found:
            return answers
        for problem in found:
            question = _question_at(form, problem.pointer)
            for cause in _given_by_person(form, question):
                answers = _drawn_into(draw, form, cause, _dropped(answers, cause.name))
        answers, _ = without_hidden(form, answers)
        for question in outside_rows(form):
            if at(answers, question.name) is None:
                answers = _drawn_into(draw, form, question, answers, optional=False)
        answers = with_computed(form, answers)
    assume(False)
    raise AssertionError


def value_of(question: Question) -> st.SearchStrategy[Json]:
    """Draw one answer that the question by itself accepts."""
    found = _strategies.get(id(question))
    if found is None or found[0] is not question:
        drawn = _values(question).filter(lambda value: _accepts(question, value))
        found = _strategies[id(question)] = question, drawn
    return found[1]


_strategies: dict[int, tuple[Question, st.SearchStrategy[Json]]] = {}
"""Making a strategy costs more than drawing from it."""


def _values(question: Question) -> st.SearchStrategy[Json]:
    of = question.fact_type
    match of:
        case Boolean():
            return st.just(True) if question.schema.get("const") is True else st.booleans()
        case Integer(minimum, maximum):
            return st.integers(minimum if minimum is not None else -1000, maximum)
        case Choice(options):
            return st.sampled_from(options)
        case Many(options):
            return st.lists(
                st.sampled_from(options), min_size=of.min_items, max_size=of.max_items, unique=True
            )
        case Day():
            return st.dates(date(1940, 1, 1), TODAY).map(date.isoformat)
        case Moment():
            hours = st.integers(0, 3000)
            return hours.map(lambda h: (NOW - timedelta(hours=h)).isoformat())
        case Rows():
            return st.lists(_row(question), max_size=min(of.max_items, MOST_ROWS))
        case Text():
            return _texts(question)


def _texts(question: Question) -> st.SearchStrategy[str]:
    schema = question.schema
    if schema.get("format") == "uuid":
        return st.uuids().map(str)
    if "pattern" in schema:
        return st.from_regex(schema["pattern"])
    longest = min(schema.get("maxLength", 200), 200)
    characters = st.characters(exclude_categories=["Cs", "Cc"])
    return st.text(characters, min_size=schema.get("minLength", 0), max_size=longest)


def _row(rows: Question) -> st.SearchStrategy[Answers]:
    @st.composite
    def of_the_rows(draw: st.DrawFn) -> Answers:
        row: Answers = {}
        for child in _leaves(rows):
            here = in_row(rows, row_facts(rows, row), {})
            if child.computed is None and holds(child.asked_when, here):
                needed = child.required_when is not None and holds(child.required_when, here)
                if needed or draw(st.booleans()):
                    row = put(row, child.name.removeprefix(f"{rows.name}."), draw(value_of(child)))
        return row

    return of_the_rows()


def _drawn_into(
    draw: st.DrawFn, form: Form, question: Question, answers: Answers, *, optional: bool = True
) -> Answers:
    if question.kind == "group" or question.computed is not None:
        return answers
    always = question.asked_when == TRUE and question.required_when in (None, TRUE)
    values = {} if always else known(form, answers)
    if not holds(question.asked_when, values):
        return answers
    needed = question.required_when is not None and holds(question.required_when, values)
    if not needed and not (optional and draw(st.booleans())):
        return answers
    return put(answers, question.name, draw(value_of(question)))


# Completed. ------------------------------------------------------------------------------------


def complete(
    form: Form, facts: Mapping[str, Json], given: Mapping[str, Json] | None = None
) -> Answers:
    """Return valid answers that give these facts; the rest is answered shortly and always alike.

    ``given`` holds answers by dotted name that are no facts, such as texts. Raises ValueError where
    no answers give the facts, as when the form would not ask one of them.
    """
    wanted = {n: v for n, v in facts.items() if form.questions[n].computed is not None}
    plain = {**{n: v for n, v in facts.items() if n not in wanted}, **(given or {})}
    why = "the form does not ask them together"
    for plan in _plans(form, wanted):
        answers = _filled(form, {**plan, **plain})
        found = problems(form, answers)
        if found:
            why = f"{found[0].pointer}: {found[0].sentence('en')}"
        elif all(at(answers, name) == value for name, value in {**plain, **wanted}.items()):
            return answers
    raise ValueError(why)


def _plans(form: Form, wanted: Mapping[str, Json]) -> Iterator[dict[str, Json]]:
    """Yield answers that would make every computed fact what is wanted."""
    if not wanted:
        yield {}
        return
    (name, value), *rest = wanted.items()
    computed = form.questions[name].computed
    for case in computed.cases if computed is not None else ():
        condition, inputs = _satisfied(case.when), _inputs(case.value, value)
        if condition is not None and inputs is not None:
            for others in _plans(form, dict(rest)):
                yield {**others, **condition, **inputs}


def _satisfied(condition: Condition) -> dict[str, Json] | None:
    match condition:
        case Always(True):
            return {}
        case OneOf(Fact(name), options):
            return {name: options[0]}
        case Holds(Fact(name), options):
            return {name: [options[0]]}
        case Truth(Fact(name)):
            return {name: True}
        case Not(Truth(Fact(name))):
            return {name: False}
        case Compare(Fact(name), "==" | "<=" | ">=", Number(number)):
            return {name: number}
        case And(conditions):
            each = [_satisfied(c) for c in conditions]
            return None if None in each else {k: v for one in each if one for k, v in one.items()}
        case Or(conditions):
            return next((s for c in conditions if (s := _satisfied(c)) is not None), None)
        case _:
            return None


def _inputs(term: Any, value: Json) -> dict[str, Json] | None:
    match term:
        case str() | Number():
            return {} if value == (term if isinstance(term, str) else term.value) else None
        case Fact(name):
            return {name: value}
        case Call("hours_between", (Fact(start), Fact(end))):
            return {start: (NOW - timedelta(hours=value)).isoformat(), end: NOW.isoformat()}
        case Call("days_between", (Fact(start), Fact(end))):
            return {start: (TODAY - timedelta(days=value)).isoformat(), end: TODAY.isoformat()}
        case Call("years_between", (Fact(start), Fact(end))):
            born = TODAY.replace(year=TODAY.year - value)
            return {start: born.isoformat(), end: TODAY.isoformat()}
        case _:
            return None


def _filled(form: Form, given: Mapping[str, Json]) -> Answers:
    """Fill the form; where one answer narrows what another may be, try others for the latter."""
    answers = _filled_once(form, given)
    for _ in form.questions:
        found = problems(form, answers)
        question = _question_at(form, found[0].pointer) if found else None
        if question is None or question.name in given or question.computed is not None:
            return answers
        for other in _short(question):
            tried = _filled_once(form, {**given, question.name: other})
            if len(problems(form, tried)) < len(found):
                given, answers = {**given, question.name: other}, tried
                break
        else:
            return answers
    return answers


def _filled_once(form: Form, given: Mapping[str, Json]) -> Answers:
    """Return what is given and asked, and a short answer to all else that must be answered."""
    answers: Answers = {}
    for _ in form.questions:
        before = answers
        for question in outside_rows(form):
            if at(answers, question.name) is None and question.computed is None:
                values = known(form, answers)
                if question.kind != "group" and holds(question.asked_when, values):
                    answers = _answered(form, question, answers, given)
        answers = with_computed(form, answers)
        if answers == before:
            break
    return answers


def _answered(
    form: Form, question: Question, answers: Answers, given: Mapping[str, Json]
) -> Answers:
    if question.name in given:
        return put(answers, question.name, given[question.name])
    needed = question.required_when
    if needed is not None and holds(needed, known(form, answers)):
        return put(answers, question.name, next(_short(question)))
    return answers


def _short(question: Question) -> Iterator[Json]:
    """Yield short answers that the question by itself accepts, the plainest first."""
    for value in _candidates(question):
        if _accepts(question, value):
            yield value


def _candidates(question: Question) -> Iterator[Json]:
    of = question.fact_type
    match of:
        case Boolean():
            yield from (False, True)
        case Integer(minimum, maximum):
            low = minimum if minimum is not None else 0
            yield from range(low, (maximum if maximum is not None else low + 200) + 1)
        case Choice(options):
            yield from options
        case Many(options):
            yield from ([] if of.min_items == 0 else list(options[: of.min_items]),)
            yield from ([option] for option in options)
            yield list(options)
        case Day():
            yield TODAY.isoformat()
        case Moment():
            yield NOW.isoformat()
        case Rows():
            yield [_short_row(question) for _ in range(question.schema.get("minItems", 0))]
        case Text():
            yield from (FILE, *TEXTS) if question.kind == "file" else TEXTS


def _short_row(rows: Question) -> Answers:
    row: Answers = {}
    for child in _leaves(rows):
        here = in_row(rows, row_facts(rows, row), {})
        needed = child.required_when
        if child.computed is None and needed is not None and holds(needed, here):
            row = put(row, child.name.removeprefix(f"{rows.name}."), next(_short(child)))
    return row


# Both. -----------------------------------------------------------------------------------------


def _accepts(question: Question, value: Json) -> bool:
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


def _leaves(question: Question) -> Iterator[Question]:
    for child in question.children:
        if child.children:
            yield from _leaves(child)
        else:
            yield child


def _question_at(form: Form, pointer: str) -> Question | None:
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


def _given_by_person(form: Form, question: Question | None) -> list[Question]:
    if question is None or question.kind == "group":
        return []
    if question.computed is None:
        return [question]
    return [q for name in question.computed.reads() if (q := form.questions.get(name)) is not None]


def _dropped(answers: Answers, name: str) -> Answers:
    key, _, rest = name.partition(".")
    if key not in answers:
        return answers
    if not rest:
        return {k: v for k, v in answers.items() if k != key}
    return {**answers, key: _dropped(answers[key], rest)}
