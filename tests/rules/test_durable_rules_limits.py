"""Every limit of durable_rules that was measured is kept away from."""

from __future__ import annotations

import json
from threading import Thread
from typing import Any

import pytest
from benchmarks import generated

from rules.rule_content import shipped
from rules.rule_strategies import rule, rule_set
from satupintu.conditions.ast import And, Compare, Condition, Fact, Holds, Not, Number, OneOf, Truth
from satupintu.conditions.types import Boolean, Choice, FactTypes, Integer, Many
from satupintu.errors import BadDocument
from satupintu.rules import plain, samples
from satupintu.rules.document import RuleSet
from satupintu.rules.readings.decide import Index
from satupintu.rules.readings.execute import network
from satupintu.rules.readings.execute.compile import compile_rules
from satupintu.rules.readings.execute.engine import Engine
from satupintu.rules.readings.execute.trouble import EngineTrouble


def rules(whens: list[Condition], types: FactTypes) -> RuleSet:
    return rule_set(tuple(rule(n, when) for n, when in enumerate(whens)), types)


def networks(ruleset: RuleSet) -> list[network.Network]:
    return [n for step in compile_rules(ruleset).passes for n in step.networks]


def agrees(ruleset: RuleSet, cases: list[Any]) -> None:
    engine = Engine(ruleset)
    try:
        for case in cases:
            assert engine.fired(case)[0] == list(plain.decide(ruleset, case).rules)
    finally:
        engine.close()


def test_1200_options_of_one_choice_are_split_because_512_children_hang_the_engine() -> None:
    options = tuple(f"option_{n}" for n in range(1_200))
    ruleset = rules([OneOf(Fact("kind"), (o,)) for o in options], {"kind": Choice(options)})
    assert len(networks(ruleset)) >= 3
    assert max(len(n.rules) for n in networks(ruleset)) <= network.MAX_CHILDREN
    agrees(ruleset, [{"kind": options[n]} for n in (0, 479, 480, 513, 1_199)] + [{}])


def test_600_rules_with_one_condition_are_one_because_256_kill_the_engine() -> None:
    ruleset = rules([Truth(Fact("yes"))] * 600, {"yes": Boolean()})
    (only,) = networks(ruleset)
    assert [len(conclusions) for conclusions in only.rules.values()] == [600]
    agrees(ruleset, [{"yes": True}, {"yes": False}, {}])


def test_300_ranges_that_hold_together_are_split_because_64_pending_are_an_error() -> None:
    ruleset = rules(
        [Compare(Fact("age"), ">=", Number(n)) for n in range(300)], {"age": Integer(0, 300)}
    )
    assert all(len(n.rules) <= network.MAX_PENDING for n in networks(ruleset))
    agrees(ruleset, [{"age": 300}, {"age": 0}, {"age": 150}, {}])


def test_ranges_behind_shared_equalities_never_leave_too_many_pending() -> None:
    types = {"kind": Choice(("a", "b")), "age": Integer(0, 200), "hours": Integer(0, 200)}
    whens: list[Condition] = [
        And((OneOf(Fact("kind"), ("a",)), Compare(Fact(fact), ">=", Number(n))))
        for n in range(80)
        for fact in ("age", "hours")
    ]
    agrees(rules(whens, types), [{"kind": "a", "age": 200, "hours": 200}, {"kind": "b", "age": 9}])


def test_5000_rules_are_split_because_over_4096_are_an_error() -> None:
    types = {f"kind_{n}": Choice(tuple(f"o{m}" for m in range(71))) for n in range(2)}
    whens: list[Condition] = [
        And((OneOf(Fact("kind_0"), (f"o{n // 71}",)), OneOf(Fact("kind_1"), (f"o{n % 71}",))))
        for n in range(71 * 71)
    ]
    ruleset = rules(whens, types)
    assert len(networks(ruleset)) == 2
    agrees(ruleset, [{"kind_0": "o70", "kind_1": "o70"}, {"kind_0": "o0", "kind_1": "o1"}, {}])


def test_300_facts_are_split_because_253_properties_are_an_error() -> None:
    types = {f"yes_{n}": Boolean() for n in range(300)}
    ruleset = rules([Truth(Fact(name)) for name in types], types)
    assert all(len(n.keys) <= network.MAX_KEYS for n in networks(ruleset))
    agrees(ruleset, [dict.fromkeys(types, True), dict.fromkeys(types, False)])


def test_one_condition_over_more_facts_than_a_message_may_have_is_refused() -> None:
    types = {f"yes_{n}": Boolean() for n in range(300)}
    ruleset = rules([And(tuple(Truth(Fact(name)) for name in types))], types)
    with pytest.raises(BadDocument) as caught:
        compile_rules(ruleset)
    assert caught.value.problems[0].key == "rules.engine_condition_too_large"


def test_only_the_safe_subset_is_ever_written() -> None:
    allowed = {"all", "m", "$and", "$neq", "$lt", "$lte", "$gt", "$gte"}
    for ruleset in (shipped(), generated.rule_set(200, derived=True)):
        for one in networks(ruleset):
            names = _names(list(json.loads(one.definition).values()))
            assert {n for n in names if n.startswith("$") or n in allowed} <= allowed
            assert {n for n in names if n not in allowed} <= {*one.keys.values(), "z"}
            assert all(len(n) <= 4 for n in names if n not in allowed)


def _names(value: Any) -> set[str]:
    if isinstance(value, list):
        return set().union(*map(_names, value))
    if isinstance(value, dict):
        return set(value).union(*map(_names, value.values()))
    assert isinstance(value, int)
    return set()


def test_no_word_of_a_person_reaches_the_engine() -> None:
    types = {"kind": Choice(('"}, {"sid', "\\", "é\u2028")), "many": Many(("'", '"', "\x00"))}
    ruleset = rules(
        [OneOf(Fact("kind"), (o,)) for o in types["kind"].options]
        + [Holds(Fact("many"), (o,)) for o in types["many"].options],
        types,
    )
    agrees(ruleset, list(samples.draw(ruleset, 50)))


def test_keys_never_share_a_hash_with_each_other_or_with_the_engines_own() -> None:
    names = network.short_names()
    drawn = [next(names) for _ in range(3_000)]
    hashes = {network.fnv1a(name) for name in [*drawn, *network.RESERVED]}
    assert len(hashes) == 3_000 + len(network.RESERVED)
    assert (network.fnv1a("sid"), network.fnv1a("id")) == (3_593_476_751, 926_444_256)


def test_a_negation_on_a_missing_fact_stays_silent() -> None:
    types = {"kind": Choice(("a", "b", "c")), "age": Integer(0, 9), "many": Many(("p", "q"))}
    ruleset = rules(
        [
            Not(OneOf(Fact("kind"), ("a",))),
            Compare(Fact("age"), "!=", Number(3)),
            Not(Holds(Fact("many"), ("p",))),
        ],
        types,
    )
    agrees(ruleset, [{}, {"kind": "b", "age": 4, "many": ()}, {"kind": "a", "age": 3}])
    assert Index(ruleset).fired({})[0] == []


def test_fifty_swaps_are_right_and_the_old_engine_refuses() -> None:
    cases = list(samples.draw(shipped(), 20))
    expected = [Index(shipped()).fired(case) for case in cases]
    engine = Engine(shipped())
    for _ in range(50):
        old, engine = engine, Engine(shipped())
        old.close()
        assert [engine.fired(case) for case in cases] == expected
    engine.close()
    engine.close()
    with pytest.raises(EngineTrouble) as caught:
        engine.decide({})
    assert caught.value.what == "closed"


def test_an_engine_that_never_decided_closes_without_harm() -> None:
    Engine(shipped()).close()


def test_threads_share_one_engine_without_a_wrong_answer() -> None:
    ruleset = generated.rule_set(60, derived=True)
    cases = list(samples.draw(ruleset, 200))
    index, engine = Index(ruleset), Engine(ruleset)
    expected = [index.fired(case) for case in cases]
    wrong: list[int] = []

    def work(start: int) -> None:
        for n in range(len(cases)):
            place = (start + n) % len(cases)
            if engine.fired(cases[place]) != expected[place]:
                wrong.append(place)

    threads = [Thread(target=work, args=(25 * n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    engine.close()
    assert wrong == []
