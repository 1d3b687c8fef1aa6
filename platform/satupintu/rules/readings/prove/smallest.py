"""The smallest counterexample: fewest answers that differ from a plain case.

The plain case is the dullest that the form accepts: as few rules fire as can be, taken in their
order; then as little is answered as can be, and that with the first option, "no" or the smallest
number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import z3

from satupintu.rules.readings.prove.calendar import DAY
from satupintu.rules.readings.prove.logic import Formula, Logic
from satupintu.rules.readings.prove.prover import Found, Prover
from satupintu.rules.readings.prove.variables import (
    EPOCH,
    Instant,
    Listed,
    OneChoice,
    Several,
    Variable,
    Whole,
    YesNo,
    seconds,
)

PLAIN_MOMENT = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
"""A Monday morning; any moment would do."""


@dataclass(frozen=True)
class Small:
    """A case, and the questions that it answers unlike the plain one."""

    found: Found
    unlike: tuple[str, ...]


class Smallest:
    """Finds small counterexamples over one prover; the plain case is worked out once."""

    def __init__(self, prover: Prover) -> None:
        self._prover = prover
        self._alike: dict[str, Formula] | None = None
        self._model: z3.ModelRef | None = None

    def find(self, *wanted: Formula) -> Small | None:
        """Return the case with the fewest answers unlike the plain one. Raises OutOfTime."""
        found = self._prover.find(*wanted)
        return None if found is None else self.smaller(found, *wanted)

    def smaller(self, found: Found, *wanted: Formula) -> Small:
        """Return the case with the fewest answers unlike the plain one, given some case."""
        alike = self._alike if self._alike is not None else self._plain()
        self._alike = alike
        self._prover.assume(*wanted)
        try:
            return self._fewest(found, alike)
        finally:
            self._prover.forget()

    def _fewest(self, found: Found, alike: Mapping[str, Formula]) -> Small:
        unlike = [self._prover.logic.no(one) for one in alike.values()]
        while True:
            count = sum(_holds(found.model, one) for one in unlike)
            better = self._prover.find(z3.AtMost(*unlike, count - 1)) if count else None
            if better is None:
                break
            found = better
        same = {name: one for name, one in alike.items() if _holds(found.model, one)}
        found = self._prover.find(*same.values(), *self._on_utc()) or found
        return Small(found, tuple(name for name in alike if name not in same))

    def _on_utc(self) -> Iterator[Formula]:
        """Yield that every moment is told on UTC's clock, where nothing needs another."""
        for held in self._prover.case.answers.values():
            if isinstance(held, Instant):
                start = (held.day - EPOCH.toordinal()) * DAY
                yield self._prover.logic.every((start <= held.value, held.value < start + DAY))

    def _plain(self) -> dict[str, Formula]:
        """Return, for each answer that a person gives, that it is the plain case's."""
        prover, logic = self._prover, self._prover.logic
        depth = 0
        try:
            for wish in self._wishes():
                depth += self._granted(wish)
            answers = [
                (name, held)
                for name, held in prover.case.answers.items()
                if prover.form.questions[name].computed is None
            ]
            for _, held in answers:
                depth += self._settled(held)
            found = prover.find()
            assert found is not None  # noqa: S101  every wish that was granted left a case
            return {name: _as_in(logic, held, found.model) for name, held in answers}
        finally:
            for _ in range(depth):
                prover.forget()

    def _wishes(self) -> Iterator[Formula]:
        for fires in self._prover.outcomes.fires.values():
            yield self._prover.logic.no(fires)

    def _granted(self, wish: Formula) -> int:
        """Assume a wish if some case grants it; return how many assumptions that made.

        Often the case at hand grants it already, and nobody needs to be asked.
        """
        if self._model is None or not _holds(self._model, wish):
            found = self._prover.find(wish)
            if found is None:
                return 0
            self._model = found.model
        self._prover.assume(wish)
        return 1

    def _settled(self, held: Variable) -> int:
        logic = self._prover.logic
        if self._granted(logic.no(held.answered)):
            return 1
        for wish in _dull(logic, held):
            if self._granted(wish):
                return 1
        if isinstance(held, Whole | Instant):
            return self._least(held.value)
        return 0

    def _least(self, value: z3.ArithRef) -> int:
        """Settle a number on the smallest that is left to it: halve what may still be below."""
        assert self._model is not None  # noqa: S101  that it is answered was asked before
        high, step = _worth(self._model, value), 1
        while (lower := self._prover.find(value <= high - step)) is not None:
            high, step, self._model = _worth(lower.model, value), step * 2, lower.model
        while step > 1:
            step //= 2
            if (lower := self._prover.find(value <= high - step)) is not None:
                high, self._model = _worth(lower.model, value), lower.model
        return self._granted(value == high)


def _dull(logic: Logic, held: Variable) -> Iterator[Formula]:
    """Yield the plainest answers, the plainest first."""
    match held:
        case YesNo(_, yes):
            yield logic.no(yes)
        case OneChoice(_, options):
            yield from options.values()
        case Several(_, options):
            yield logic.no(logic.some(options.values()))
            for option in options.values():
                others = (logic.no(o) for o in options.values() if not o.eq(option))
                yield logic.every((option, *others))
        case Instant(_, value, day):
            same_day = day == PLAIN_MOMENT.toordinal()
            yield logic.every((value == seconds(PLAIN_MOMENT), same_day))
        case Listed(_, rows):
            for row in rows[:1]:
                yield logic.no(row.there)
        case _:
            return


def _as_in(logic: Logic, held: Variable, model: z3.ModelRef) -> Formula:
    """Return that an answer is what a model says, all of it."""
    return logic.every(part == model.eval(part, model_completion=True) for part in _parts(held))


def _parts(held: Variable) -> Iterator[z3.ExprRef]:
    yield held.answered
    match held:
        case YesNo(_, yes):
            yield yes
        case Whole(_, value) | Instant(_, value, _):
            yield value
        case OneChoice(_, options) | Several(_, options):
            yield from options.values()
        case Listed(_, rows):
            for row in rows:
                yield row.there
                for field in row.fields.values():
                    yield from _parts(field)
        case _:
            return


def _holds(model: z3.ModelRef, formula: Formula) -> bool:
    return bool(z3.is_true(model.eval(formula, model_completion=True)))


def _worth(model: z3.ModelRef, value: z3.ArithRef) -> int:
    return int(model.eval(value, model_completion=True).as_long())
