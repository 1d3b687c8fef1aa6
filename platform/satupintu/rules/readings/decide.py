"""The fast twin: an index of bit sets over the rules, which checks every live decision.

Every alternative of every condition is one bit. For each fact a table says, for each value it can
have, which alternatives that value leaves standing; one AND for each fact leaves exactly those that
are true. Derived facts are decided on the way: the cases' alternatives are bits like the others,
and a derived value is one more table to AND.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import and_, getitem
from typing import Any

from satupintu.conditions import normal
from satupintu.conditions.ast import Compare, Condition, Not
from satupintu.conditions.meaning import holds
from satupintu.conditions.names import facts_of
from satupintu.conditions.types import Boolean, Choice, FactType, FactTypes, Integer
from satupintu.conditions.values import Facts
from satupintu.rules.collect import collect_rules
from satupintu.rules.decision import Decision
from satupintu.rules.document import RuleSet
from satupintu.rules.readings.literals import comparison, is_true, subject
from satupintu.rules.readings.remembered import Remembered

Tests = Mapping[Condition, int]
"""Literals about one fact, each with the bits of the alternatives that need it."""


@dataclass(frozen=True)
class _Derived:
    """Where a derived fact's cases are among the bits, and what its value leaves standing."""

    id: str
    cases: int
    values: tuple[str, ...]
    """The value that each bit of ``cases`` stands for, from ``start`` on."""
    start: int
    otherwise: str
    table: Mapping[Any, int] | None

    def value(self, standing: int) -> str:
        """Return the value of the first case that is true."""
        true = standing & self.cases
        if not true:
            return self.otherwise
        return self.values[(true & -true).bit_length() - 1 - self.start]


class Index:
    """A rule set, indexed once; deciding is safe from any number of threads."""

    def __init__(self, ruleset: RuleSet) -> None:
        self.ruleset = ruleset
        bits = _Bits(ruleset.types)
        segments = []
        for fact in ruleset.facts:
            start = bits.count
            values = [c.value for c in fact.cases for _ in range(bits.add(c.when))]
            segments.append((fact, start, tuple(values)))
        self._start = bits.count
        self._owner = tuple(
            n for n, rule in enumerate(ruleset.rules) for _ in range(bits.add(rule.when))
        )
        self._ids = tuple(ruleset.rules[n].id for n in self._owner)
        self._one_each = len(self._owner) == len(set(self._owner))
        self._all = (1 << bits.count) - 1
        tables = {
            name: _table(tests, ruleset.types[name], self._all)
            for name, tests in bits.by_fact.items()
        }
        self._derived = tuple(
            _Derived(
                id=fact.id,
                cases=((1 << len(values)) - 1) << start,
                values=values,
                start=start,
                otherwise=fact.otherwise,
                table=tables.pop(fact.id, None),
            )
            for fact, start, values in segments
        )
        self._names = tuple(tables)
        self._tables = tuple(tables.values())
        self._plainly = _by_need(bits.plainly, [fact.id for fact in ruleset.facts])

    def decide(self, facts: Facts) -> Decision:
        """Return the decision for ``facts``; a missing fact is unanswered."""
        standing, derived = self._standing(facts)
        owner, rules = self._owner, self.ruleset.rules
        fired = dict.fromkeys([owner[place] for place in _places(standing)])
        return collect_rules([rules[n] for n in fired], derived)

    def fired(self, facts: Facts) -> tuple[list[str], dict[str, str]]:
        """Return the ids of the rules whose condition is true, in order, and the derived facts."""
        standing, derived = self._standing(facts)
        ids = self._ids
        fired = [ids[place] for place in _places(standing)]
        return fired if self._one_each else list(dict.fromkeys(fired)), derived

    def _standing(self, facts: Facts) -> tuple[int, dict[str, str]]:
        """Return the rules' alternatives that are true, one bit each, and the derived facts."""
        # One look-up and one AND for each fact, all of it in C.
        standing = reduce(and_, map(getitem, self._tables, map(facts.get, self._names)), self._all)
        if self._plainly:
            standing = self._told_plainly(0, standing, facts)
        derived: dict[str, str] = {}
        for n, fact in enumerate(self._derived, 1):
            value = fact.value(standing)
            derived[fact.id] = value
            if fact.table is not None:
                standing &= fact.table[value]
            if n in self._plainly:
                standing = self._told_plainly(n, standing, {**facts, **derived})
        return standing >> self._start, derived

    def _told_plainly(self, derived: int, standing: int, facts: Facts) -> int:
        """Return what is left after the literals that only the meaning reads at this point."""
        for literal, needing in self._plainly.get(derived, ()):
            if standing & needing and holds(literal, facts) is not True:
                standing &= ~needing
        return standing


def _by_need(
    literals: Tests, derived: Sequence[str]
) -> Mapping[int, Sequence[tuple[Condition, int]]]:
    """Return literals by how many derived facts must be known before they can be read."""
    found: dict[int, list[tuple[Condition, int]]] = {}
    for literal, needing in literals.items():
        read = facts_of(literal)
        need = max((n for n, name in enumerate(derived, 1) if name in read), default=0)
        found.setdefault(need, []).append((literal, needing))
    return found


class _Bits:
    """The alternatives of conditions, numbered, and the literals that each needs."""

    def __init__(self, types: FactTypes) -> None:
        self._types = types
        self.count = 0
        self.by_fact: dict[str, dict[Condition, int]] = {}
        self.plainly: dict[Condition, int] = {}

    def add(self, condition: Condition) -> int:
        """Number the alternatives of ``condition`` and return how many there are."""
        alternatives = normal.alternatives(condition)
        for literals in alternatives:
            bit = 1 << self.count
            for literal in literals:
                name = subject(literal, self._types)
                tests = self.plainly if name is None else self.by_fact.setdefault(name, {})
                tests[literal] = tests.get(literal, 0) | bit
            self.count += 1
        return len(alternatives)


def _table(tests: Tests, fact_type: FactType, everything: int) -> Mapping[Any, int]:
    def left_by(value: Any) -> int:
        failing = 0
        for literal, needing in tests.items():
            if not is_true(literal, value):
                failing |= needing
        return everything & ~failing

    match fact_type:
        case Boolean():
            return Remembered(left_by, (None, False, True))
        case Choice(options):
            return Remembered(left_by, (None, *options))
        case Integer():
            return Remembered(_by_ranges(tests, left_by))
        case _:
            return Remembered(left_by)


def _by_ranges(tests: Tests, left_by: Callable[[Any], int]) -> Callable[[int | None], int]:
    """Return a look-up of an integer's bits: between two cuts every integer has the same."""
    constants = set(_constants(tests))
    cuts = sorted(constants | {c + 1 for c in constants})
    unanswered = left_by(None)
    ranges = [left_by(cuts[0] - 1), *map(left_by, cuts)] if cuts else [left_by(0)]
    return lambda value: unanswered if value is None else ranges[bisect_right(cuts, value)]


def _constants(tests: Iterable[Condition]) -> Iterable[int]:
    for literal in tests:
        match literal:
            case (Compare() as compare) | Not(Compare() as compare):
                compared = comparison(compare)
                if compared is not None and not isinstance(compared[1], date):
                    yield compared[1]


_PLACES = tuple(tuple(p for p in range(8) if byte >> p & 1) for byte in range(256))


def _places(bits: int) -> list[int]:
    """Return the places of the set bits, lowest first."""
    data = bits.to_bytes((bits.bit_length() + 7) // 8, "little")
    return [8 * n + place for n, byte in enumerate(data) if byte for place in _PLACES[byte]]
