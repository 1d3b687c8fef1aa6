"""A draft's answers carried over from one version of its form to another.

The one place that decides which answer of an older version is the answer to which question of a
newer one: by ``x-id``, which stays the same through renames and moves, and by ``migrating`` where
the newer version has steps. Everything the newer version has no place for comes back with the
reason, so that a person sees it before it is gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from satupintu.documents import Json, content_hash
from satupintu.forms.answers import put, with_computed
from satupintu.forms.closed import validator_for
from satupintu.forms.document import Form, Question
from satupintu.forms.facts import Answers, at
from satupintu.forms.migrating import Fate, Migrated, migrate
from satupintu.forms.migrating.document import from_version
from satupintu.forms.migrating.fate import named

Why = Literal["removed", "computed", "no_option", "refused", "typed"]
"""``removed``: nothing asks it any more; ``computed``: it is worked out now; ``no_option``: a
choice that is no longer offered; ``refused``: the newer question accepts no such answer; ``typed``:
a text that could not be read yet and whose question changed.
"""


@dataclass(frozen=True)
class Left:
    """An answer, or a part of one, that does not carry over: its older question, and why."""

    question: Question
    value: Json
    why: Why


@dataclass(frozen=True)
class CarriedOver:
    """What became of the answers.

    ``carried`` are the newer questions that got one, a repeated group as one, ``left`` what did not
    fit, ``new`` the questions that the older version did not have. ``names`` says by its old name
    how a question is called now, rows' fields as ``rows.field``.
    """

    answers: dict[str, Json]
    carried: tuple[Question, ...]
    left: tuple[Left, ...]
    new: tuple[Question, ...]
    names: Mapping[str, str]


def carry(old: Form, new: Form, answers: Answers) -> CarriedOver:
    """Return the answers of a draft of ``old`` as a draft of ``new`` has them.

    Answers that are hidden now come along, as a draft keeps them; computed ones are worked out
    anew. An answer that already broke the older question in the same way stays as it was given: its
    page says what to do about it. Where the newer version says in steps what becomes of the older
    one's answers, that holds instead.
    """
    migration = from_version(new, old.hash)
    if migration is not None and migration.steps:
        return _by_steps(old, new, migrate(old, new, answers, keep_hidden=True))
    moving = _Moving()
    before = [q for q in old.questions.values() if "." not in q.name]
    after = [q for q in new.questions.values() if "." not in q.name]
    found = moving.of(before, after, answers, "", "")
    theirs = {q.x_id for q in old.questions.values()}
    return CarriedOver(
        answers=with_computed(new, found),
        carried=tuple(moving.carried),
        left=tuple(moving.left),
        new=tuple(
            q
            for q in new.questions.values()
            if q.x_id not in theirs and not q.is_group and q.computed is None
        ),
        names=_names(old, new),
    )


def _by_steps(old: Form, new: Form, came: Migrated) -> CarriedOver:
    told = [fate for fate in came.fates if fate.question in old.questions]
    kept = [fate for fate in told if not fate.lost]
    places = [p for fate in kept for p in fate.to if not any(isinstance(s, int) for s in p)]
    carried = dict.fromkeys(named(place) for place in places)
    theirs = {q.x_id for q in old.questions.values()}
    return CarriedOver(
        answers=came.answers,
        carried=tuple(new.questions[name] for name in carried),
        left=tuple(Left(old.questions[f.question], f.value, _why(f)) for f in told if f.lost),
        new=tuple(
            q
            for q in new.questions.values()
            if q.x_id not in theirs
            and q.name not in carried
            and not q.is_group
            and q.computed is None
        ),
        names={**_names(old, new), **{fate.question: fate.asks for fate in kept}},
    )


def _why(fate: Fate) -> Why:
    match fate.how:
        case "computed":
            return "computed"
        case "unfit":
            return "no_option" if fate.reason == "option" else "refused"
        case _:
            return "removed"


@dataclass
class _Moving:
    carried: list[Question] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)

    def of(
        self,
        before: Iterable[Question],
        after: Iterable[Question],
        answers: Json,
        above: str,
        above_now: str,
    ) -> dict[str, Json]:
        """Return what one object of answers, or one row, comes to; ``above`` is its rows' name."""
        there = {q.x_id: q for q in _leaves(after)}
        found: dict[str, Json] = {}
        for question in _leaves(before):
            value = at(answers, question.name.removeprefix(above))
            if value is None or question.computed is not None:
                continue
            target = there.get(question.x_id)
            if target is None or target.computed is not None:
                why: Why = "removed" if target is None else "computed"
                self.left.append(Left(question, value, why))
                continue
            value = self.fitting(question, target, value)
            if value is not None:
                if not above:
                    self.carried.append(target)
                found = put(found, target.name.removeprefix(above_now), value)
        return found

    def fitting(self, question: Question, target: Question, value: Json) -> Json:
        """Return the answer as far as the newer question takes it, None where not at all."""
        if question.is_rows and target.is_rows and isinstance(value, list):
            inside = (question.children, target.children)
            names = (f"{question.name}.", f"{target.name}.")
            return [self.of(*inside, row, *names) for row in value]
        if target.options and isinstance(value, list):
            offered = {option.const for option in target.options}
            gone = [one for one in value if one not in offered]
            if gone:
                self.left.append(Left(question, gone, "no_option"))
                value = [one for one in value if one in offered]
                if not value:
                    return None
        if _accepts(target, value) or (
            question.kind == target.kind and not target.options and not _accepts(question, value)
        ):
            return value
        offered_no_more = target.options and isinstance(value, str)
        self.left.append(Left(question, value, "no_option" if offered_no_more else "refused"))
        return None


def _leaves(questions: Iterable[Question]) -> Iterator[Question]:
    """Yield what is answered: a group's questions instead of it, a repeated group as one."""
    for question in questions:
        if question.is_group:
            yield from _leaves(question.children)
        else:
            yield question


def _accepts(question: Question, value: Json) -> bool:
    schema = dict(question.schema)
    return validator_for(schema, content_hash(schema)).accepts(value)


def _names(old: Form, new: Form) -> dict[str, str]:
    now = {q.x_id: q.name for q in new.questions.values()}
    return {q.name: now[q.x_id] for q in old.questions.values() if q.x_id in now}
