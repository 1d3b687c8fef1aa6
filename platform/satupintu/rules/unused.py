"""What a rule set says to no effect: nothing uses it, or it is said twice."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from satupintu.conditions.ast import And, Condition, Or
from satupintu.conditions.names import facts_of
from satupintu.conditions.normal import push_negations, simplify
from satupintu.documents import Json, pointer
from satupintu.errors import Problem
from satupintu.rules.document import Rule, RuleSet


def unused(ruleset: RuleSet, document: Json) -> Iterator[Problem]:
    """Yield a warning for each rule, option, flag, fact or prohibition that changes nothing."""
    yield from _rules(ruleset)
    yield from _options(ruleset, document)
    raised = {flag for rule in ruleset.rules for flag in rule.flag}
    for n, flag in enumerate(ruleset.flags):
        if flag not in raised:
            yield _warning("rules.warn_flag_unused", f"/flags/{n}", flag=flag)
    read = facts_read(ruleset)
    for n, fact in enumerate(ruleset.facts):
        if fact.id not in read and not fact.headline:
            yield _warning("rules.warn_fact_unread", f"/facts/{n}", fact=fact.id)


def facts_read(ruleset: RuleSet) -> frozenset[str]:
    """Return the facts that rules, derived facts and flags read; guarantees decide nothing."""
    read = {flag.fact for flag in ruleset.flags.values() if flag.fact is not None}
    return frozenset(read).union(
        *(facts_of(rule.when) for rule in ruleset.rules),
        *(facts_of(case.when) for fact in ruleset.facts for case in fact.cases),
    )


def _rules(ruleset: RuleSet) -> Iterator[Problem]:
    referred = {(o.agency, o.service) for rule in ruleset.rules for o in rule.refer}
    agencies = {agency for agency, _ in referred}
    seen: dict[Hashable, str] = {}
    for n, rule in enumerate(ruleset.rules):
        where = f"/rules/{n}"
        if not (rule.refer or rule.exclude or rule.forbid or rule.flag):
            yield _warning("rules.warn_no_outcome", where, rule=rule.id)
            continue
        when = _in_no_order(simplify(push_negations(rule.when)))
        first = seen.setdefault((when, _outcome(rule)), rule.id)
        if first != rule.id:
            yield _warning("rules.warn_rule_twice", where, rule=rule.id, other=first)
        for m, agency in enumerate(rule.exclude):
            if agency not in agencies:
                yield _warning("rules.warn_exclude_idle", f"{where}/exclude/{m}", agency=agency)
        for m, (agency, service) in enumerate(rule.forbid):
            if (agency, service) not in referred:
                params = {"agency": agency, "service": service}
                yield _warning("rules.warn_forbid_idle", f"{where}/forbid/{m}", **params)


def _options(ruleset: RuleSet, document: Json) -> Iterator[Problem]:
    for n, fact in enumerate(ruleset.facts):
        given = {case.value for case in fact.cases} | {fact.otherwise}
        for m, option in enumerate(document["facts"][n]["options"]):
            if option["const"] not in given:
                where = pointer(["facts", n, "options", m])
                yield _warning("rules.warn_option_unused", where, option=option["const"])


def _in_no_order(normal: Condition) -> Hashable:
    match normal:
        case And(parts):
            return "&&", frozenset(map(_in_no_order, parts))
        case Or(parts):
            return "||", frozenset(map(_in_no_order, parts))
        case _:
            return normal


def _outcome(rule: Rule) -> Hashable:
    return (
        frozenset(rule.refer),
        frozenset(rule.exclude),
        frozenset(rule.forbid),
        frozenset(rule.flag),
    )


def _warning(key: str, where: str, **params: object) -> Problem:
    return Problem(key, params, where, level="warning")
