"""Examples that speak of one case twice: they contradict each other, or one of them is spare."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping

from satupintu.conditions.values import Facts, FactValue
from satupintu.documents import Json, canonical
from satupintu.errors import Problem
from satupintu.rules import examples
from satupintu.rules.document import RuleSet


def contradictions(ruleset: RuleSet) -> Iterator[Problem]:
    """Yield a problem for each example that expects of the same facts what another does not, and a
    warning for each that only repeats another.
    """
    seen: dict[Hashable, list[tuple[str, Mapping[str, Json]]]] = {}
    for n, (example, facts) in enumerate(
        zip(ruleset.examples, examples.facts(ruleset), strict=True)
    ):
        expected = _expected(example.expect)
        others = seen.setdefault(_case(facts), [])
        for other, before in others:
            where, params = f"/examples/{n}", {"example": example.id, "other": other}
            both = expected.keys() & before.keys()
            differing = sorted(key for key in both if expected[key] != before[key])
            if differing:
                named = {**params, "where": ", ".join(differing)}
                yield Problem("rules.examples_contradict", named, where)
                break
            if expected == before:
                yield Problem("rules.warn_example_twice", params, where, level="warning")
                break
        others.append((example.id, expected))


def _case(facts: Facts) -> Hashable:
    """Return facts as a key: in any order, and so are the options of a list."""
    return frozenset((name, _value(value)) for name, value in facts.items())


def _value(value: FactValue) -> Hashable:
    match value:
        case (str(), *_):
            return frozenset(map(str, value))
        case tuple():
            return tuple(_case(row) for row in value if not isinstance(row, str))
        case _:
            return value


def _expected(expect: Mapping[str, Json]) -> dict[str, Json]:
    """Return each thing expected by its own name, so that it is compared where both say it."""
    found: dict[str, Json] = {}
    for key, value in expect.items():
        if key == "derived":
            found.update({f"{key}.{fact}": option for fact, option in value.items()})
        elif isinstance(value, list):
            found[key] = frozenset(canonical(item) for item in value)
        else:
            found[key] = value
    return found
