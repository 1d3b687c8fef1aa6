"""The same rules for json-rules-engine, where there is a Node and the package can be had."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from benchmarks.node import FOLDER, installed

from satupintu.conditions import normal
from satupintu.conditions.ast import Compare, Condition, Has, Holds, Not, OneOf, Truth
from satupintu.conditions.types import Choice, FactTypes
from satupintu.conditions.values import Facts
from satupintu.rules.document import RuleSet
from satupintu.rules.readings.literals import comparison, subject

PACKAGE = "json-rules-engine@7.3.1"
SCRIPT = Path(__file__).with_suffix(".mjs")

_OPERATORS = {
    "==": "equal", "!=": "notEqual", "<": "lessThan", "<=": "lessThanInclusive",
    ">": "greaterThan", ">=": "greaterThanInclusive",
}  # fmt: skip


def measure(
    ruleset: RuleSet, cases: list[Facts], expected: list[list[str]]
) -> tuple[float, bool] | None:
    """Return decisions a second and whether the fired rules are equal; None where it cannot run.

    Only rule sets without derived facts: the peer has nothing like them.
    """
    if ruleset.facts or not installed(PACKAGE):
        return None
    work = {
        "rules": [
            {
                "conditions": {
                    "any": [
                        {"all": [_condition(literal, ruleset.types) for literal in literals]}
                        for literals in normal.alternatives(rule.when)
                    ]
                },
                "event": {"type": rule.id},
            }
            for rule in ruleset.rules
        ],
        "cases": [{**dict.fromkeys(ruleset.types), **facts} for facts in cases],
    }
    done = subprocess.run(
        ["node", str(SCRIPT.resolve())],
        cwd=FOLDER,
        input=json.dumps(work),
        capture_output=True,
        text=True,
        check=True,
    )
    answer = json.loads(done.stdout)
    equal = all(sorted(a) == sorted(b) for a, b in zip(answer["fired"], expected, strict=False))
    return answer["per_second"], equal


def _condition(literal: Condition, types: FactTypes) -> dict[str, Any]:
    name = subject(literal, types)
    match literal:
        case Truth():
            return {"fact": name, "operator": "equal", "value": True}
        case Not(Truth()):
            return {"fact": name, "operator": "equal", "value": False}
        case OneOf(_, (option,)):
            return {"fact": name, "operator": "equal", "value": option}
        case OneOf(_, options):
            return {"fact": name, "operator": "in", "value": options}
        case Not(OneOf(fact, options)):
            kind = types[fact.name]
            assert isinstance(kind, Choice)
            others = [o for o in kind.options if o not in options]
            return {"fact": name, "operator": "in", "value": others}
        case Holds(_, options):
            holds = [{"fact": name, "operator": "contains", "value": o} for o in options]
            return holds[0] if len(holds) == 1 else {"any": holds}
        case Not(Holds(_, options)):
            lacks = [{"fact": name, "operator": "doesNotContain", "value": o} for o in options]
            return {"all": lacks}
        case Has():
            return {"fact": name, "operator": "notEqual", "value": None}
        case Not(Has()):
            return {"fact": name, "operator": "equal", "value": None}
        case Compare():
            compared = comparison(literal)
            assert compared is not None
            return {"fact": name, "operator": _OPERATORS[compared[0]], "value": compared[1]}
    raise ValueError(literal)
