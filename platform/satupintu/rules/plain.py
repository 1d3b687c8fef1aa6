"""What a rule set decides, by definition: slow, obvious, and the judge of every faster reading."""

from __future__ import annotations

from satupintu.conditions.meaning import holds
from satupintu.conditions.values import Facts
from satupintu.rules.collect import collect
from satupintu.rules.decision import Decision
from satupintu.rules.document import DerivedFact, RuleSet


def decide(ruleset: RuleSet, facts: Facts) -> Decision:
    """Return the decision of ``ruleset`` for ``facts``; a missing fact is unanswered."""
    known = dict(facts)
    derived: dict[str, str] = {}
    for fact in ruleset.facts:
        known[fact.id] = derived[fact.id] = derive(fact, known)
    fired = [rule.id for rule in ruleset.rules if holds(rule.when, known) is True]
    return collect(ruleset, fired, derived)


def derive(fact: DerivedFact, facts: Facts) -> str:
    """Return the value of the first case that is true; a false or unknown case is passed over."""
    for case in fact.cases:
        if holds(case.when, facts) is True:
            return case.value
    return fact.otherwise
