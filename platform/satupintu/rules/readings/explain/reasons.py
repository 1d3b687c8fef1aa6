"""Why each rule and each derived fact is as it is, and why an agency is not asked: as data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from satupintu.conditions.ast import And, Condition
from satupintu.conditions.meaning import holds
from satupintu.conditions.names import facts_of
from satupintu.conditions.values import Facts
from satupintu.rules.decision import Decision
from satupintu.rules.document import DerivedCase, DerivedFact, Rule, RuleSet
from satupintu.rules.readings.explain.evidence import failing, holding, plain


@dataclass(frozen=True)
class Reason:
    """One rule that was true; ``evidence`` is the part of its condition that made it so."""

    rule: Rule
    evidence: Condition


@dataclass(frozen=True)
class Because:
    """Why a derived fact has its value: the first case that is true, None for ``otherwise``.

    ``evidence`` is the part of the case's condition that made it true.
    """

    fact: DerivedFact
    value: str
    case: DerivedCase | None
    evidence: Condition | None


@dataclass(frozen=True)
class Explanation:
    """A decision with its reasons; ``facts`` are the case's with the derived ones."""

    decision: Decision
    facts: Facts
    derived: tuple[Because, ...]
    reasons: Mapping[str, Reason]
    """By the id of the rule, in the order of the document."""

    def of(self, rules: Iterable[str]) -> tuple[Reason, ...]:
        """Return the reasons that rules give, in the order of the document."""
        wanted = set(rules)
        return tuple(reason for rule, reason in self.reasons.items() if rule in wanted)

    def of_flag(self, flag: str) -> tuple[Reason, ...]:
        """Return why a flag was raised."""
        return tuple(reason for reason in self.reasons.values() if flag in reason.rule.flag)


@dataclass(frozen=True)
class Part:
    """One part of a rule's condition that did not hold: False, or None where it is unknown.

    Of a part that asks for several things at once, ``condition`` has only those that are missing;
    ``reads`` names the facts it was read from.
    """

    condition: Condition
    holds: bool | None
    reads: tuple[str, ...]


@dataclass(frozen=True)
class Unasked:
    """One rule that would refer to an agency, and what stood in its way.

    A rule that is true has no ``missing`` parts: then ``barred_by`` are the rules that exclude the
    agency, or forbid a service it asks for there.
    """

    rule: Rule
    missing: tuple[Part, ...]
    barred_by: tuple[Rule, ...] = ()


@dataclass(frozen=True)
class WhyNot:
    """Why an agency does not receive a case: every rule that could refer to it, in order.

    ``derived`` says why the derived facts that those rules missed are as they are.
    """

    agency: str
    rules: tuple[Unasked, ...]
    derived: tuple[Because, ...]


def explain(ruleset: RuleSet, facts: Facts, decision: Decision) -> Explanation:
    """Return the reasons of a decision that ``ruleset`` made of the form's ``facts``."""
    known: Facts = {**facts, **decision.derived}
    fired = set(decision.rules)
    return Explanation(
        decision=decision,
        facts=known,
        derived=tuple(_because(fact, known) for fact in ruleset.facts),
        reasons={
            rule.id: Reason(rule, holding(rule.when, known))
            for rule in ruleset.rules
            if rule.id in fired
        },
    )


def why_not(ruleset: RuleSet, facts: Facts, agency: str) -> WhyNot:
    """Return what every rule that could refer to ``agency`` missed.

    ``facts`` are the case's with the derived ones.
    """
    fired = [rule for rule in ruleset.rules if holds(rule.when, facts) is True]
    rules = tuple(
        Unasked(rule, (), _barring(fired, rule, agency))
        if rule in fired
        else Unasked(rule, tuple(_missing(rule.when, facts)))
        for rule in ruleset.rules
        if any(outcome.agency == agency for outcome in rule.refer)
    )
    missed = {name for one in rules for part in one.missing for name in part.reads}
    derived = tuple(_because(fact, facts) for fact in ruleset.facts if fact.id in missed)
    return WhyNot(agency, rules, derived)


def because(fact: DerivedFact, facts: Facts) -> DerivedCase | None:
    """Return the case that gave a derived fact its value; None where it is the ``otherwise``."""
    return next((case for case in fact.cases if holds(case.when, facts) is True), None)


def _because(fact: DerivedFact, facts: Facts) -> Because:
    case = because(fact, facts)
    if case is None:
        return Because(fact, fact.otherwise, None, None)
    return Because(fact, case.value, case, holding(case.when, facts))


def _missing(condition: Condition, facts: Facts) -> Iterator[Part]:
    whole = plain(condition)
    for part in whole.conditions if isinstance(whole, And) else (whole,):
        result = holds(part, facts)
        if result is not True:
            missing = failing(part, facts)
            yield Part(missing, result, tuple(sorted(facts_of(missing))))


def _barring(fired: list[Rule], rule: Rule, agency: str) -> tuple[Rule, ...]:
    services = {(o.agency, o.service) for o in rule.refer if o.agency == agency}
    return tuple(r for r in fired if agency in r.exclude or services & set(r.forbid))
