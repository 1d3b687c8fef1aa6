"""Decisions a second over very many cases at once, beside zen-engine deciding one after another.

    python -m benchmarks.replay [--quick] [--json]

The cases are drawn as the shipped form accepts them. Full decisions are compared before timing: on
a sample, what DuckDB says is held against what zen-engine's fired rules lead to, and the plain
meaning. What is timed is every decision of every case, whole, with each of its columns summed up,
as a replay counts them; zen-engine's decisions are left uncounted.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from contextlib import closing
from statistics import median
from typing import Any

from benchmarks import shipped_rules, zen_table
from sqlalchemy import Boolean, FromClause, Integer, Select, String, cast, func, select

from satupintu.conditions.values import Facts
from satupintu.rules import plain
from satupintu.rules.collect import collect
from satupintu.rules.document import RuleSet
from satupintu.rules.readings.replay import synthetic
from satupintu.rules.readings.replay.decided import Decided, Side, decided, facts_read
from satupintu.rules.readings.replay.engines import Duck
from satupintu.rules.readings.replay.layout import CASE, Layout

CASES, QUICK_CASES = 1_000_000, 500_000
SAMPLE = 1_000
ROUNDS = 5
REACH = 100.0


def sample(ruleset: RuleSet, engine: Duck, table: FromClause) -> list[Facts]:
    """Return the facts of the first cases, as the rules read them."""
    layout = Layout(facts_read(ruleset))
    columns = [table.c[name] for name in layout.columns]
    query = select(*columns).where(table.c[CASE] < SAMPLE).order_by(table.c[CASE])
    return [layout.facts(record) for record in engine.records(query)]


def equal(ruleset: RuleSet, engine: Duck, table: FromClause, some: list[Facts]) -> bool:
    """Tell whether DuckDB, zen-engine and the plain meaning decide the sample alike."""
    side = Side("n", ruleset)
    query = decided(table, [side], [CASE]).query
    first = select(query).where(query.c[CASE] < SAMPLE).order_by(query.c[CASE])
    found = [side.decision(record) for record in engine.records(first)]
    evaluate, fired = zen_table.table(ruleset)
    contexts = zen_table.contexts(some, ruleset.types)
    by_zen = [
        collect(ruleset, fired(evaluate(context)), decision.derived)
        for context, decision in zip(contexts, found, strict=True)
    ]
    return found == by_zen == [plain.decide(ruleset, case) for case in some]


def counted(found: Decided) -> Select[Any]:
    """Return the query that sums up every column of the decisions."""
    totals = []
    for column in found.query.c:
        match column.type:
            case Boolean():
                totals.append(func.sum(cast(column, Integer)).label(column.name))
            case String():
                totals.append(func.max(column).label(column.name))
            case _:
                totals.append(func.sum(column).label(column.name))
    return select(*totals)


def measure(count: int) -> dict[str, Any]:
    """Return the figures: the median of the rounds' seconds, in turns with zen-engine."""
    ruleset, form = shipped_rules.with_form()
    evaluate, _ = zen_table.table(ruleset)
    with closing(Duck()) as engine:
        table = synthetic.draw(form, count, engine, seed=7)
        some = sample(ruleset, engine, table)
        same = equal(ruleset, engine, table, some)
        contexts = list(zen_table.contexts(some, ruleset.types))
        query = counted(decided(table, [Side("n", ruleset)], [CASE]))
        ours, theirs = [], []
        for _ in range(ROUNDS):
            before = time.perf_counter()
            list(engine.records(query))
            ours.append(time.perf_counter() - before)
            before = time.perf_counter()
            for context in contexts:
                evaluate(context)
            theirs.append((time.perf_counter() - before) / len(contexts))
    seconds = median(ours)
    ratio = median(theirs) / (seconds / count)
    return {
        "cases": count,
        "seconds": round(seconds, 3),
        "ratio_to_zen": round(ratio, 1),
        "equal": same,
    }


def main(arguments: list[str]) -> int:
    """Print one line, or one JSON object; a difference makes the exit code 1."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.replay", description=__doc__)
    parser.add_argument("--quick", action="store_true", help=f"{QUICK_CASES:,} cases")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args(arguments)
    found = measure(QUICK_CASES if options.quick else CASES)
    if options.json:
        print(json.dumps(found))
    else:
        print(
            f"{found['cases']:>9,} cases, whole decisions  {found['seconds']:.2f} s"
            f"  {found['ratio_to_zen']:.0f}x zen  {'equal' if found['equal'] else 'DIFFERENT'}"
            f"   reach {REACH:.0f}x"
        )
    return 0 if found["equal"] else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
