"""What a rule set claims about itself: guarantees for every case, examples for single ones."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

from satupintu.conditions import values
from satupintu.conditions.ast import TRUE
from satupintu.conditions.types import Boolean, Choice, FactType, FactTypes, Integer
from satupintu.documents import Json, pointer
from satupintu.errors import BadAnswers, Problem
from satupintu.rules import references
from satupintu.rules.document import Example, Guarantee, Monotone, Promise
from satupintu.rules.references import References


def guarantees(document: Json, known: References, problems: list[Problem]) -> tuple[Guarantee, ...]:
    """Read the guarantees; what is wrong is added to ``problems``."""
    found = []
    for n, guarantee in enumerate(document.get("guarantees", ())):
        where = f"/guarantees/{n}"
        if sum(name in guarantee for name in ("always", "never", "monotone")) != 1:
            problems.append(Problem("rules.guarantee_of_one_kind", {}, where))
        given = guarantee.get("given")
        found.append(
            Guarantee(
                id=guarantee["id"],
                title=MappingProxyType(guarantee["title"]),
                given=TRUE
                if given is None
                else references.condition(given, known.types, f"{where}/given", problems),
                always=_promises(guarantee.get("always"), known, f"{where}/always", problems),
                never=_promises(guarantee.get("never"), known, f"{where}/never", problems),
                monotone=_monotone(guarantee.get("monotone"), known, f"{where}/monotone", problems),
            )
        )
    return tuple(found)


def _promises(
    outcome: Json | None, known: References, where: str, problems: list[Problem]
) -> tuple[Promise, ...]:
    if outcome is None:
        return ()
    if "any" in outcome:
        return tuple(
            promise
            for n, one in enumerate(outcome["any"])
            for promise in _promises(one, known, f"{where}/any/{n}", problems)
        )
    if "agency" in outcome and "service" in outcome:
        problems.extend(known.service(outcome["agency"], outcome["service"], where))
    elif "agency" in outcome:
        problems.extend(known.agency(outcome["agency"], f"{where}/agency"))
    if "flag" in outcome:
        problems.extend(known.flag(outcome["flag"], f"{where}/flag"))
    if ("flag" in outcome) == ("agency" in outcome):
        problems.append(Problem("rules.outcome_agency_or_flag", {}, where))
    return (
        Promise(
            outcome.get("agency"),
            outcome.get("service"),
            outcome.get("within_hours"),
            outcome.get("flag"),
        ),
    )


def _monotone(
    claim: Json | None, known: References, where: str, problems: list[Problem]
) -> Monotone | None:
    if claim is None:
        return None
    fact = claim["fact"]
    fact_type = known.types.get(fact)
    if fact_type is None:
        problems.append(
            references.unknown("rules.fact_unknown", fact, known.types, f"{where}/fact")
        )
    else:
        for end in ("from", "to"):
            if not _may_be(claim[end], fact_type):
                problems.append(
                    Problem("rules.value_not_of_fact", {"fact": fact}, f"{where}/{end}")
                )
    return Monotone(fact, claim["from"], claim["to"])


def _may_be(value: bool | int | str, fact_type: FactType) -> bool:
    match fact_type:
        case Boolean():
            return isinstance(value, bool)
        case Integer(minimum, maximum):
            return (
                isinstance(value, int)
                and not isinstance(value, bool)
                and (minimum is None or value >= minimum)
                and (maximum is None or value <= maximum)
            )
        case Choice(options):
            return value in options
        case _:
            return False


def examples(
    document: Json, form_facts: FactTypes, known: References, problems: list[Problem]
) -> tuple[Example, ...]:
    """Read the examples; their facts are the form's, what they expect is of this rule set.

    A rule that is expected but gone is no error: the example fails, which is what it is for.
    """
    derived = {fact["id"]: known.types[fact["id"]] for fact in document.get("facts", ())}
    found = []
    for n, example in enumerate(document.get("examples", ())):
        where = f"/examples/{n}"
        try:
            values.read_facts(example["facts"], form_facts)
        except BadAnswers as e:
            problems.extend(p.under(f"{where}/facts") for p in e.problems)
        problems.extend(_expected(example["expect"], derived, known, f"{where}/expect"))
        found.append(
            Example(
                id=example["id"],
                title=MappingProxyType(example["title"]),
                facts=MappingProxyType(example["facts"]),
                expect=MappingProxyType(example["expect"]),
            )
        )
    return tuple(found)


def _expected(expect: Json, derived: FactTypes, known: References, where: str) -> Iterator[Problem]:
    for fact, value in expect.get("derived", {}).items():
        place = f"{where}/derived" + pointer([fact])
        match derived.get(fact):
            case Choice(options) if value in options:
                continue
            case Choice(options):
                yield references.unknown("rules.option_unknown", value, options, place)
            case _:
                yield references.unknown("rules.fact_unknown", fact, derived, place)
    for agency in expect.get("agencies", {}):
        yield from known.agency(agency, f"{where}/agencies" + pointer([agency]))
    for n, agency in enumerate(expect.get("excluded", ())):
        yield from known.agency(agency, f"{where}/excluded/{n}")
    for n, at in enumerate(expect.get("forbidden", ())):
        yield from known.service(at["agency"], at["service"], f"{where}/forbidden/{n}")
    for n, flag in enumerate(expect.get("flags", ())):
        yield from known.flag(flag, f"{where}/flags/{n}")
