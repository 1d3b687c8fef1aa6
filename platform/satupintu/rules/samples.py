"""Facts at random, of the types that a rule set reads: for trials, agreement and benchmarks."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from satupintu.conditions.types import (
    Boolean,
    Choice,
    Day,
    FactType,
    FactTypes,
    Integer,
    Many,
    Moment,
    Rows,
    Text,
)
from satupintu.conditions.values import Facts
from satupintu.rules.document import RuleSet

UNBOUNDED = 1000
"""How far from zero an integer without a bound is drawn."""
EPOCH = date(2026, 1, 1)


def draw(ruleset: RuleSet, count: int, seed: int = 1) -> Iterator[Facts]:
    """Yield ``count`` sets of the form's facts, the same for the same seed; some are unanswered."""
    derived = {fact.id for fact in ruleset.facts}
    types = {name: kind for name, kind in ruleset.types.items() if name not in derived}
    chance = random.Random(seed)  # noqa: S311  not for secrets
    for _ in range(count):
        yield facts(types, chance)


def facts(types: FactTypes, chance: random.Random) -> Facts:
    """Return one set of facts, between all answered and half of them not."""
    unanswered = chance.choice((0.0, 0.1, 0.5))
    return {
        name: value(kind, chance)
        for name, kind in types.items()
        if not isinstance(kind, Text) and chance.random() >= unanswered
    }


def value(kind: FactType, chance: random.Random) -> Any:
    """Return one possible value of a type; small integers and short lists are the likeliest."""
    match kind:
        case Boolean():
            return chance.random() < 0.5
        case Integer(minimum, maximum):
            low = -UNBOUNDED if minimum is None else minimum
            high = max(low, UNBOUNDED) if maximum is None else maximum
            reach = chance.choice((high, min(high, low + 10), min(high, low + 100)))
            return chance.randint(low, reach)
        case Choice(options):
            return chance.choice(options)
        case Many(options, min_items, max_items):
            most = len(options) if max_items is None else min(max_items, len(options))
            count = min(most, max(min_items, chance.choice((0, 1, 1, 2, 3))))
            drawn = set(chance.sample(range(len(options)), count))
            return tuple(option for n, option in enumerate(options) if n in drawn)
        case Day():
            return EPOCH + timedelta(days=chance.randint(-400, 400))
        case Moment():
            start = datetime(EPOCH.year, EPOCH.month, EPOCH.day, tzinfo=UTC)
            return start + timedelta(minutes=chance.randint(-(10**6), 10**6))
        case Rows(fields, max_items):
            return tuple(facts(fields, chance) for _ in range(chance.randint(0, min(3, max_items))))
        case Text():
            raise ValueError("free text is never a fact")
