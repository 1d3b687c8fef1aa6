"""The examples of a rule set, run: what was decided against what its policy owner expects."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from satupintu.conditions.values import Facts, read_facts
from satupintu.documents import Json, pointer
from satupintu.errors import Problem
from satupintu.rules.decision import Decision
from satupintu.rules.document import Example, RuleSet


@dataclass(frozen=True)
class Result:
    """One example with what was decided otherwise; each difference points into ``expect``."""

    example: Example
    differences: tuple[Problem, ...]

    @property
    def passed(self) -> bool:
        """Tell whether the decision is exactly the expected one."""
        return not self.differences


def run(ruleset: RuleSet, decide: Callable[[Facts], Decision]) -> tuple[Result, ...]:
    """Decide every example of ``ruleset`` with any of the engines, and compare."""
    return tuple(
        Result(example, tuple(_differences(n, example, decide(known))))
        for n, (example, known) in enumerate(zip(ruleset.examples, facts(ruleset), strict=True))
    )


def facts(ruleset: RuleSet) -> tuple[Facts, ...]:
    """Return the facts of every example, typed."""
    derived = {fact.id for fact in ruleset.facts}
    types = {name: kind for name, kind in ruleset.types.items() if name not in derived}
    return tuple(read_facts(dict(example.facts), types) for example in ruleset.examples)


def _differences(n: int, example: Example, found: Decision) -> Iterator[Problem]:
    expect, where = example.expect, f"/examples/{n}/expect"
    for fact, value in expect.get("derived", {}).items():
        if found.derived.get(fact) != value:
            yield Problem(
                "rules.example_derived",
                {"fact": fact, "expected": value, "found": found.derived.get(fact, "-")},
                f"{where}/derived" + pointer([fact]),
            )
    if "agencies" in expect:
        hours = {agency.agency: agency.within_hours for agency in found.agencies}
        yield from _agencies(expect["agencies"], hours, f"{where}/agencies")
    yield from _sets(expect, where, "excluded", (e.agency for e in found.excluded))
    yield from _sets(
        expect, where, "forbidden", (f"{f.agency} {f.service}" for f in found.forbidden)
    )
    yield from _sets(expect, where, "flags", found.flags)
    yield from _sets(expect, where, "rules", found.rules)


def _agencies(
    expected: Mapping[str, int], found: Mapping[str, int], where: str
) -> Iterator[Problem]:
    for agency in sorted(expected.keys() | found.keys()):
        place = where + (pointer([agency]) if agency in expected else "")
        if agency not in found:
            yield Problem("rules.example_agency_missing", {"agency": agency}, place)
        elif agency not in expected:
            yield Problem("rules.example_agency_extra", {"agency": agency}, place)
        elif expected[agency] != found[agency]:
            yield Problem(
                "rules.example_deadline",
                {"agency": agency, "expected": expected[agency], "found": found[agency]},
                place,
            )


def _sets(
    expect: Mapping[str, Json], where: str, name: str, found: Iterable[str]
) -> Iterator[Problem]:
    if name not in expect:
        return
    wanted = {
        f"{one['agency']} {one['service']}" if isinstance(one, dict) else one
        for one in expect[name]
    }
    have = set(found)
    for one in sorted(wanted - have):
        yield Problem(f"rules.example_{name}_missing", {"name": one}, f"{where}/{name}")
    for one in sorted(have - wanted):
        yield Problem(f"rules.example_{name}_extra", {"name": one}, f"{where}/{name}")
