"""One meaning: plain, decide and execute say the same of any rule set and any facts."""

from __future__ import annotations

import pytest
from benchmarks import generated
from hypothesis import given
from hypothesis import strategies as st

from conditions.condition_strategies import RICH, facts, sized, vocabularies
from rules.rule_content import shipped
from rules.rule_strategies import rule, rule_set, rule_sets
from satupintu.conditions.ast import And, Fact, Has, Not, OneOf, RowsExist, Truth
from satupintu.conditions.types import Boolean, Choice, FactTypes, Rows
from satupintu.conditions.values import Facts
from satupintu.rules import examples, plain, samples
from satupintu.rules.document import DerivedCase, DerivedFact, RuleSet
from satupintu.rules.readings.decide import Index
from satupintu.rules.readings.execute.engine import Engine


def agree(ruleset: RuleSet, cases: list[Facts]) -> None:
    index, engine = Index(ruleset), Engine(ruleset)
    try:
        for case in cases:
            expected = plain.decide(ruleset, case)
            assert index.decide(case) == expected
            assert engine.decide(case) == expected
            assert index.fired(case) == (list(expected.rules), expected.derived)
            assert engine.fired(case) == (list(expected.rules), expected.derived)
    finally:
        engine.close()


@sized(60, assured=4_000)
@given(st.data())
def test_all_readings_agree_on_rule_sets_over_every_type_of_fact(data: st.DataObject) -> None:
    ruleset = data.draw(rule_sets(RICH))
    agree(ruleset, data.draw(st.lists(facts(RICH), min_size=1, max_size=5)))


@sized(60, assured=4_000)
@given(st.data())
def test_all_readings_agree_on_drawn_vocabularies(data: st.DataObject) -> None:
    types: FactTypes = data.draw(vocabularies())
    ruleset = data.draw(rule_sets(types))
    agree(ruleset, data.draw(st.lists(facts(types), min_size=1, max_size=5)))


def test_all_readings_agree_on_the_shipped_rules() -> None:
    agree(shipped(), list(samples.draw(shipped(), 300)))


@pytest.mark.assure
def test_all_readings_agree_on_the_shipped_rules_over_20000_cases() -> None:
    agree(shipped(), list(samples.draw(shipped(), 20_000, seed=11)))


@pytest.mark.parametrize("count", [10, 100])
def test_all_readings_agree_on_generated_rule_sets(count: int) -> None:
    ruleset = generated.rule_set(count, seed=count, derived=True)
    agree(ruleset, list(samples.draw(ruleset, 100)))


@pytest.mark.assure
@pytest.mark.parametrize("seed", range(20))
def test_all_readings_agree_on_generated_rule_sets_over_1000_cases_each(seed: int) -> None:
    ruleset = generated.rule_set(250, seed=100 + seed, derived=True)
    agree(ruleset, list(samples.draw(ruleset, 1_000, seed)))


@pytest.mark.assure
def test_all_readings_agree_on_1000_and_10000_rules() -> None:
    for count in (1_000, 10_000):
        ruleset = generated.rule_set(count)
        agree(ruleset, list(samples.draw(ruleset, 20)))


@pytest.mark.parametrize("reading", ["plain", "decide", "execute"])
def test_every_shipped_example_gives_exactly_its_expected_decision(reading: str) -> None:
    ruleset = shipped()
    engine = Engine(ruleset)
    decide = {
        "plain": lambda known: plain.decide(ruleset, known),
        "decide": Index(ruleset).decide,
        "execute": engine.decide,
    }[reading]
    results = examples.run(ruleset, decide)
    engine.close()
    assert len(results) == 20
    assert [(r.example.id, r.differences) for r in results if not r.passed] == []


def test_an_unanswered_fact_never_fires_a_rule_but_has_may() -> None:
    types = {"kind": Choice(("a", "b")), "yes": Boolean()}
    ruleset = rule_set(
        (
            rule(1, Not(OneOf(Fact("kind"), ("a",)))),
            rule(2, Not(Truth(Fact("yes")))),
            rule(3, Not(Has(Fact("kind")))),
            rule(4, Has(Fact("yes"))),
        ),
        types,
    )
    agree(ruleset, [{}, {"kind": "a"}, {"kind": "b", "yes": False}, {"yes": True}])
    assert plain.decide(ruleset, {}).rules == ("R3",)


def test_rows_may_ask_for_a_derived_fact_too() -> None:
    types = {"yes": Boolean(), "children": Rows({"ill": Boolean()}, 3), "level": Choice(("a", "b"))}
    title = {"id": "Tingkat"}
    level = DerivedFact(
        "level",
        title,
        {"a": title, "b": title},
        (DerivedCase("K1", Truth(Fact("yes")), "a", title),),
        "b",
        title,
    )
    both = And((Truth(Fact("r.ill")), OneOf(Fact("level"), ("a",))))
    ruleset = rule_set((rule(1, RowsExist(Fact("children"), "r", both)),), types, (level,))
    ill: Facts = {"children": ({"ill": False}, {"ill": True})}
    agree(ruleset, [ill, {**ill, "yes": True}, {"yes": True}, {"yes": True, "children": ()}])
    assert plain.decide(ruleset, {**ill, "yes": True}).rules == ("R1",)


def test_the_order_of_rules_changes_no_outcome() -> None:
    ruleset = shipped()
    turned = rule_set(tuple(reversed(ruleset.rules)), ruleset.types, ruleset.facts)
    for case in samples.draw(ruleset, 200, seed=3):
        assert plain.decide(ruleset, case).same_outcome(plain.decide(turned, case))
