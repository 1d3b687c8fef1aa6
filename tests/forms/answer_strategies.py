"""Valid answers for any form, drawn by Hypothesis: what is asked follows from its conditions."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import assume
from hypothesis import strategies as st

from forms.answering import NOW, TODAY, Answers, accepts, leaves, question_at
from satupintu.conditions.ast import TRUE
from satupintu.conditions.meaning import holds
from satupintu.conditions.types import Boolean, Choice, Day, Integer, Many, Moment, Rows, Text
from satupintu.documents import Json
from satupintu.forms.answers import problems, put, with_computed, without_hidden
from satupintu.forms.document import Form, Question
from satupintu.forms.facts import at, in_row, known, row_facts

MOST_ROWS = 3


def valid_answers(form: Form) -> st.SearchStrategy[Answers]:
    """Draw answers that the form accepts; what is not required is sometimes left out."""

    @st.composite
    def of_the_form(draw: st.DrawFn) -> Answers:  # Hypothesis would print a form that it is given
        return _valid_answers(draw, form)

    return of_the_form()


def any_answers(form: Form) -> st.SearchStrategy[Answers]:
    """Draw answers with no regard to conditions: mostly wrong, of the right shapes."""
    questions = [q for q in form.outside_rows if q.kind != "group"]
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
    for question in form.outside_rows:
        answers = _drawn_into(draw, form, question, answers)
    answers = with_computed(form, answers)
    for _ in range(8):
        found = problems(form, answers)
        if not found:
            return answers
        for problem in found:
            question = question_at(form, problem.pointer)
            for cause in _given_by_person(form, question):
                answers = _drawn_into(draw, form, cause, _dropped(answers, cause.name))
        answers, _ = without_hidden(form, answers)
        for question in form.outside_rows:
            if at(answers, question.name) is None:
                answers = _drawn_into(draw, form, question, answers, optional=False)
        answers = with_computed(form, answers)
    assume(False)
    raise AssertionError


def value_of(question: Question) -> st.SearchStrategy[Json]:
    """Draw one answer that the question by itself accepts."""
    found = _strategies.get(id(question))
    if found is None or found[0] is not question:
        drawn = _values(question).filter(lambda value: accepts(question, value))
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
        case Text(listed=True):
            most = question.schema.get("maxItems", MOST_ROWS)
            least = question.schema.get("minItems", 0)
            return st.lists(_row(question), min_size=least, max_size=min(most, MOST_ROWS))
        case Text(number=True):
            return st.integers(-1000, 1000) | st.decimals(-1000, 1000, places=2).map(float)
        case Text() if question.kind == "signature":
            return _signatures()
        case Text() if question.schema.get("type") == "array" and "format" in _items(question):
            one, least = FORMATTED[_items(question)["format"]], question.schema.get("minItems", 0)
            most = question.schema.get("maxItems", 5)
            return st.lists(one, min_size=least, max_size=most, unique=True)
        case Text():
            return _texts(question)


FORMATTED: dict[str, st.SearchStrategy[str]] = {
    "uuid": st.uuids().map(str),
    "email": st.from_regex(r"[a-z]{1,8}@[a-z]{1,8}\.id", fullmatch=True),
    "time": st.times().map(lambda t: f"{t:%H:%M}:00+07:00"),
}


def _texts(question: Question) -> st.SearchStrategy[str]:
    schema = question.schema
    if "format" in schema:
        return FORMATTED[schema["format"]]
    if "pattern" in schema:
        return st.from_regex(schema["pattern"])
    longest = min(schema.get("maxLength", 200), 200)
    characters = st.characters(exclude_categories=["Cs", "Cc"])
    return st.text(characters, min_size=schema.get("minLength", 0), max_size=longest)


def _items(question: Question) -> dict[str, Json]:
    return dict(question.schema.get("items", {}))


def _signatures() -> st.SearchStrategy[Json]:
    point = st.tuples(st.integers(0, 600), st.integers(0, 200)).map(lambda p: f"{p[0]} {p[1]}")
    stroke = st.lists(point, min_size=2, max_size=9).map(lambda points: "M" + "L".join(points))
    strokes = st.lists(stroke, min_size=1, max_size=4).map("".join)
    names = st.from_regex(r"[A-Z][a-z]{1,9}( [A-Z][a-z]{1,9})?", fullmatch=True)
    moment = {"signed_at": st.just(NOW.isoformat())}
    drawn = st.fixed_dictionaries({"strokes": strokes, **moment}, optional={"name": names})
    return drawn | st.fixed_dictionaries({"name": names, **moment})


def _row(rows: Question) -> st.SearchStrategy[Answers]:
    @st.composite
    def of_the_rows(draw: st.DrawFn) -> Answers:
        row: Answers = {}
        for child in leaves(rows):
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
