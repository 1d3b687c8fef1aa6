"""A rule set as networks for durable_rules; a later pass reads what an earlier one derived."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from satupintu.conditions import normal
from satupintu.conditions.ast import Condition, Holds
from satupintu.conditions.names import facts_of
from satupintu.conditions.types import Choice, FactTypes
from satupintu.rules.document import RuleSet
from satupintu.rules.readings.execute.network import Conjunction, Network, networks
from satupintu.rules.readings.execute.predicates import (
    Equal,
    Indicator,
    Predicate,
    Range,
    predicate,
)


@dataclass(frozen=True)
class Pass:
    """Networks that run on the same facts, then the derived facts that they settle."""

    networks: tuple[Network, ...]
    settles: tuple[str, ...]


@dataclass(frozen=True)
class Program:
    """All passes. Conclusions are numbers: every case of every derived fact, then every rule.

    ``always`` are the conclusions of conditions that are true of anything.
    """

    passes: tuple[Pass, ...]
    cases: Mapping[str, range]
    first_rule: int
    always: frozenset[int]


def compile_rules(ruleset: RuleSet) -> Program:
    """Return the program. Raises BadDocument where one condition is too large by itself."""
    cases: dict[str, range] = {}
    settled_in: dict[str, int] = {}
    by_pass: dict[int, dict[Conjunction, tuple[int, ...]]] = {}
    always: set[int] = set()
    count = 0

    def conclude(condition: Condition, conclusion: int) -> int:
        at = max((settled_in[n] + 1 for n in facts_of(condition) if n in settled_in), default=0)
        group = by_pass.setdefault(at, {})
        for conjunction in _conjunctions(condition, ruleset.types):
            if conjunction:
                group[conjunction] = (*group.get(conjunction, ()), conclusion)
            else:
                always.add(conclusion)
        return at

    for fact in ruleset.facts:
        cases[fact.id] = range(count, count + len(fact.cases))
        settled_in[fact.id] = max(
            (conclude(case.when, n) for n, case in zip(cases[fact.id], fact.cases, strict=True)),
            default=0,
        )
        count += len(fact.cases)
    for n, rule in enumerate(ruleset.rules, count):
        conclude(rule.when, n)
    return Program(
        passes=tuple(
            Pass(
                tuple(networks(_in_order(by_pass.get(at, {}), ruleset.types))),
                tuple(fact.id for fact in ruleset.facts if settled_in[fact.id] == at),
            )
            for at in range(max([*settled_in.values(), *by_pass], default=0) + 1)
        ),
        cases=cases,
        first_rule=count,
        always=frozenset(always),
    )


def _conjunctions(condition: Condition, types: FactTypes) -> Iterator[Conjunction]:
    """Yield the alternatives as sorted predicates without repeats."""
    for literals in normal.alternatives(condition):
        yield tuple(
            sorted(
                dict.fromkeys(predicate(literal, types) for literal in literals),
                key=lambda p: _rank(p, types),
            )
        )


def _in_order(
    conclusions: Mapping[Conjunction, tuple[int, ...]], types: FactTypes
) -> Mapping[Conjunction, tuple[int, ...]]:
    """Return the conjunctions sorted, so that those that begin alike stand together."""
    ranked = sorted(conclusions, key=lambda c: [_rank(p, types) for p in c])
    return {conjunction: conclusions[conjunction] for conjunction in ranked}


def _rank(predicate: Predicate, types: FactTypes) -> tuple[int, int, str, int]:
    """Return the one order of predicates: the most selective equality first, ranges last."""
    match predicate:
        case Equal(fact, value):
            kind = types[fact]
            chances = len(kind.options) if isinstance(kind, Choice) else 2
            return 0, -chances, fact, value
        case Indicator(Holds(fact, options)):
            return 1, len(options), fact.name + repr(options), 0
        case Indicator(literal):
            return 2, 0, repr(literal), 0
        case Range(fact, operator, value):
            return 3, 0, fact + operator, value
