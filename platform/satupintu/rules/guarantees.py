"""What a guarantee says of one decision, by definition: the judge of every counterexample."""

from __future__ import annotations

from satupintu.conditions.meaning import holds
from satupintu.conditions.values import Facts
from satupintu.rules import plain
from satupintu.rules.decision import AgencyDecision, Decision
from satupintu.rules.document import Guarantee, Promise, RuleSet


def broken(ruleset: RuleSet, guarantee: Guarantee, facts: Facts) -> bool:
    """Tell whether a case breaks an ``always`` or a ``never``; its given must be true of it."""
    decision = plain.decide(ruleset, facts)
    if holds(guarantee.given, {**facts, **decision.derived}) is not True:
        return False
    if guarantee.always:
        return not any(kept(promise, decision) for promise in guarantee.always)
    return any(kept(promise, decision) for promise in guarantee.never)


def broken_between(ruleset: RuleSet, guarantee: Guarantee, before: Facts, after: Facts) -> bool:
    """Tell whether a change from one case to another breaks a ``monotone``."""
    first, second = plain.decide(ruleset, before), plain.decide(ruleset, after)
    if holds(guarantee.given, {**before, **first.derived}) is not True:
        return False
    later = {agency.agency: agency.within_hours for agency in second.agencies}
    return any(
        agency.agency not in later or later[agency.agency] > agency.within_hours
        for agency in first.agencies
    )


def kept(promise: Promise, decision: Decision) -> bool:
    """Tell whether what a guarantee speaks of happens in a decision."""
    if promise.flag is not None:
        return promise.flag in decision.flags
    return any(_kept_by(promise, agency) for agency in decision.agencies)


def _kept_by(promise: Promise, agency: AgencyDecision) -> bool:
    if agency.agency != promise.agency:
        return False
    if promise.service is None:
        return _in_time(promise, agency.within_hours)
    return any(
        s.service == promise.service and _in_time(promise, s.within_hours) for s in agency.services
    )


def _in_time(promise: Promise, hours: int) -> bool:
    return promise.within_hours is None or hours <= promise.within_hours
