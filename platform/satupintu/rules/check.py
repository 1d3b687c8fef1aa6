"""Everything a person should know about a rule-set document before anyone relies on it."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from satupintu import documents, words
from satupintu.conditions.ast import TRUE
from satupintu.conditions.doubts import Doubts
from satupintu.conditions.nearest import or_nearest
from satupintu.conditions.types import FactTypes
from satupintu.documents import Json
from satupintu.errors import BadDocument, Problem
from satupintu.rules import reading
from satupintu.rules.contradictions import contradictions
from satupintu.rules.document import RuleSet
from satupintu.rules.references import Agencies
from satupintu.rules.unused import unused


def check(
    data: bytes,
    file: str,
    form_facts: FactTypes,
    agencies: Agencies | None = None,
    laws: Collection[str] | None = None,
) -> list[Problem]:
    """Return what is wrong with a rule-set document, and, where it can be read, what is worth
    a look.

    Each problem names file and pointer; those that only deserve a look are warnings.
    """
    try:
        document = documents.parse(data)
        ruleset = reading.read(document, form_facts, agencies, laws)
    except BadDocument as e:
        return [p.within(file) for p in e.problems]
    found = [
        *contradictions(ruleset),
        *_expecting_what_is_gone(ruleset),
        *_unreasoned(ruleset),
        *_doubtful(ruleset),
        *unused(ruleset, document),
        *_untranslated(document),
    ]
    return [problem.within(file) for problem in found]


def _expecting_what_is_gone(ruleset: RuleSet) -> Iterator[Problem]:
    rules = [rule.id for rule in ruleset.rules]
    for n, example in enumerate(ruleset.examples):
        for m, rule in enumerate(example.expect.get("rules", ())):
            if rule not in rules:
                key, params = or_nearest("rules.warn_expects_no_rule", rule, rules)
                where = f"/examples/{n}/expect/rules/{m}"
                yield Problem(key, {**params, "example": example.id}, where, level="warning")


def _unreasoned(ruleset: RuleSet) -> Iterator[Problem]:
    for n, rule in enumerate(ruleset.rules):
        params, where = {"rule": rule.id}, f"/rules/{n}"
        if not rule.why:
            yield Problem("rules.warn_no_reason", params, where, level="warning")
        if not rule.basis:
            yield Problem("rules.warn_no_basis", params, where, level="warning")


def _doubtful(ruleset: RuleSet) -> Iterator[Problem]:
    doubts = Doubts(ruleset.types)
    for n, rule in enumerate(ruleset.rules):
        yield from doubts.of(rule.when, f"/rules/{n}/when")
    for n, fact in enumerate(ruleset.facts):
        places = [f"/facts/{n}/cases/{m}/when" for m in range(len(fact.cases))]
        yield from doubts.of_cases([case.when for case in fact.cases], places)
        for case, place in zip(fact.cases, places, strict=True):
            if case.when == TRUE:
                params = {"rule": case.id}
                yield Problem("rules.warn_covers_rest", params, place, level="warning")
    for n, guarantee in enumerate(ruleset.guarantees):
        yield from doubts.of(guarantee.given, f"/guarantees/{n}/given")


def _untranslated(document: Json) -> Iterator[Problem]:
    pending: list[tuple[str, Json]] = [("", document)]
    while pending:
        where, value = pending.pop()
        if isinstance(value, list):
            pending.extend((f"{where}/{n}", item) for n, item in enumerate(value))
        elif isinstance(value, dict):
            for key, item in value.items():
                if key in ("title", "why", "otherwise_why"):
                    for language in [known for known in words.languages() if known not in item]:
                        params = {"language": language}
                        place = f"{where}/{key}"
                        yield Problem("rules.warn_untranslated", params, place, level="warning")
                elif key not in ("agencies", "expect", "monotone") and not (
                    key == "facts" and where
                ):
                    pending.append((where + documents.pointer([key]), item))
