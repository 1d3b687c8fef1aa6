"""Moved answers judged by the newer version: what it accepts, asks and works out anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from satupintu.documents import Json
from satupintu.forms.answers import problems, with_computed, without_hidden
from satupintu.forms.closed import KEPT, Closed
from satupintu.forms.document import Form, Question
from satupintu.forms.migrating.fate import Fate, Migrated, Place, Reason, at, named, stands
from satupintu.forms.migrating.routes import first

_REASONS: Mapping[str, Reason] = {
    "enum": "option", "oneOf": "option", "const": "option", "anyOf": "option",
    "maximum": "too_much", "exclusiveMaximum": "too_much", "maxLength": "too_much",
    "maxItems": "too_much", "minimum": "too_little", "exclusiveMinimum": "too_little",
    "minLength": "too_little", "minItems": "too_little", "type": "type",
    "pattern": "spelling", "format": "spelling",
}  # fmt: skip
_NOTHING: Any = object()
_validators: dict[str, dict[str, Closed]] = {}
"""By form version and question; made where they are first needed."""


@dataclass(frozen=True)
class _Refused:
    value: Json
    reason: Reason


def judged(
    newer: Form, moved: dict[str, Json], fates: Iterable[Fate], *, keep_hidden: bool = False
) -> Migrated:
    """Return what the newer version makes of answers that stand where it has them.

    What it refuses by itself, and what it does not ask with these answers, is taken out and told;
    with ``keep_hidden`` only what it refuses.
    """
    while len(_validators) >= KEPT:
        _validators.pop(next(iter(_validators)), None)
    judge = _Judge(_validators.setdefault(newer.hash, {}))
    kept = judge.object(first(newer), moved, ())
    asked, _ = without_hidden(newer, kept)
    answers = with_computed(newer, kept) if keep_hidden else asked
    ending = _Ending(newer, kept, answers, judge.refused)
    told = tuple(one for fate in fates for one in ending.of(fate))
    return Migrated(answers, told, problems(newer, asked))


@dataclass
class _Judge:
    validators: dict[str, Closed]
    refused: dict[Place, _Refused] = field(default_factory=dict)

    def object(
        self, questions: Iterable[Question], value: Mapping[str, Json], above: Place
    ) -> dict[str, Json]:
        """Return one object of answers, or one row, without what its questions refuse."""
        found: dict[str, Json] = dict(value)
        for question in questions:
            if question.key not in found:
                continue
            place, held = (*above, question.key), found[question.key]
            if question.is_group and isinstance(held, Mapping):
                found[question.key] = self.object(question.children, held, place)
            elif question.is_rows and isinstance(held, list) and _all_rows(held):
                found[question.key] = [
                    self.object(question.children, row, (*place, n)) for n, row in enumerate(held)
                ]
            elif question.computed is None:
                left = self.accepted(question, held, place)
                if left is _NOTHING:
                    del found[question.key]
                else:
                    found[question.key] = left
        return found

    def accepted(self, question: Question, value: Json, place: Place) -> Json:
        """Return the answer as far as the question takes it; of a list, the options there are."""
        if isinstance(value, list) and question.options:
            offered = {option.const for option in question.options}
            gone = [one for one in value if not isinstance(one, str) or one not in offered]
            if gone:
                self.refused[place] = _Refused(gone, "option")
                value = [one for one in value if isinstance(one, str) and one in offered]
                if not value:  # an empty list would say that none of them is true
                    return _NOTHING
        error = next(self.validator(question).errors(value), None)
        if error is None:
            return value
        self.refused[place] = _Refused(value, _REASONS.get(str(error.validator), "other"))
        return _NOTHING

    def validator(self, question: Question) -> Closed:
        found = self.validators.get(question.name)
        if found is None:
            found = self.validators[question.name] = Closed(question.schema)
        return found


def _all_rows(value: list[Json]) -> bool:
    return all(isinstance(row, Mapping) for row in value)


@dataclass(frozen=True)
class _Ending:
    """Answers ``before`` and ``after`` what is not asked was left out, and what was refused."""

    newer: Form
    before: Mapping[str, Json]
    after: Mapping[str, Json]
    refused: Mapping[Place, _Refused]

    def of(self, fate: Fate) -> Iterator[Fate]:
        """Yield where an answer stands, and each part of it that was lost."""
        if fate.lost:
            yield fate
            return
        there = []
        for place in fate.to:
            lost = list(self.lost(fate, place))
            yield from lost
            if stands(self.after, place) and not any(one.how == "computed" for one in lost):
                there.append(place)
        if there:
            yield replace(fate, to=tuple(there), asks=named(there[0]))

    def lost(self, fate: Fate, place: Place) -> Iterator[Fate]:
        question = self.newer.questions[named(place)]
        base = replace(fate, to=(), asks=question.name)
        stood, still = stands(self.before, place), stands(self.after, place)
        refused = self.refused.get(place)
        if refused is not None:
            value = refused.value if stood or len(fate.to) > 1 else fate.value
            yield replace(base, how="unfit", reason=refused.reason, value=value)
        if question.computed is not None:
            if not still or at(self.after, place) != fate.value:
                yield replace(base, how="computed")
        elif stood:
            held = at(self.before, place)
            trimmed = not question.is_rows and still and at(self.after, place) != held
            if not still or trimmed:
                yield replace(base, how="hidden", value=held if len(fate.to) > 1 else fate.value)
