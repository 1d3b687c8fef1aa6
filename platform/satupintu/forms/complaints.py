"""jsonschema's errors told to a person: one sentence at one question each, the true ones only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from jsonschema import ValidationError

from satupintu.conditions.meaning import holds
from satupintu.conditions.nearest import or_nearest
from satupintu.documents import Json, pointer
from satupintu.errors import Problem
from satupintu.forms import questions, refusals
from satupintu.forms.document import Form, Question
from satupintu.forms.facts import in_row, known, row_facts
from satupintu.forms.sentences import InLanguage, said
from satupintu.forms.structure import telling
from satupintu.words import pick

MAX_ERRORS = 500
"""A person reads some; hostile answers may yield one for each of their 20,000 values."""

_Path = tuple[str | int, ...]


def problems(
    form: Form, answers: Mapping[str, Json], errors: Iterable[ValidationError]
) -> tuple[Problem, ...]:
    """Return one problem for each answer that is wrong, in the order of the pages; never none.

    A wrong conditional answer makes the validator refuse it once more as unevaluated, and a missing
    one makes what is computed from it missing too: only the cause is told.
    """
    teller = _Teller(form, answers)
    best: dict[str, tuple[int, Problem]] = {}
    wholes: dict[_Path, Question] = {}
    for error in islice(errors, MAX_ERRORS):
        question, where = teller.question(tuple(error.absolute_path))
        if question is not None and question.is_whole:
            wholes[where] = question
            continue
        for rank, problem in teller.told(error):
            known_rank = best.get(problem.pointer, (99, problem))[0]
            if rank < known_rank:
                best[problem.pointer] = rank, problem
    for where, question in wholes.items():
        for problem in telling.problems(question, _at(answers, where), where):
            best[problem.pointer] = 0, problem
    if not best:
        return (Problem("forms.answers_refused"),)
    order = {name: index for index, name in enumerate(form.questions)}

    def place(problem: Problem) -> tuple[int, str]:
        name = _name(tuple(problem.pointer.split("/")[1:]))
        return order.get(name, len(order)), problem.pointer

    return tuple(sorted((problem for _, problem in best.values()), key=place))


class _Teller:
    def __init__(self, form: Form, answers: Mapping[str, Json]) -> None:
        self.form = form
        self.answers = answers
        self.values = known(form, answers)
        self.told_missing: set[tuple[_Path, int]] = set()

    def told(self, error: ValidationError) -> Iterator[tuple[int, Problem]]:
        """Yield what one error means, with ranks: the lowest at a place is the one to show."""
        path = tuple(error.absolute_path)
        match error.validator:
            case "required":
                once = path, id(error.validator_value)  # an error comes for each missing name
                if once not in self.told_missing:
                    self.told_missing.add(once)
                    yield from self.missing(path, _absent(error.validator_value, error.instance))
            case "dependentRequired":
                wanted: Any = error.validator_value
                for cause, names in wanted.items():
                    if cause in _object(error.instance):
                        yield from self.missing(path, _absent(names, error.instance))
            case "unevaluatedProperties":
                yield from self.unevaluated(path)
            case _:
                question, place = self.question(path)
                if question is not None:
                    yield refusals.refused(self.form, question, pointer(place), error)
                elif error.context:
                    for below in error.context:
                        yield from ((rank + 10, p) for rank, p in self.told(below))
                else:
                    yield 50, Problem("forms.answers_refused", {}, pointer(path))

    def missing(self, path: _Path, keys: Iterable[str]) -> Iterator[tuple[int, Problem]]:
        for key in keys:
            place = (*path, key)
            question = self.form.questions.get(_name(place))
            if question is not None and self.is_asked(question, place):
                yield from self.unanswered(question, place)

    def unanswered(self, question: Question, place: _Path) -> Iterator[tuple[int, Problem]]:
        where = pointer(place)
        if question.is_group:
            for child in question.children:
                below = (*place, child.key)
                if child.required_when is not None and self.is_asked(child, below):
                    yield from self.unanswered(child, below)
        elif question.computed is not None:
            inputs = [q for q in self.unanswered_inputs(question) if q.required_when is None]
            if inputs or not any(self.unanswered_inputs(question)):
                titles = _titles(inputs or [question])
                yield (
                    5,
                    said("forms.answer_not_computed", where, title=question.title, inputs=titles),
                )
        else:
            text = question.errors.get("required")
            key = questions.of(question.kind).unticked or "forms.answer_missing"
            yield 1, refusals.worded(key, where, text, title=question.title)

    def unanswered_inputs(self, question: Question) -> Iterator[Question]:
        if question.computed is None:
            return
        for name in sorted(question.computed.reads() - self.values.keys()):
            read = self.form.questions.get(name)
            if read is not None and holds(read.asked_when, self.values):
                yield read

    def unevaluated(self, path: _Path) -> Iterator[tuple[int, Problem]]:
        name, where = _name(path), pointer(path)
        question = self.form.questions.get(name)
        if question is None:
            key, params = or_nearest("forms.answer_unknown", str(path[-1]), self.form.questions)
            yield 1, Problem(key, params, where)
        elif not self.is_asked(question, path):
            yield 3, said("forms.answer_not_asked", where, title=question.title)

    def question(self, path: _Path) -> tuple[Question | None, _Path]:
        """Return the innermost question on a path, and the place of its answer."""
        found: Question | None = None
        place: _Path = ()
        for length in range(1, len(path) + 1):
            step = path[length - 1]
            question = self.form.questions.get(_name(path[:length]))
            if question is None or (isinstance(step, int) and not question.is_rows):
                break
            found, place = question, path[:length]
        return found, place

    def is_asked(self, question: Question, place: _Path) -> bool:
        """Tell whether the question is asked at this place; of a row, in that row."""
        values = self.values
        for length, step in enumerate(place):
            if isinstance(step, int):
                rows = self.form.questions[_name(place[:length])]
                row = _at(self.answers, place[: length + 1])
                values = in_row(rows, row_facts(rows, row), values)
        return holds(question.asked_when, values) is True


def _at(value: Json, path: _Path) -> Json:
    for step in path:
        value = value[step]
    return value


def _object(value: Json) -> Mapping[str, Json]:
    """Return an object as it is, and no object for anything else."""
    return value if isinstance(value, Mapping) else {}


def _absent(names: Json, value: Json) -> list[str]:
    return [name for name in names if name not in _object(value)]


def _name(path: _Path) -> str:
    return ".".join(step for step in path if isinstance(step, str) and not step.isdigit())


def _titles(questions: list[Question]) -> InLanguage:
    return lambda language: ", ".join(f"“{pick(q.title, language)}”" for q in questions)
