"""What each finding hangs on, as a hash: what a change does not touch is not proved again."""

from __future__ import annotations

import hashlib
from collections.abc import Collection

from satupintu.conditions.ast import Condition
from satupintu.conditions.names import facts_of
from satupintu.rules.document import Guarantee, Rule, RuleSet

_VERSION = "1"
"""Grows when a finding would come out otherwise, or be written otherwise, than before."""


class Slices:
    """Names what is asked of one rule set over one form by its content, never by rule id."""

    def __init__(self, ruleset: RuleSet, form: str) -> None:
        self._ruleset = ruleset
        self._base = f"{_VERSION}\n{form}"
        self._derived: dict[str, str] = {}
        for fact in ruleset.facts:
            cases = [f"{self._condition(case.when)} {case.value}" for case in fact.cases]
            self._derived[fact.id] = _hash(*fact.options, *cases, fact.otherwise)
        self._rules = {rule.id: self._rule(rule) for rule in ruleset.rules}

    def condition(self, when: Condition) -> str:
        """Name whether a condition can be true, and whether it can be anything else."""
        return _hash(self._base, "condition", self._condition(when))

    def fact(self, fact: str) -> str:
        """Name what could turn a derived fact."""
        return _hash(self._base, "turns", fact, self._derived[fact])

    def redundancy(self, rule: Rule) -> str:
        """Name whether a rule changes any decision."""
        agencies = {o.agency for o in rule.refer} | set(rule.exclude) | {a for a, _ in rule.forbid}
        return _hash(
            self._base, "redundant", self._rules[rule.id], *self._touching(agencies, set(rule.flag))
        )

    def guarantee(self, guarantee: Guarantee) -> str:
        """Name whether a guarantee holds."""
        promises = (*guarantee.always, *guarantee.never)
        if guarantee.monotone is not None:
            touched = self._everything()
        else:
            agencies = {p.agency for p in promises if p.agency is not None}
            touched = self._touching(agencies, {p.flag for p in promises if p.flag is not None})
        claimed = repr((guarantee.always, guarantee.never, guarantee.monotone))
        return _hash(self._base, "guarantee", self._condition(guarantee.given), claimed, *touched)

    def routing(self, what: str) -> str:
        """Name a question about all cases and all agencies."""
        return _hash(self._base, what, *self._everything())

    def _everything(self) -> list[str]:
        return sorted(self._rules.values())

    def _touching(self, agencies: Collection[str], flags: Collection[str]) -> list[str]:
        return sorted(
            self._rules[rule.id]
            for rule in self._ruleset.rules
            if any(o.agency in agencies for o in rule.refer)
            or any(agency in agencies for agency in rule.exclude)
            or any(agency in agencies for agency, _ in rule.forbid)
            or any(flag in flags for flag in rule.flag)
        )

    def _rule(self, rule: Rule) -> str:
        what = repr((rule.refer, rule.exclude, rule.forbid, rule.flag))
        return _hash(self._condition(rule.when), what)

    def _condition(self, condition: Condition) -> str:
        read = sorted(facts_of(condition) & self._derived.keys())
        return _hash(repr(condition), *(f"{name} {self._derived[name]}" for name in read))


def _hash(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
