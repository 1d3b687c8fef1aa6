"""Answers carried over from one form to another, so that a story is told once.

From a public report to an assessment: the same key of the same kind, or the one question on each
side with the same role. Names, identity and consent are never carried, as each is asked anew of the
person, and a file belongs to the submission it was sent with.
"""

from __future__ import annotations

from collections.abc import Iterator

from satupintu.documents import Json, content_hash
from satupintu.forms import questions
from satupintu.forms.answers import put, with_computed, without_hidden
from satupintu.forms.closed import validator_for
from satupintu.forms.document import Form, Question, Role
from satupintu.forms.facts import Answers, at, known, visible

BY_ROLE: tuple[Role, ...] = ("age", "sex", "place", "kind", "safe_contact")
NEVER: frozenset[Role] = frozenset({"name", "identity", "consent_service", "consent_sharing"})


def carried(source: Form, answers: Answers, target: Form) -> dict[str, Json]:
    """Return the answers that a draft of ``target`` may start with: what it accepts and asks."""
    told = visible(source, known(source, answers))
    found: dict[str, Json] = {}
    for question in _askable(target):
        for origin in _origins(source, question, target):
            if origin.name in told and at(found, question.name) is None:
                value = _accepted(question, at(answers, origin.name))
                if value is not None:
                    found = put(found, question.name, value)
    return without_hidden(target, with_computed(target, found))[0]


def _askable(form: Form) -> Iterator[Question]:
    for question in form.outside_rows:
        kept_apart = questions.of(question.kind).files is not None
        leaf = not question.is_group and not kept_apart and question.computed is None
        if leaf and not question.roles & NEVER:
            yield question


def _origins(source: Form, question: Question, target: Form) -> Iterator[Question]:
    """Yield the questions of the source whose answer may serve, the best first."""
    candidates = {q.name: q for q in _askable(source)}
    same = candidates.get(question.name)
    if same is not None and type(same.fact_type) is type(question.fact_type):
        yield same
    for role in BY_ROLE:
        there = [q for q in candidates.values() if role in q.roles]
        if role in question.roles and len(there) == len(target.with_role(role)) == 1:
            yield there[0]


def _accepted(question: Question, value: Json) -> Json:
    """Return the value as far as the question accepts it, None where it does not.

    Of a list of choices the options that exist here are kept.
    """
    if isinstance(value, list) and question.options:
        options = {option.const for option in question.options}
        value = [item for item in value if isinstance(item, str) and item in options]
        if not value:
            return None
    validator = validator_for(question.schema, content_hash(dict(question.schema)))
    return value if validator.accepts(value) else None
