"""A rule-set document, read into typed, frozen data; every problem is found in one reading."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType

from satupintu import documents
from satupintu.conditions import normal
from satupintu.conditions.ast import Condition
from satupintu.conditions.names import facts_of
from satupintu.conditions.types import Choice, FactType, FactTypes
from satupintu.documents import Json
from satupintu.errors import BadDocument, Problem
from satupintu.rules import claims, references, shape
from satupintu.rules.document import DerivedCase, DerivedFact, Flag, Outcome, Rule, RuleSet
from satupintu.rules.references import Agencies, References
from satupintu.words import Text

MAX_ALTERNATIVES = 40_000
"""Alternatives of all conditions together: what the engines index, with room to spare."""


def read(
    document: Json,
    form_facts: FactTypes,
    agencies: Agencies | None = None,
    laws: Collection[str] | None = None,
) -> RuleSet:
    """Return the rule set of a parsed document, typed against the facts of its form.

    ``agencies`` maps each agency to its services and ``laws`` holds the ids of the legal basis;
    where one is None, what the document names there is taken as it is. Raises BadDocument with
    every problem, each with a pointer into the document and, inside a condition, the column.
    """
    BadDocument.raise_if(shape.problems(document))
    types = {**_types(document), **form_facts}
    known = References(
        types=MappingProxyType(types),
        flags=[flag["id"] for flag in document.get("flags", ())],
        agencies=agencies,
        laws=laws,
    )
    problems = list(_repeated(document, form_facts))
    facts = _derived(document, known, problems)
    flags = _flags(document, known, problems)
    rules = tuple(
        _rule(rule, known, f"/rules/{n}", problems) for n, rule in enumerate(document["rules"])
    )
    guarantees = claims.guarantees(document, known, problems)
    examples = claims.examples(document, form_facts, known, problems)
    if not problems:
        problems.extend(_too_much_together([r.when for r in rules], facts))
    BadDocument.raise_if(problems)
    return RuleSet(
        id=document["id"],
        form=document["form"],
        title=_text(document["title"]),
        facts=facts,
        rules=rules,
        flags=MappingProxyType(flags),
        guarantees=guarantees,
        examples=examples,
        types=known.types,
        hash=documents.content_hash(document),
    )


def _types(document: Json) -> dict[str, FactType]:
    """Return the types of the derived facts, each a choice among its options."""
    return {
        fact["id"]: Choice(tuple(dict.fromkeys(option["const"] for option in fact["options"])))
        for fact in document.get("facts", ())
    }


def _repeated(document: Json, form_facts: FactTypes) -> Iterator[Problem]:
    for name in ("facts", "flags", "rules", "guarantees", "examples"):
        yield from references.repeated((item["id"] for item in document.get(name, ())), f"/{name}")
    for n, fact in enumerate(document.get("facts", ())):
        where = f"/facts/{n}"
        if fact["id"] in form_facts:
            yield Problem("rules.fact_is_answer", {"fact": fact["id"]}, f"{where}/id")
        yield from references.repeated((case["id"] for case in fact["cases"]), f"{where}/cases")
        consts = [option["const"] for option in fact["options"]]
        for m, const in enumerate(consts):
            if const in consts[:m]:
                place = f"{where}/options/{m}/const"
                yield Problem("rules.option_repeated", {"option": const}, place)


def _derived(document: Json, known: References, problems: list[Problem]) -> tuple[DerivedFact, ...]:
    found = []
    later = [fact["id"] for fact in document.get("facts", ())]
    for n, fact in enumerate(document.get("facts", ())):
        where = f"/facts/{n}"
        options = {option["const"]: _text(option["title"]) for option in fact["options"]}
        cases = []
        for m, case in enumerate(fact["cases"]):
            place = f"{where}/cases/{m}"
            when = references.condition(case["when"], known.types, f"{place}/when", problems)
            for name in sorted(facts_of(when).intersection(later)):
                problems.append(Problem("rules.fact_too_early", {"fact": name}, f"{place}/when"))
            if case["is"] not in options:
                problems.append(
                    references.unknown("rules.option_unknown", case["is"], options, f"{place}/is")
                )
            cases.append(DerivedCase(case["id"], when, case["is"], _text(case.get("why", {}))))
        if fact["otherwise"] not in options:
            problems.append(
                references.unknown(
                    "rules.option_unknown", fact["otherwise"], options, f"{where}/otherwise"
                )
            )
        later.remove(fact["id"])
        found.append(
            DerivedFact(
                id=fact["id"],
                title=_text(fact["title"]),
                options=MappingProxyType(options),
                cases=tuple(cases),
                otherwise=fact["otherwise"],
                otherwise_why=_text(fact.get("otherwise_why", {})),
                headline=fact.get("headline", False),
            )
        )
    return tuple(found)


def _flags(document: Json, known: References, problems: list[Problem]) -> dict[str, Flag]:
    found = {}
    for n, flag in enumerate(document.get("flags", ())):
        where = f"/flags/{n}"
        effect, fact, agencies = flag.get("effect"), flag.get("fact"), flag.get("agencies")
        if effect == "restrict_to_head":
            if fact is None:
                problems.append(Problem("rules.restriction_without_fact", {}, where))
            else:
                problems.extend(_restriction(fact, agencies, known, where))
        elif fact is not None:
            problems.append(Problem("rules.fact_without_restriction", {}, f"{where}/fact"))
        found[flag["id"]] = Flag(
            id=flag["id"],
            title=_text(flag["title"]),
            effect=effect,
            fact=fact,
            agencies=None
            if agencies is None
            else MappingProxyType({value: tuple(codes) for value, codes in agencies.items()}),
        )
    return found


def _restriction(
    fact: str, agencies: Mapping[str, list[str]], known: References, where: str
) -> Iterator[Problem]:
    match known.types.get(fact):
        case None:
            yield references.unknown("rules.fact_unknown", fact, known.types, f"{where}/fact")
        case Choice(options):
            for value in agencies:
                if value not in options:
                    place = f"{where}/agencies" + documents.pointer([value])
                    yield references.unknown("rules.option_unknown", value, options, place)
        case _:
            yield Problem("rules.fact_not_a_choice", {"fact": fact}, f"{where}/fact")
    for value, codes in agencies.items():
        for n, code in enumerate(codes):
            yield from known.agency(code, f"{where}/agencies" + documents.pointer([value, n]))


def _rule(rule: Json, known: References, where: str, problems: list[Problem]) -> Rule:
    for n, basis in enumerate(rule.get("basis", ())):
        problems.extend(known.law(basis, f"{where}/basis/{n}"))
    for name in ("refer", "forbid"):
        for n, at in enumerate(rule.get(name, ())):
            problems.extend(known.service(at["agency"], at["service"], f"{where}/{name}/{n}"))
    for n, agency in enumerate(rule.get("exclude", ())):
        problems.extend(known.agency(agency, f"{where}/exclude/{n}"))
    for n, flag in enumerate(rule.get("flag", ())):
        problems.extend(known.flag(flag, f"{where}/flag/{n}"))
    return Rule(
        id=rule["id"],
        title=_text(rule["title"]),
        why=_text(rule.get("why", {})),
        basis=tuple(rule.get("basis", ())),
        when=references.condition(rule["when"], known.types, f"{where}/when", problems),
        refer=tuple(
            Outcome(o["agency"], o["service"], o["within_hours"], o["urgency"], o["consent"])
            for o in rule.get("refer", ())
        ),
        exclude=tuple(rule.get("exclude", ())),
        forbid=tuple((f["agency"], f["service"]) for f in rule.get("forbid", ())),
        flag=tuple(rule.get("flag", ())),
    )


def _too_much_together(rules: list[Condition], facts: tuple[DerivedFact, ...]) -> Iterator[Problem]:
    conditions = [*rules, *(case.when for fact in facts for case in fact.cases)]
    if sum(map(normal.width, conditions)) > MAX_ALTERNATIVES:
        yield Problem("rules.too_wide_together", {"limit": MAX_ALTERNATIVES}, "/rules")


def _text(value: Mapping[str, str]) -> Text:
    return MappingProxyType(dict(value))
