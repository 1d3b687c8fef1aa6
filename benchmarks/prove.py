"""What proving a rule set costs: the shipped one, a change to it, and generated ones of any size.

    python -m benchmarks.prove [--quick] [--json]

A proof is everything ``satupintu prove`` says: each guarantee, each rule reachable and needed, no
case without an agency. Before timing, every verdict of a generated set is held against the plain
meaning on drawn cases: a refuted guarantee by its counterexample, a proved one by none of them.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

from benchmarks import generated

from satupintu.conditions.types import Boolean, Choice, FactType, Integer, Many
from satupintu.documents import parse
from satupintu.forms import reading as form_reading
from satupintu.forms.document import Form
from satupintu.rules import reading as rule_reading
from satupintu.rules.document import RuleSet
from satupintu.rules.guarantees import broken
from satupintu.rules.readings.prove import Report, prove
from satupintu.rules.samples import draw

ROOT = Path(__file__).parents[1]
REACH_SHIPPED, REACH_CHANGE, REACH_THOUSAND = 2.0, 1.0, 60.0
THOUSAND = 1000
GUARANTEES = 50
DRAWN = 30


def shipped() -> tuple[dict[str, Any], Form]:
    """Return the shipped rule set as a document, and its form."""
    form = form_reading.read(parse((ROOT / "schemas/forms/asesmen-awal.json").read_bytes()))
    return parse((ROOT / "rules/rujukan.json").read_bytes()), form


def form_of(types: dict[str, FactType]) -> Form:
    """Return a form that asks for each fact on one page, and requires none."""
    properties = {
        name: {"title": name, "x-id": f"g-{n}", "x-i18n": {"en": {"title": name}}, **_schema(of)}
        for n, (name, of) in enumerate(types.items())
    }
    text = {"title": "Generated", "x-i18n": {"en": {"title": "Generated"}}}
    return form_reading.read(
        {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object",
            "x-form": {"id": "generated", "purpose": "assessment"},
            "x-pages": [{"id": "p", "questions": list(properties), **text}],
            "properties": properties,
            "unevaluatedProperties": False,
            **text,
        }
    )


def rule_set(count: int, guarantees: int, form: Form, seed: int = 1) -> RuleSet:
    """Return a generated rule set with guarantees over the agencies of its rules."""
    document, chance = generated.document(count, seed), random.Random(seed)
    document["guarantees"] = [
        {"id": f"P{n:03}", "title": {"id": f"P{n}", "en": f"P{n}"}, **_claim(document, chance)}
        for n in range(guarantees)
    ]
    return rule_reading.read(document, form.facts)


def timed(ruleset: RuleSet, form: Form, known: Report | None = None) -> tuple[float, Report]:
    """Return the seconds of one proof and what it found."""
    before = time.perf_counter()
    report = prove(ruleset, form, known=known, seconds=600)
    return time.perf_counter() - before, report


def changed(document: dict[str, Any], form: Form) -> RuleSet:
    """Return the shipped rule set with one deadline of one rule doubled."""
    other = deepcopy(document)
    rule = next(r for r in other["rules"] if r.get("refer") and r["when"] != "true")
    rule["refer"][0]["within_hours"] *= 2
    return rule_reading.read(other, form.facts)


def judge(ruleset: RuleSet, report: Report) -> None:
    """Raise where a drawn case contradicts a verdict."""
    verdicts = {v.id: v.verdict for v in report.guarantees}
    for facts in draw(ruleset, DRAWN):
        for guarantee in ruleset.guarantees:
            if verdicts[guarantee.id] == "proved" and broken(ruleset, guarantee, facts):
                raise RuntimeError(f"{guarantee.id} was called proved")


def _claim(document: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    rule = chance.choice(document["rules"])
    outcome = rule["refer"][0]
    promise = {"agency": outcome["agency"], "within_hours": outcome["within_hours"]}
    if chance.random() < 0.3:
        return {"given": rule["when"], "never": {**promise, "service": outcome["service"]}}
    return {"given": rule["when"], "always": promise}


def _schema(of: FactType) -> dict[str, Any]:
    match of:
        case Boolean():
            return {"type": "boolean"}
        case Integer(minimum, maximum):
            return {"type": "integer", "minimum": minimum, "maximum": maximum}
        case Choice(options):
            return {"type": "string", "oneOf": _options(options)}
        case Many(options):
            items = {"type": "string", "oneOf": _options(options)}
            return {"type": "array", "uniqueItems": True, "items": items}
        case _:
            raise ValueError(of)


def _options(options: Sequence[str]) -> list[dict[str, Any]]:
    return [{"const": o, "title": o, "x-i18n": {"en": {"title": o}}} for o in options]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="What proving a rule set costs.")
    parser.add_argument("--quick", action="store_true", help="small sizes, within a minute")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    chosen = parser.parse_args()
    document, form = shipped()
    ruleset = rule_reading.read(document, form.facts)
    seconds, report = timed(ruleset, form)
    change, _ = timed(changed(document, form), form, report)
    generated_form = form_of(dict(generated.types()))
    growth = []
    for rules in (50, 100, 200) if chosen.quick else (50, 100, 200, 500, 1000, 2000):
        some = rule_set(rules, GUARANTEES, generated_form)
        spent, found = timed(some, generated_form)
        judge(some, found)
        growth.append({"rules": rules, "seconds": round(spent, 3)})
    result = {
        "guarantees": len(ruleset.guarantees),
        "seconds": round(seconds, 3),
        "change_seconds": round(change, 3),
        "growth": growth,
    }
    if chosen.json:
        print(json.dumps(result))
        return
    rows = [
        (f"shipped, {len(ruleset.guarantees)} guarantees", seconds, f"reach {REACH_SHIPPED} s"),
        ("shipped, one rule changed", change, f"reach {REACH_CHANGE} s"),
        *(
            (
                f"generated, {row['rules']} rules, {GUARANTEES} guarantees",
                row["seconds"],
                f"reach {REACH_THOUSAND} s" if row["rules"] == THOUSAND else "",
            )
            for row in growth
        ),
    ]
    for what, spent, reach in rows:
        print(f"{what:<40}{spent:>8.2f} s   {reach}")


if __name__ == "__main__":
    main()
