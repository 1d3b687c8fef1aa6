"""Two versions of a rule set over the same cases: who gains, who loses, with a case for each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from satupintu.conditions.values import Facts, write_facts
from satupintu.documents import Json
from satupintu.forms.document import Form
from satupintu.rules.decision import CONSENTS, URGENCIES
from satupintu.rules.document import RuleSet
from satupintu.rules.readings.prove.logic import Formula
from satupintu.rules.readings.prove.outcomes import Outcomes, Service
from satupintu.rules.readings.prove.prover import OutOfTime, Prover
from satupintu.rules.readings.prove.smallest import Small, Smallest
from satupintu.rules.readings.prove.variables import without_text

Protection = Literal["equivalent", "more_protective", "less_protective", "mixed", "undetermined"]

SECONDS = 60.0


@dataclass(frozen=True)
class Comparison:
    """What a new version does to every possible case, overall and by agency.

    More protective: nobody loses an agency or a service or waits longer, somebody gains. Where
    only urgency, consent, flags or prohibitions differ it is mixed: a person must judge that.
    ``more`` and ``less`` are the smallest cases that gain and lose; ``differs`` names in each the
    answers that are not those of a plain case.
    """

    verdict: Protection
    agencies: Mapping[str, Protection]
    more: Mapping[str, Json] | None = None
    less: Mapping[str, Json] | None = None
    differs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def to_json(self, differences: Iterable[str]) -> dict[str, Any]:
        """Return the JSON object that ``satupintu compare`` prints."""
        return {
            "verdict": self.verdict,
            "agencies": dict(self.agencies),
            "differences": list(differences),
            "examples": {"more": self.more, "less": self.less},
        }


def compare(old: RuleSet, new: RuleSet, form: Form, *, seconds: float = SECONDS) -> Comparison:
    """Compare two versions over every case that ``form`` accepts; both are typed against it.

    Without an answer in ``seconds`` the verdict is undetermined, never equivalent. Raises
    BadDocument where the form says what cannot be proved.
    """
    return _Comparing(old, new, form, seconds).comparison()


class _Comparing:
    def __init__(self, old: RuleSet, new: RuleSet, form: Form, seconds: float) -> None:
        self.form = form
        self.prover = Prover(new, form, seconds)
        self.smallest = Smallest(self.prover)
        self.new = self.prover.outcomes
        self.old = Outcomes(self.prover.logic, old, self.prover.case)
        self.prover.assume(*self.old.true)

    def comparison(self) -> Comparison:
        codes = sorted({*self.old.agencies, *self.new.agencies})
        agencies = {code: self.protection([code]) for code in codes}
        overall = self.protection(codes)
        if overall == "equivalent":
            other = self.possible(self.otherwise())
            overall = "undetermined" if other is None else "mixed" if other else "equivalent"
        more = self.example(self.gained(codes, self.old, self.new))
        less = self.example(self.gained(codes, self.new, self.old))
        return Comparison(
            overall,
            agencies,
            self.facts(more),
            self.facts(less),
            {w: s.unlike for w, s in (("more", more), ("less", less)) if s is not None},
        )

    def protection(self, codes: list[str]) -> Protection:
        """Return what becomes of some agencies, all cases together."""
        gains = self.possible(self.gained(codes, self.old, self.new))
        loses = self.possible(self.gained(codes, self.new, self.old))
        match gains, loses:
            case (None, _) | (_, None):
                return "undetermined"
            case True, True:
                return "mixed"
            case True, False:
                return "more_protective"
            case False, True:
                return "less_protective"
        other = self.possible(self.marked_otherwise(codes))
        return "undetermined" if other is None else "mixed" if other else "equivalent"

    def gained(self, codes: list[str], before: Outcomes, after: Outcomes) -> Formula:
        """Return where an agency or a service is new in ``after``, or is due sooner."""
        logic = self.prover.logic
        return logic.some(
            logic.every(
                (after.reached(code, service, h), logic.no(before.reached(code, service, h)))
            )
            for code in codes
            for service in after.services(code)
            for h in after.hours(code)
        )

    def marked_otherwise(self, codes: list[str]) -> Formula:
        """Return where urgency, consent or what bars an agency or its services differs."""
        logic = self.prover.logic
        places = [(c, s) for c in codes for s in {*self.old.services(c), *self.new.services(c)}]
        return logic.some(
            (
                *(self._differ(o.excluded(c) for o in (self.old, self.new)) for c in codes),
                *(
                    self._differ(o.forbidden(p) for o in (self.old, self.new))
                    for p in self.barred(codes)
                ),
                *(
                    self._differ(o.marked(place, urgency, consent) for o in (self.old, self.new))
                    for place in places
                    for urgency, consent in _MARKS
                ),
            )
        )

    def barred(self, codes: list[str]) -> list[Service]:
        """Return the services of some agencies that either version may forbid."""
        return [p for p in {**self.old.forbids, **self.new.forbids} if p[0] in codes]

    def otherwise(self) -> Formula:
        """Return where flags differ, or what bars an agency that nobody asks."""
        flags = {**self.old.flags, **self.new.flags}
        codes = list({**self.old.excludes, **self.new.excludes})
        return self.prover.logic.some(
            (
                *(self._differ(o.flagged(f) for o in (self.old, self.new)) for f in flags),
                *(self._differ(o.excluded(c) for o in (self.old, self.new)) for c in codes),
                *(
                    self._differ(o.forbidden(p) for o in (self.old, self.new))
                    for p in {**self.old.forbids, **self.new.forbids}
                ),
            )
        )

    def possible(self, wanted: Formula) -> bool | None:
        """Tell whether some case is like that; None where time ran out."""
        try:
            return self.prover.find(wanted) is not None
        except OutOfTime:
            return None

    def example(self, wanted: Formula) -> Small | None:
        """Return the smallest case of a kind, None without one or without the time."""
        try:
            return self.smallest.find(wanted)
        except OutOfTime:
            return None

    def facts(self, small: Small | None) -> dict[str, Json] | None:
        """Return the facts of a case as JSON."""
        if small is None:
            return None
        facts: Facts = without_text(self.form, small.found.values)
        return write_facts(facts)

    def _differ(self, pair: Iterable[Formula]) -> Formula:
        logic = self.prover.logic
        one, other = pair
        return logic.no(logic.same(one, other))


_MARKS = [(urgency, CONSENTS[0]) for urgency in URGENCIES[1:]] + [
    (URGENCIES[0], consent) for consent in CONSENTS[1:]
]
"""Each urgency above the least, and each consent above the least."""
