"""One solver over the cases of a form and a rule set: asks for a case, bounded in time."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import z3

from satupintu.conditions.values import Facts
from satupintu.forms.document import Form
from satupintu.rules.document import RuleSet
from satupintu.rules.readings.prove.logic import Formula, Logic
from satupintu.rules.readings.prove.outcomes import Outcomes
from satupintu.rules.readings.prove.universe import Case, Universe
from satupintu.rules.readings.prove.variables import Variable


class OutOfTime(Exception):
    """The solver did not come to an end in the time it was given; nothing is known."""


@dataclass(frozen=True)
class Found:
    """A case that was asked for: everything it answers, free text as True."""

    values: Facts
    model: z3.ModelRef


@dataclass(frozen=True)
class Second:
    """Another case beside the first, with what the rule set decides about it."""

    case: Case
    outcomes: Outcomes

    @property
    def true(self) -> tuple[Formula, ...]:
        """Return what makes it a case of the same form and rule set."""
        return (*self.case.accepted, *self.outcomes.true)


class Prover:
    """The universe of one form under one rule set. Not for several threads at once.

    ``seconds`` is the time for everything that is asked of it; what it asks in vain raises
    OutOfTime. Raises BadDocument where the form says what no condition can say.
    """

    def __init__(self, ruleset: RuleSet, form: Form, seconds: float) -> None:
        self.ruleset = ruleset
        self.form = form
        self.logic = Logic()
        self._ends = time.monotonic() + seconds
        self._universe = Universe(self.logic, form)
        self.case = self._universe.case()
        self.outcomes = Outcomes(self.logic, ruleset, self.case)
        self._solver = self.logic.solver()
        self._solver.add(*self.case.accepted, *self.outcomes.true)

    @cached_property
    def accepts_anything(self) -> bool:
        """Tell whether there is any case at all."""
        return self.find() is not None

    def find(self, *wanted: Formula) -> Found | None:
        """Return a case of which all this is true, None where there is none. Raises OutOfTime."""
        left = self._ends - time.monotonic()
        if left <= 0:
            raise OutOfTime
        self._solver.push()
        try:
            self._solver.add(*wanted)
            self._solver.set("timeout", max(1, int(left * 1000)))
            result = self._solver.check()
            if result == z3.unknown:
                raise OutOfTime
            if result == z3.unsat:
                return None
            model = self._solver.model()
            return Found(self.case.values(self.form, model), model)
        finally:
            self._solver.pop()

    def assume(self, *true: Formula) -> None:
        """Ask only about cases of which all this is true, until ``forget``."""
        self._solver.push()
        self._solver.add(*true)

    def forget(self) -> None:
        """Take back the last ``assume``."""
        self._solver.pop()

    def second(self, same: Mapping[str, Variable]) -> Second:
        """Return another case that shares the answers that ``same`` names."""
        case = self._universe.case(same)
        return Second(case, Outcomes(self.logic, self.ruleset, case))

    def interrupt(self) -> None:
        """Make whoever waits for an answer, in another thread, get OutOfTime."""
        self._ends = 0.0
        self.logic.context.interrupt()
