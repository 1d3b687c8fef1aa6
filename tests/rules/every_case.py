"""A form so small that all its answers can be written down, and what holds of all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain, product

from forms.small_forms import choice, form, question
from satupintu.conditions.meaning import holds
from satupintu.conditions.values import Facts
from satupintu.documents import Json
from satupintu.forms.answers import problems
from satupintu.forms.document import Form
from satupintu.forms.facts import facts
from satupintu.rules import plain
from satupintu.rules.collect import collect
from satupintu.rules.decision import Decision
from satupintu.rules.document import Guarantee, RuleSet
from satupintu.rules.guarantees import broken, broken_between

ANSWERS: dict[str, Sequence[Json]] = {
    "aman": (None, True, False),
    "ikut": (None, True, False),
    "jenis": (None, "a", "b", "c"),
    "usia": (None, 0, 1, 2),
    "bentuk": (None, [], ["x"], ["y"], ["x", "y"]),
}


_PAGE = {
    "id": "satu",
    "title": "Halaman satu",
    "questions": [*ANSWERS],
    "x-i18n": {"en": {"title": "Page one"}},
}


@cache
def small() -> Form:
    """A required question, one that hangs on it, a list, and a bound that an answer tightens."""
    return form(
        {
            "aman": question("s-1", type="boolean"),
            "jenis": question("s-3", type="string", oneOf=choice("a", "b", "c")),
            "usia": question("s-4", type="integer", minimum=0, maximum=2),
            "bentuk": {
                **question("s-5", type="array", uniqueItems=True),
                "items": {"type": "string", "oneOf": choice("x", "y")},
            },
        },
        **{"x-pages": [_PAGE]},
        required=["aman"],
        allOf=[
            {
                "if": {"properties": {"aman": {"const": False}}, "required": ["aman"]},
                "then": {
                    "properties": {"ikut": question("s-2", type="boolean")},
                    "required": ["ikut"],
                },
            },
            {
                "if": {"properties": {"jenis": {"const": "a"}}, "required": ["jenis"]},
                "then": {"properties": {"usia": {"minimum": 1}}},
            },
            {
                "if": {
                    "properties": {"bentuk": {"contains": {"const": "x"}}},
                    "required": ["bentuk"],
                },
                "then": {"properties": {"jenis": {"enum": ["a", "b"]}}},
            },
        ],
    )


def every_answers() -> Iterator[dict[str, Json]]:
    """Yield every way to fill the form in, accepted or not."""
    for values in product(*ANSWERS.values()):
        yield {n: v for n, v in zip(ANSWERS, values, strict=True) if v is not None}


@cache
def every_case() -> tuple[Facts, ...]:
    """Every case that the form accepts."""
    return tuple(facts(small(), a) for a in every_answers() if not problems(small(), a))


def decisions(ruleset: RuleSet) -> tuple[Decision, ...]:
    """Return the plain decision of every case; those of the last few rule sets are kept."""
    kept = _decided.get(id(ruleset))
    if kept is None or kept[0] is not ruleset:
        decided = tuple(plain.decide(ruleset, case) for case in every_case())
        while len(_decided) > 3:
            _decided.pop(next(iter(_decided)))
        kept = _decided[id(ruleset)] = ruleset, decided
    return kept[1]


_decided: dict[int, tuple[RuleSet, tuple[Decision, ...]]] = {}


def verdict(ruleset: RuleSet, guarantee: Guarantee) -> str:
    """Return the verdict on a guarantee, by looking at every case."""
    spoken_of = [
        case
        for case, decision in zip(every_case(), decisions(ruleset), strict=True)
        if holds(guarantee.given, {**case, **decision.derived}) is True
    ]
    change = guarantee.monotone
    if change is not None:
        pairs = [
            (before, after)
            for before in spoken_of
            for after in every_case()
            if before.get(change.fact) == change.before
            and after == {**before, change.fact: change.after}
        ]
        wrong = any(broken_between(ruleset, guarantee, *pair) for pair in pairs)
        return "refuted" if wrong else "proved" if pairs else "vacuous"
    if any(broken(ruleset, guarantee, case) for case in spoken_of):
        return "refuted"
    return "proved" if spoken_of else "vacuous"


def never_fire(ruleset: RuleSet) -> set[str]:
    """Return the rules that no case makes fire."""
    fired = set(chain.from_iterable(decision.rules for decision in decisions(ruleset)))
    return {rule.id for rule in ruleset.rules} - fired


def not_needed(ruleset: RuleSet) -> set[str]:
    """Return the rules without which every case is decided alike."""
    return {
        rule.id
        for rule in ruleset.rules
        if all(_same_without(ruleset, rule.id, whole) for whole in decisions(ruleset))
    }


def compared(old: RuleSet, new: RuleSet) -> str:
    """Return the word for a new version, by looking at every case."""
    gains = loses = other = False
    for before, after in zip(decisions(old), decisions(new), strict=True):
        gains |= _gains(before, after)
        loses |= _gains(after, before)
        other |= not before.same_outcome(after)
    if gains or loses:
        return "mixed" if gains and loses else "more_protective" if gains else "less_protective"
    return "mixed" if other else "equivalent"


def gained(old: RuleSet, new: RuleSet, case: Facts) -> bool:
    """Tell whether a case gets more from a new version: an agency, a service, or one sooner."""
    return _gains(plain.decide(old, case), plain.decide(new, case))


def _same_without(ruleset: RuleSet, rule: str, whole: Decision) -> bool:
    if rule not in whole.rules:
        return True
    rest = collect(ruleset, [r for r in whole.rules if r != rule], whole.derived)
    return whole.same_outcome(rest)


def _gains(before: Decision, after: Decision) -> bool:
    had, has = _hours(before), _hours(after)
    return any(place not in had or has[place] < had[place] for place in has)


def _hours(decision: Decision) -> dict[tuple[str, str], int]:
    return {
        (agency.agency, service.service): service.within_hours
        for agency in decision.agencies
        for service in agency.services
    }
