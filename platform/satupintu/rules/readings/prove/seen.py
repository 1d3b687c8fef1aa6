"""What the cases found so far show by themselves, so that the solver is asked less."""

from __future__ import annotations

from satupintu.conditions.meaning import holds
from satupintu.conditions.values import Facts
from satupintu.rules.collect import collect_rules
from satupintu.rules.document import RuleSet
from satupintu.rules.readings.decide import Index


class Seen:
    """Which rules fired in some case, were needed in some, and did not fire in some."""

    def __init__(self, ruleset: RuleSet) -> None:
        self._ruleset = ruleset
        self._index = Index(ruleset)
        self.fired: set[str] = set()
        self.needed: set[str] = set()
        self.silent: set[str] = set()

    def add(self, facts: Facts) -> None:
        """Look at one case."""
        fired, derived = self._index.fired(facts)
        names = set(fired)
        self.fired |= names
        self.silent |= {rule.id for rule in self._ruleset.rules} - names
        self._silent_cases({**facts, **derived})
        rules = [rule for rule in self._ruleset.rules if rule.id in names]
        decision = collect_rules(rules, derived)
        for rule in rules:
            if rule.id not in self.needed:
                without = collect_rules([r for r in rules if r is not rule], derived)
                if not decision.same_outcome(without):
                    self.needed.add(rule.id)

    def _silent_cases(self, facts: Facts) -> None:
        for fact in self._ruleset.facts:
            for case in fact.cases:
                name = f"{fact.id}/{case.id}"
                if name not in self.silent and holds(case.when, facts) is not True:
                    self.silent.add(name)
