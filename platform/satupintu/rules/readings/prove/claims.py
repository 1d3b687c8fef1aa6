"""What would break a guarantee, as formulas over one case, or two that differ in one fact."""

from __future__ import annotations

from dataclasses import dataclass

from satupintu.conditions.values import Facts
from satupintu.documents import pointer
from satupintu.errors import BadDocument, Problem
from satupintu.rules.document import Guarantee, Monotone
from satupintu.rules.readings.prove.logic import Formula
from satupintu.rules.readings.prove.outcomes import Outcomes
from satupintu.rules.readings.prove.prover import Found, Prover, Second
from satupintu.rules.readings.prove.variables import OneChoice, Variable, Whole, YesNo


@dataclass(frozen=True)
class Claim:
    """Where a guarantee applies (``given``) and where it is broken besides.

    ``second`` is the case after the change, of a ``monotone``.
    """

    given: tuple[Formula, ...]
    broken: Formula
    second: Second | None = None

    def after(self, prover: Prover, found: Found) -> Facts | None:
        """Return the case after the change that breaks a ``monotone``."""
        if self.second is None:
            return None
        return self.second.case.values(prover.form, found.model)


def claim(prover: Prover, guarantee: Guarantee) -> Claim:
    """Return what a guarantee claims. Raises BadDocument for a change of what nobody answers."""
    logic, outcomes = prover.logic, prover.outcomes
    given = outcomes.meaning.of(guarantee.given).yes
    if guarantee.monotone is not None:
        return _monotone(prover, guarantee, guarantee.monotone, given)
    if guarantee.always:
        kept = logic.some(outcomes.kept(promise) for promise in guarantee.always)
        return Claim((given,), logic.no(kept))
    return Claim((given,), logic.some(outcomes.kept(promise) for promise in guarantee.never))


def _monotone(prover: Prover, guarantee: Guarantee, change: Monotone, given: Formula) -> Claim:
    answers = prover.case.answers
    if change.fact not in answers or prover.form.questions[change.fact].computed is not None:
        place = [g.id for g in prover.ruleset.guarantees].index(guarantee.id)
        where = pointer(("guarantees", place, "monotone", "fact"))
        raise BadDocument(Problem("prove.not_an_answer", {"fact": change.fact}, where))
    second = prover.second({n: held for n, held in answers.items() if n != change.fact})
    pair = (
        given,
        *second.true,
        _is(prover, answers[change.fact], change.before),
        _is(prover, second.case.answers[change.fact], change.after),
    )
    return Claim(pair, _worse(prover, prover.outcomes, second.outcomes), second)


def _worse(prover: Prover, before: Outcomes, after: Outcomes) -> Formula:
    """Return where some agency is lost, or its deadline grows longer."""
    logic = prover.logic
    return logic.some(
        logic.every((before.reached(a, None, h), logic.no(after.reached(a, None, h))))
        for a in before.agencies
        for h in before.hours(a)
    )


def _is(prover: Prover, held: Variable, value: bool | int | str) -> Formula:
    match held, value:
        case YesNo(answered, yes), bool():
            return prover.logic.every((answered, yes if value else prover.logic.no(yes)))
        case Whole(answered, number), int():
            return prover.logic.every((answered, number == value))
        case OneChoice(_, options), str():
            return options[value]
        case _:
            raise ValueError(value)
