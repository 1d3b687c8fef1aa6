"""Why a decision is as it is, and why an agency is not part of it: by the plain meaning."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from satupintu.conditions.ast import And, Condition
from satupintu.conditions.meaning import holds
from satupintu.conditions.names import facts_of
from satupintu.conditions.normal import push_negations, simplify
from satupintu.conditions.values import Facts
from satupintu.rules.document import DerivedCase, DerivedFact, Rule, RuleSet


@dataclass(frozen=True)
class Part:
    """One part of a rule's condition that did not hold: False, or None where it is unknown.

    ``reads`` names the facts it was read from.
    """

    condition: Condition
    holds: bool | None
    reads: tuple[str, ...]


@dataclass(frozen=True)
class Unasked:
    """One rule that would refer to an agency, and what stood in its way.

    A rule that is true has no ``missing`` parts: then ``barred_by`` are the rules that exclude the
    agency, or forbid every service it asks for there.
    """

    rule: Rule
    missing: tuple[Part, ...]
    barred_by: tuple[Rule, ...] = ()


def why_not(ruleset: RuleSet, facts: Facts, agency: str) -> tuple[Unasked, ...]:
    """Return every rule that could refer to ``agency``, in the order of the document.

    ``facts`` are the case's with the derived ones.
    """
    fired = [rule for rule in ruleset.rules if holds(rule.when, facts) is True]
    return tuple(
        Unasked(rule, (), _barring(fired, rule, agency))
        if rule in fired
        else Unasked(rule, tuple(_missing(rule.when, facts)))
        for rule in ruleset.rules
        if any(outcome.agency == agency for outcome in rule.refer)
    )


def because(fact: DerivedFact, facts: Facts) -> DerivedCase | None:
    """Return the case that gave a derived fact its value; None where it is the ``otherwise``."""
    return next((case for case in fact.cases if holds(case.when, facts) is True), None)


def _missing(condition: Condition, facts: Facts) -> Iterator[Part]:
    plain = simplify(push_negations(condition))
    for part in plain.conditions if isinstance(plain, And) else (plain,):
        result = holds(part, facts)
        if result is not True:
            yield Part(part, result, tuple(sorted(facts_of(part))))


def _barring(fired: list[Rule], rule: Rule, agency: str) -> tuple[Rule, ...]:
    services = {(o.agency, o.service) for o in rule.refer if o.agency == agency}
    return tuple(r for r in fired if agency in r.exclude or services & set(r.forbid))
