"""Why an agency is not asked: parts of its rules that were false or unknown, or what bars it."""

from __future__ import annotations

import pytest

from rules.rule_content import agencies, form_facts, shipped
from satupintu.conditions.cel import reading
from satupintu.conditions.meaning import every, holds
from satupintu.conditions.values import Facts, read_facts
from satupintu.rules.document import Example
from satupintu.rules.plain import decide
from satupintu.rules.readings.explain import because, why_not

EXAMPLES = shipped().examples


def known(example: Example) -> Facts:
    given = read_facts(dict(example.facts), form_facts())
    return {**given, **decide(shipped(), given).derived}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e.id)
def test_what_is_missing_is_exactly_why_a_rule_did_not_fire(example: Example) -> None:
    facts = known(example)
    decision = decide(shipped(), facts)
    for agency in agencies():
        for one in why_not(shipped(), facts, agency).rules:
            fired = holds(one.rule.when, facts)
            assert (not one.missing) == (fired is True)
            assert all(part.holds is holds(part.condition, facts) for part in one.missing)
            assert all(part.holds is not True for part in one.missing)
            if one.missing:
                assert every([part.holds for part in one.missing]) is fired
            elif agency not in {a.agency for a in decision.agencies}:
                assert one.barred_by


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e.id)
def test_a_derived_fact_is_so_because_of_the_first_case_that_is_true(example: Example) -> None:
    facts = known(example)
    for fact in shipped().facts:
        case = because(fact, facts)
        assert facts[fact.id] == (fact.otherwise if case is None else case.value)


def test_an_unanswered_fact_leaves_its_part_unknown() -> None:
    for rule in shipped().rules:
        for agency in {o.agency for o in rule.refer}:
            (one,) = [u for u in why_not(shipped(), {}, agency).rules if u.rule.id == rule.id]
            assert all(part.holds is not True for part in one.missing)
            assert all(part.reads for part in one.missing)


def test_the_parts_are_those_that_a_person_wrote() -> None:
    condition = reading.read("berulang && korban_usia < 18", form_facts())
    rule = shipped().rules[0]
    changed = type(shipped())(
        **{**vars(shipped()), "rules": (type(rule)(**{**vars(rule), "when": condition}),)}
    )
    (one,) = why_not(changed, {"berulang": True}, rule.refer[0].agency).rules
    assert [(part.holds, part.reads) for part in one.missing] == [(None, ("korban_usia",))]
