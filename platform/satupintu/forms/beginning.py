"""What a new draft begins with: the ``default`` of each question that nobody has seen yet.

A default is drawn into its controls and becomes an answer when its page is sent or saved: so nobody
answers what they never saw, and what a person cleared stays cleared.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from satupintu.documents import Json
from satupintu.forms.answers import put, with_computed
from satupintu.forms.asking import standing
from satupintu.forms.document import Form, Question, name_of
from satupintu.forms.facts import Answers, at
from satupintu.forms.questions.kinds import ACT, Texts

ROUNDS = 16
"""How often a default may make a page ask what has a default too."""


def begun(
    form: Form, here: Iterable[Question], answers: Answers, met: Collection[str]
) -> Mapping[str, Json]:
    """Return answers with the defaults of the questions ``here`` that are asked and unanswered.

    ``met`` names those that stood on a page that was saved: an empty one was left empty.
    """
    among = tuple(here)
    given = [(name, value) for name, value in _given(among) if name not in met]
    found = answers
    for _ in range(ROUNDS if given else 0):
        asked = standing(form, among, with_computed(form, found)).asked
        new = [(n, v) for n, v in given if n in asked and at(found, n) is None]
        if not new:
            break
        for name, value in new:
            found = put(found, name, value)
    return found


def with_default(here: Iterable[Question]) -> frozenset[str]:
    """Return the names of the questions that a draft may begin with an answer to."""
    return frozenset(name for name, _ in _given(here))


def added(form: Form, posted: Texts, answers: Answers) -> str | None:
    """Return the control name of the repeated group whose button added a row to the answers, None
    where none did.
    """
    _, _, act = (posted.getlist(ACT) or [""])[-1].partition("rows:")
    control = act.removesuffix(":add")
    rows = form.questions.get(name_of(control)) if act.endswith(":add") else None
    if rows is None or not rows.is_rows:
        return None
    drawn = {number for number in posted.getlist(control) if number.isdigit()}
    return control if len(_listed(answers, control)) > len(drawn) else None


def with_new_row(form: Form, answers: Answers, control: str) -> dict[str, Json]:
    """Return answers where the last row of a repeated group, just added, begins with defaults."""
    found: dict[str, Json] = dict(answers)
    rows, top = form.questions[name_of(control)], form.questions[control.partition(".")[0]]
    given = list(_given(rows.children))
    for _ in range(ROUNDS if given and _listed(found, control) else 0):
        listed = _listed(found, control)
        row, before = listed[-1], f"{control}.{len(listed) - 1}."
        asked = standing(form, (top,), with_computed(form, found)).asked
        new = [(n, v) for n, v in given if before + n in asked and not at(row, n)]
        if all(at(row, name) == value for name, value in new):
            break
        for name, value in new:
            row = put(row, name, value)
        found = _with_rows(found, control.split("."), [*listed[:-1], row])
    return with_computed(form, found)


def _listed(answers: Json, control: str) -> list[Json]:
    for step in control.split("."):
        if isinstance(answers, list) and step.isdigit() and int(step) < len(answers):
            answers = answers[int(step)]
        else:
            answers = answers.get(step) if isinstance(answers, Mapping) else None
    return answers if isinstance(answers, list) else []


def _with_rows(value: Json, path: list[str], rows: list[Json]) -> Json:
    if not path:
        return rows
    step, *rest = path
    if isinstance(value, list):
        return [_with_rows(v, rest, rows) if str(n) == step else v for n, v in enumerate(value)]
    return {**value, step: _with_rows(value[step], rest, rows)}


def _given(here: Iterable[Question]) -> Iterator[tuple[str, Json]]:
    for question in here:
        yield from _defaults(question, None, "")


def _defaults(question: Question, given: Json, before: str) -> Iterator[tuple[str, Json]]:
    """Yield the defaults of a question and of those in it, by name; an outer one goes first.

    A group that may be left is not begun where it would then ask for more.
    """
    name = before + question.key
    value = question.default if given is None else given
    if not question.is_group:
        if value is None and question.is_rows:
            value = _fixed_rows(question)
        if value is not None:
            yield name, value
        return
    inside = value if isinstance(value, Mapping) else {}
    found = [one for c in question.children for one in _defaults(c, inside.get(c.key), f"{name}.")]
    given_names = {one for one, _ in found}
    lacks = any(c.required_when and f"{name}.{c.key}" not in given_names for c in question.children)
    if question.required_when is not None or not lacks:
        yield from found


def _fixed_rows(rows: Question) -> Json:
    """Return the rows that are always there, where their questions have defaults."""
    most = rows.schema.get("maxItems", 0)
    row: dict[str, Json] = {}
    for child in rows.children:
        for name, value in _defaults(child, None, ""):
            row = put(row, name, value)
    return [row] * most if row and most == rows.schema.get("minItems") else None
