"""Decisions a second: ``python -m benchmarks.engines [--quick] [--json]``; README.md says more."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

from benchmarks import generated, json_rules_engine, shipped_rules, zen_table

from satupintu.conditions.names import facts_of
from satupintu.conditions.values import Facts
from satupintu.rules import plain, samples
from satupintu.rules.document import RuleSet
from satupintu.rules.readings.decide import Index
from satupintu.rules.readings.execute.engine import Engine

SIZES = (10, 100, 1_000, 10_000)
QUICK_SIZES = (10, 100, 1_000)
CASES = {10: 2_000, 100: 2_000, 1_000: 1_000, 10_000: 100}
CHECKED = 100
"""Cases whose fired rules are also compared with the plain meaning, which is slow."""


@dataclass(frozen=True)
class Row:
    """One engine on one rule set; ``equal`` is whether it fired what the plain meaning does."""

    rules: int
    engine: str
    per_second: float
    ratio_to_zen: float
    equal: bool
    set: str


@dataclass(frozen=True)
class Contender:
    """One engine: facts in its own form in, its own result out, the fired rules read from that."""

    name: str
    cases: list[Any]
    decide: Callable[[Any], Any]
    fired: Callable[[Any], list[str]]

    def rate(self) -> float:
        """Return decisions a second over all cases, once."""
        decide = self.decide
        start = time.perf_counter()
        for case in self.cases:
            decide(case)
        return len(self.cases) / (time.perf_counter() - start)


def compare(name: str, ruleset: RuleSet, rounds: int, *, node: bool) -> list[Row]:
    """Time every engine on one rule set, in turns, after comparing what they fire."""
    count = CASES.get(len(ruleset.rules), 1_000)
    read_by_rules = _read(ruleset)
    cases = [
        {fact: value for fact, value in facts.items() if fact in read_by_rules}
        for facts in samples.draw(ruleset, count, seed=7)
    ]
    engine, index = Engine(ruleset), Index(ruleset)
    evaluate, rows = zen_table.table(ruleset)
    contenders = [
        Contender("execute", cases, engine.fired, lambda fired: fired[0]),
        Contender("decide", cases, index.fired, lambda fired: fired[0]),
        Contender("zen", list(zen_table.contexts(cases, ruleset.types)), evaluate, rows),
    ]
    expected = [index.fired(facts)[0] for facts in cases]
    right = all(
        _plainly(ruleset, facts) == e for facts, e in zip(cases, expected[:CHECKED], strict=False)
    )
    equal = {
        c.name: right
        and all(c.fired(c.decide(f)) == e for f, e in zip(c.cases, expected, strict=True))
        for c in contenders
    }
    rates: dict[str, list[float]] = {c.name: [] for c in contenders}
    for _ in range(rounds):
        for contender in contenders:
            rates[contender.name].append(contender.rate())
    engine.close()
    typical = {name: median(found) for name, found in rates.items()}
    if node:
        measured = json_rules_engine.measure(ruleset, cases[: max(20, count // 20)], expected)
        if measured is not None:
            typical["json-rules-engine"], equal["json-rules-engine"] = measured
    return [
        Row(
            rules=len(ruleset.rules),
            engine=contender,
            per_second=round(rate, 1),
            ratio_to_zen=round(rate / typical["zen"], 2),
            equal=equal[contender],
            set=name,
        )
        for contender, rate in typical.items()
    ]


def _read(ruleset: RuleSet) -> frozenset[str]:
    conditions = [rule.when for rule in ruleset.rules]
    conditions += [case.when for fact in ruleset.facts for case in fact.cases]
    return frozenset().union(*map(facts_of, conditions))


def _plainly(ruleset: RuleSet, facts: Facts) -> list[str]:
    return list(plain.decide(ruleset, facts).rules)


def main(arguments: list[str]) -> int:
    """Print a line for each engine and rule set, or one JSON object."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.engines", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="up to 1,000 rules, without Node")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args(arguments)
    rounds = 9
    sets = [("shipped", shipped_rules.rule_set())]
    sets += [
        ("generated", generated.rule_set(count))
        for count in (QUICK_SIZES if options.quick else SIZES)
    ]
    rows: list[Row] = []
    for name, ruleset in sets:
        found = compare(name, ruleset, rounds, node=not options.quick)
        rows += found
        if not options.json:
            for row in found:
                print(
                    f"{row.set:9} {row.rules:6} rules  {row.engine:17} {row.per_second:>10,.0f}/s"
                    f"  {row.ratio_to_zen:6.2f}x zen  {'equal' if row.equal else 'DIFFERENT'}",
                    flush=True,
                )
    if options.json:
        print(json.dumps({"rows": [asdict(row) for row in rows]}))
    return 0 if all(row.equal for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
