"""What a form asks of a person who gave these answers, and what its answers come to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate

from satupintu.conditions import computed
from satupintu.conditions.meaning import holds
from satupintu.conditions.values import Facts, FactValue, write_facts
from satupintu.documents import Json, pointer
from satupintu.errors import Problem
from satupintu.forms import complaints, questions, weight
from satupintu.forms.asking import is_answered
from satupintu.forms.closed import TooMuchWork, validator_for
from satupintu.forms.document import Form, Page, Question, in_order
from satupintu.forms.facts import Answers, at, in_row, known, row_facts, visible


def asked(form: Form, answers: Answers) -> tuple[Question, ...]:
    """Return the questions that are asked now, in page order, groups before their children.

    Questions of a repeated group are asked row by row: see ``asked_in_row``.
    """
    values = known(form, with_computed(form, answers))
    return tuple(
        q
        for q in form.outside_rows
        if holds(q.asked_when, values) and not _has_lapsed(form, q, answers)
    )


def asked_in_row(form: Form, rows: Question, row: Json, answers: Answers) -> tuple[Question, ...]:
    """Return the questions that are asked in one row of a repeated group that stands in no other;
    those of a list inside the row are asked in its own rows.
    """
    here = in_row(rows, row_facts(rows, row), known(form, with_computed(form, answers)))
    return tuple(
        q
        for q in _once_below(rows)
        if holds(q.asked_when, here)
        and not (q.lapsed and not is_answered(at(row, q.name.removeprefix(f"{rows.name}."))))
    )


def pages_to_ask(form: Form, answers: Answers) -> tuple[Page, ...]:
    """Return the pages on which something is asked now; a computed answer asks nothing."""
    drawn = (q for q in asked(form, answers) if q.computed is None)
    names = {q.name for q in drawn if questions.of(q.kind).on_page}
    return tuple(page for page in form.pages if names.intersection(page.questions))


def with_computed(form: Form, answers: Answers) -> dict[str, Json]:
    """Return the answers with every computed answer computed anew; posted ones are dropped.

    Only what is asked counts. A computed answer whose inputs are unknown is unanswered.
    """
    found = _without(answers, [q.name for q in form.computed])
    for question in form.computed:
        values = known(form, found)
        value = _computed(question, visible(form, values), values)
        if value is not None and _belongs(form, question, found):
            found = put(found, question.name, _written(value))
    for rows in form.computing_rows:
        listed = at(found, rows.name)
        if isinstance(listed, list):
            around = visible(form, known(form, found))
            found = put(found, rows.name, _computed_rows(rows, listed, around))
    return found


@dataclass(frozen=True)
class Parted:
    """Answers as they may be sent: to what is asked, and what becomes of the others.

    ``dropped`` names the questions whose answers go, ``kept`` holds by JSON pointer those that ask
    to be kept, ``kept_names`` their questions.
    """

    answers: dict[str, Json]
    dropped: tuple[str, ...]
    kept: Mapping[str, Json]
    kept_names: tuple[str, ...]


def parted(form: Form, answers: Answers) -> Parted:
    """Return the answers to what is asked, computed anew, apart from those to what is not.

    Leaving one out may hide another question, so this goes on until nothing changes. Keys that
    are no question stay: they are a problem to show, not one to hide.
    """
    dropped: list[str] = []
    kept: dict[str, Json] = {}
    kept_names: list[str] = []
    while True:
        answers = with_computed(form, answers)
        hidden = list(_hidden(form, answers))
        if not hidden:
            return Parted(
                _still_asked(_first(form), answers),
                tuple(dict.fromkeys(dropped)),
                kept,
                tuple(dict.fromkeys(kept_names)),
            )
        for path, name in hidden:
            for question, place, value in _apart(form.questions[name], path, _at(answers, path)):
                if question.keep_hidden:
                    kept[pointer(place)] = value
                    kept_names.append(question.name)
                else:
                    dropped.append(question.name)
            answers = _dropped(answers, path)


def with_kept(answers: Answers, kept: Mapping[str, Json]) -> dict[str, Json]:
    """Return answers with those that were kept beside them back in their places, as a draft holds
    them; what stood in a row that is gone stays away.
    """
    found: dict[str, Json] = dict(answers)
    for where, value in kept.items():
        found = _with(found, _path(where), value)
    return found


def kept_name(where: str) -> str:
    """Return the question of a kept answer: ``anak.usia`` for ``/anak/0/usia``."""
    return ".".join(step for step in _path(where) if isinstance(step, str))


def without_hidden(form: Form, answers: Answers) -> tuple[dict[str, Json], tuple[str, ...]]:
    """Return the answers to what is asked, computed anew, and the names of those left out, kept
    ones too; see ``parted``.
    """
    found = parted(form, answers)
    return found.answers, (*found.dropped, *found.kept_names)


def problems(form: Form, answers: Json) -> tuple[Problem, ...]:
    """Return what the form's JSON Schema refuses, as one sentence at one visible question each.

    Empty exactly where the answers are valid (and weigh no more than ``weight`` allows).
    """
    too_much = weight.problems(form, answers)
    if too_much:
        return too_much
    validator = validator_for(form.schema, form.hash)
    try:
        if validator.accepts(answers):
            return ()
        return complaints.problems(form, answers, validator.errors(answers))
    except TooMuchWork:
        return (Problem("forms.answers_too_heavy"),)


def _has_lapsed(form: Form, question: Question, answers: Answers) -> bool:
    """Tell whether a question, or a group around it, is deprecated and has no answer."""
    names = accumulate(question.name.split("."), "{}.{}".format)
    return any(form.questions[n].lapsed and not is_answered(at(answers, n)) for n in names)


def _all_below(question: Question) -> Iterator[Question]:
    for child in question.children:
        yield child
        yield from _all_below(child)


def _once_below(question: Question) -> Iterator[Question]:
    """Yield the questions of a group or of one row, but not those of a list inside the row."""
    for child in question.children:
        yield child
        if not child.is_rows:
            yield from _once_below(child)


def _computed(question: Question, readable: Facts, values: Facts) -> FactValue | None:
    if question.computed is None or not holds(question.asked_when, values):
        return None
    return computed.value(question.computed, readable)


def _belongs(form: Form, question: Question, answers: Answers) -> bool:
    """Tell whether a worked-out answer goes with the others: a constant makes no group of its own,
    unless the group must be there.
    """
    above = form.questions.get(question.name.rpartition(".")[0])
    if above is None or question.computed is None or question.computed.reads():
        return True
    return at(answers, above.name) is not None or above.required_when is not None


def _written(value: FactValue) -> Json:
    return write_facts({"value": value})["value"]


def _computed_rows(rows: Question, listed: list[Json], outside: Facts) -> list[Json]:
    """Return rows with what is computed in each, and then in the rows of the lists inside them."""
    below = len(f"{rows.name}.")
    questions = [*in_order(q for q in _once_below(rows) if q.computed is not None)]
    fields = [q.name[below:] for q in questions]
    inside = [q for q in _once_below(rows) if q.is_rows and q.computes]
    done: list[Json] = []
    for row in listed:
        if isinstance(row, dict):
            row = _without(row, fields)
            for question in questions:
                here = in_row(rows, row_facts(rows, row), outside)
                value = _computed(question, here, here)
                if value is not None:
                    row = put(row, question.name[below:], _written(value))
            for inner in inside:
                held = at(row, inner.name[below:])
                if isinstance(held, list):
                    here = in_row(rows, row_facts(rows, row), outside)
                    row = put(row, inner.name[below:], _computed_rows(inner, held, here))
        done.append(row)
    return done


_Path = tuple[str | int, ...]


def _hidden(form: Form, answers: Answers) -> Iterator[tuple[_Path, str]]:
    """Yield where answers stand that are not asked, the outermost only."""
    yield from _hidden_among(form.outside_rows, answers, known(form, answers), 0)


def _hidden_among(
    among: Iterable[Question], answers: Json, values: Facts, above: int
) -> Iterator[tuple[_Path, str]]:
    """Yield those of one object of answers, or of one row; ``above`` is the length of its name."""
    dropped: list[str] = []
    for question in among:
        path = tuple(question.name[above:].split("."))
        if not _stands(answers, path) or question.name.startswith(tuple(dropped)):
            continue
        if not holds(question.asked_when, values):
            dropped.append(f"{question.name}.")
            yield path, question.name
        elif question.is_rows:
            listed, below = at(answers, question.name[above:]), len(f"{question.name}.")
            for index, row in enumerate(listed if isinstance(listed, list) else ()):
                here = in_row(question, row_facts(question, row), values)
                for place, name in _hidden_among(_once_below(question), row, here, below):
                    yield (*path, index, *place), name


def _apart(question: Question, path: _Path, value: Json) -> Iterator[tuple[Question, _Path, Json]]:
    """Yield a hidden answer whole, or in parts where only some of them ask to be kept."""
    inside = [*_all_below(question)]
    if question.keep_hidden or not any(child.keep_hidden for child in inside):
        yield question, path, value
    elif isinstance(value, list):
        for index, row in enumerate(value):
            yield from _children_apart(question, (*path, index), row)
    else:
        yield from _children_apart(question, path, value)


def _children_apart(
    group: Question, path: _Path, value: Json
) -> Iterator[tuple[Question, _Path, Json]]:
    for child in group.children:
        if _stands(value, (child.key,)):
            yield from _apart(child, (*path, child.key), value[child.key])


def _path(where: str) -> _Path:
    """Return the path of a JSON pointer of ours; keys of forms never begin with a digit."""
    return tuple(int(part) if part.isdigit() else part for part in where.split("/")[1:])


def _with(value: Json, path: _Path, kept: Json) -> Json:
    if not path:
        return kept
    step, *rest = path
    if isinstance(step, int):
        rows = value if isinstance(value, list) else []
        return [_with(v, tuple(rest), kept) if i == step else v for i, v in enumerate(rows)]
    inside = value if isinstance(value, Mapping) else {}
    if rest and isinstance(rest[0], int) and step not in inside:
        return inside
    return {**inside, step: _with(inside.get(step), tuple(rest), kept)}


def _at(value: Json, path: _Path) -> Json:
    for step in path:
        value = value[step]
    return value


def _first(form: Form) -> tuple[Question, ...]:
    return tuple(q for q in form.questions.values() if "." not in q.name)


def _still_asked(among: tuple[Question, ...], answers: Answers) -> dict[str, Json]:
    """Return the answers where each holds only what it asks by itself, rows and groups included."""
    found: dict[str, Json] = dict(answers)
    for question in among:
        value, still = found.get(question.key), questions.of(question.kind).still_asked
        if value is None:
            continue
        if still is not None:
            found[question.key] = still(question, value)
        elif question.children and isinstance(value, Mapping):
            found[question.key] = _still_asked(question.children, value)
        elif question.children and isinstance(value, list):
            rows = (r if not isinstance(r, Mapping) else _still_asked(question.children, r)
                    for r in value)  # fmt: skip
            found[question.key] = list(rows)
    return found


def _stands(value: Json, path: tuple[str, ...]) -> bool:
    """Tell whether anything stands at a path, ``null`` included."""
    for key in path:
        if not isinstance(value, Mapping) or key not in value:
            return False
        value = value[key]
    return True


def put(answers: Mapping[str, Json], name: str, value: Json) -> dict[str, Json]:
    """Return the answers with one more under a dotted name; nothing shared is changed."""
    key, _, rest = name.partition(".")
    inner = answers.get(key)
    below = put(inner if isinstance(inner, Mapping) else {}, rest, value) if rest else value
    return {**answers, key: below}


def _without(answers: Mapping[str, Json], names: list[str]) -> dict[str, Json]:
    found: dict[str, Json] = dict(answers)
    for name in names:
        found = _dropped(found, tuple(name.split(".")))
    return found


def _dropped(value: Json, path: _Path) -> Json:
    """Return the answers without what stands at a path; a group that this empties goes with it."""
    key, *rest = path
    if isinstance(value, list) and isinstance(key, int):
        return [_dropped(v, tuple(rest)) if i == key else v for i, v in enumerate(value)]
    if not isinstance(value, Mapping) or key not in value:
        return value
    left = {k: v for k, v in value.items() if k != key}
    if not rest:
        return left
    below = _dropped(value[key], tuple(rest))
    return left if below == {} else {**value, key: below}
