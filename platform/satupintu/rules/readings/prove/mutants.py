"""What guarantees and examples would not notice: each rule left out, each deadline doubled."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

from satupintu.forms.document import Form
from satupintu.rules import examples, plain
from satupintu.rules.document import Rule, RuleSet
from satupintu.rules.readings.prove.comparing import compare
from satupintu.rules.readings.prove.proving import first_refuted, prove
from satupintu.rules.readings.prove.report import Report

Kind = Literal["removed", "doubled"]
Caught = Literal["guarantee", "example", "harmless", "unguarded"]


@dataclass(frozen=True)
class Mutant:
    """A rule set with one mistake in it. ``outcome`` counts the rule's outcomes, from 0."""

    kind: Kind
    rule: str
    outcome: int | None
    ruleset: RuleSet


@dataclass(frozen=True)
class Judged:
    """What noticed a mistake: a guarantee or an example by its id.

    A harmless one decides every possible case as before, so that nothing could notice it.
    """

    mutant: Mutant
    caught: Caught
    by: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the JSON object that ``satupintu prove --mutants`` prints of it."""
        return {
            "kind": self.mutant.kind,
            "rule": self.mutant.rule,
            "outcome": self.mutant.outcome,
            "caught": self.caught,
            "by": self.by,
        }


def mutants(ruleset: RuleSet) -> Iterator[Mutant]:
    """Yield each rule left out and each deadline doubled, in the order of the document."""
    for n, rule in enumerate(ruleset.rules):
        rest = (*ruleset.rules[:n], *ruleset.rules[n + 1 :])
        yield Mutant("removed", rule.id, None, replace(ruleset, rules=rest))
        for place in range(len(rule.refer)):
            late = (*ruleset.rules[:n], _doubled(rule, place), *ruleset.rules[n + 1 :])
            yield Mutant("doubled", rule.id, place, replace(ruleset, rules=late))


def judge(
    ruleset: RuleSet, form: Form, progress: Callable[[int, int], None] | None = None
) -> tuple[Judged, ...]:
    """Return what becomes of every mutant of a rule set."""
    all_of_them = tuple(mutants(ruleset))
    known = prove(ruleset, form)
    found = []
    for n, mutant in enumerate(all_of_them, 1):
        found.append(_judged(ruleset, mutant, form, known))
        if progress is not None:
            progress(n, len(all_of_them))
    return tuple(found)


def share(judged: tuple[Judged, ...]) -> float:
    """Return the part of the harmful mutants that something notices, from 0 to 1."""
    harmful = [one for one in judged if one.caught != "harmless"]
    caught = sum(one.caught != "unguarded" for one in harmful)
    return caught / len(harmful) if harmful else 1.0


def _judged(ruleset: RuleSet, mutant: Mutant, form: Form, known: Report) -> Judged:
    results = examples.run(mutant.ruleset, lambda facts: plain.decide(mutant.ruleset, facts))
    failed = next((r.example.id for r in results if not r.passed), None)
    if failed is not None:  # asked first, as it costs a hundredth of a proof
        return Judged(mutant, "example", failed)
    refuted = first_refuted(mutant.ruleset, form, known)
    if refuted is not None:
        return Judged(mutant, "guarantee", refuted)
    same = compare(ruleset, mutant.ruleset, form).verdict == "equivalent"
    return Judged(mutant, "harmless" if same else "unguarded")


def _doubled(rule: Rule, place: int) -> Rule:
    outcome = rule.refer[place]
    late = replace(outcome, within_hours=2 * outcome.within_hours)
    return replace(rule, refer=(*rule.refer[:place], late, *rule.refer[place + 1 :]))
