"""Valid answers for any form, completed from a few facts: for every test that fills in a form.

Nothing here knows a question. A computed fact gets its wanted value by choosing what it is
computed from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from forms.answering import FILE, NOW, TEXTS, TODAY, Answers, accepts, leaves, question_at
from satupintu.conditions.ast import (
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
from satupintu.forms.answers import problems, put, with_computed
from satupintu.forms.completing import synthetic
from satupintu.forms.document import Form, Question
from satupintu.forms.facts import at, in_row, known, row_facts


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
        question = question_at(form, found[0].pointer) if found else None
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
        for question in form.outside_rows:
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
        if accepts(question, value):
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
        case Text(listed=True):
            yield [_short_row(question) for _ in range(question.schema.get("minItems", 0))]
        case Text(number=True):
            yield synthetic(question.schema)
        case Text():
            yield from (FILE, *TEXTS) if question.kind == "file" else TEXTS


def _short_row(rows: Question) -> Answers:
    row: Answers = {}
    for child in leaves(rows):
        here = in_row(rows, row_facts(rows, row), {})
        needed = child.required_when
        if child.computed is None and needed is not None and holds(needed, here):
            row = put(row, child.name.removeprefix(f"{rows.name}."), next(_short(child)))
    return row
