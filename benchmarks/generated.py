"""Rule sets of any size over a vocabulary of their own, for benchmarks and tests."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

from satupintu.conditions.types import Boolean, Choice, FactType, Integer, Many
from satupintu.rules import reading
from satupintu.rules.document import RuleSet

CHOICES = {f"choice_{n}": tuple(f"c{n}_option_{o}" for o in range(4 + n)) for n in range(6)}
LISTS = {f"list_{n}": tuple(f"l{n}_option_{o}" for o in range(8)) for n in range(2)}
INTEGERS = {"years": Integer(0, 100), "hours": Integer(0, 720)}
BOOLEANS = tuple(f"yes_{n}" for n in range(5))
AGENCIES = {f"AGENCY_{n}": tuple(f"service_{s}" for s in range(4)) for n in range(12)}


def types() -> Mapping[str, FactType]:
    """Return the facts of the generated form: 6 choices, 2 lists, 2 integers, 5 Booleans."""
    return {
        **{name: Choice(options) for name, options in CHOICES.items()},
        **{name: Many(options) for name, options in LISTS.items()},
        **INTEGERS,
        **{name: Boolean() for name in BOOLEANS},
    }


def rule_set(count: int, seed: int = 1, *, derived: bool = False) -> RuleSet:
    """Return a rule set of ``count`` rules, the same for the same seed."""
    return reading.read(document(count, seed, derived=derived), types())


def document(count: int, seed: int = 1, *, derived: bool = False) -> dict[str, Any]:
    """Return the document: each rule joins two to four tests, as the rules of a city do.

    With ``derived``, two derived facts come first, the second reads the first, and rules read both.
    """
    chance = random.Random(seed)
    facts = [_derived(n, chance) for n in range(2)] if derived else []
    return {
        "id": "generated",
        "form": "generated",
        "title": _text("Generated"),
        "facts": facts,
        "rules": [_rule(n, chance, derived) for n in range(count)],
    }


def _derived(n: int, chance: random.Random) -> dict[str, Any]:
    before = [f"level_{n - 1} == 'high'"] if n else []
    return {
        "id": f"level_{n}",
        "title": _text(f"Level {n}"),
        "options": [{"const": o, "title": _text(o)} for o in ("high", "middle", "low")],
        "cases": [
            {
                "id": "K1",
                "when": " || ".join([*before, _test(chance), _test(chance)]),
                "is": "high",
            },
            {"id": "K2", "when": " && ".join([_test(chance), _test(chance)]), "is": "middle"},
        ],
        "otherwise": "low",
    }


def _rule(n: int, chance: random.Random, derived: bool) -> dict[str, Any]:
    tests = [_test(chance) for _ in range(chance.choice((2, 3, 3, 4)))]
    if derived and chance.random() < 0.3:
        level = chance.choice(("high", "middle", "low"))
        tests[0] = f"level_{chance.randrange(2)} == '{level}'"
    agency = chance.choice(tuple(AGENCIES))
    service = chance.choice(AGENCIES[agency])
    rule: dict[str, Any] = {
        "id": f"R{n:05}",
        "title": _text(f"Rule {n}"),
        "when": " && ".join(tests),
        "refer": [
            {
                "agency": agency,
                "service": service,
                "within_hours": chance.choice((1, 2, 6, 24, 72, 168)),
                "urgency": chance.choice(("biasa", "segera", "darurat")),
                "consent": chance.choice(("tanpa", "informasikan", "perlu")),
            }
        ],
    }
    if chance.random() < 0.02:
        rule["forbid"] = [{"agency": agency, "service": chance.choice(AGENCIES[agency])}]
    return rule


def _test(chance: random.Random) -> str:
    kind = chance.random()
    if kind < 0.4:
        name = chance.choice(tuple(CHOICES))
        return f"{name} == '{chance.choice(CHOICES[name])}'"
    if kind < 0.5:
        name = chance.choice(tuple(CHOICES))
        return f"{name} in {chance.sample(CHOICES[name], 2)}"
    if kind < 0.7:
        name = chance.choice(tuple(LISTS))
        return f"'{chance.choice(LISTS[name])}' in {name}"
    if kind < 0.85:
        name = chance.choice(tuple(INTEGERS))
        return (
            f"{name} {chance.choice(('<', '<=', '>', '>='))} {chance.choice((5, 18, 24, 60, 72))}"
        )
    return chance.choice(("", "!")) + chance.choice(BOOLEANS)


def _text(english: str) -> dict[str, str]:
    return {"id": english, "en": english}
