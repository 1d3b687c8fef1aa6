"""Where every case can be written down, the prover says what looking at all of them says."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from conditions.condition_strategies import conditions, sized
from rules.every_case import (
    compared,
    decisions,
    every_case,
    gained,
    never_fire,
    not_needed,
    small,
    verdict,
)
from rules.rule_strategies import AGENCIES, HOURS, NAME, SERVICES, rule_sets
from satupintu.conditions.meaning import holds
from satupintu.conditions.types import FactTypes
from satupintu.conditions.values import read_facts
from satupintu.forms.answers import problems
from satupintu.forms.facts import facts
from satupintu.rules.document import Guarantee, Monotone, Promise, RuleSet
from satupintu.rules.guarantees import broken, broken_between
from satupintu.rules.readings.prove import compare, prove

PROMISES = st.builds(
    Promise,
    agency=st.sampled_from(AGENCIES),
    service=st.none() | st.sampled_from(SERVICES),
    within_hours=st.none() | st.sampled_from(HOURS),
)
FLAGS = st.builds(Promise, flag=st.sampled_from(("one", "two")))
CHANGES = st.sampled_from(
    (
        Monotone("aman", True, False),
        Monotone("ikut", False, True),
        Monotone("jenis", "b", "c"),
        Monotone("usia", 2, 1),
    )
)


def guarantees(types: FactTypes) -> st.SearchStrategy[Guarantee]:
    promises = st.lists(PROMISES | FLAGS, min_size=1, max_size=2).map(tuple)
    claims = st.one_of(
        st.fixed_dictionaries({"always": promises}),
        st.fixed_dictionaries({"never": promises}),
        st.fixed_dictionaries({"monotone": CHANGES}),
    )
    return st.builds(
        lambda given, claim: Guarantee("P", NAME, given, **claim), conditions(types), claims
    )


@st.composite
def guaranteed(draw: st.DrawFn) -> RuleSet:
    ruleset = draw(rule_sets(small().facts))
    drawn = draw(st.lists(guarantees(ruleset.types), min_size=1, max_size=4))
    claims = tuple(replace(one, id=f"P{n}") for n, one in enumerate(drawn))
    return replace(ruleset, guarantees=claims)


def test_there_are_many_cases_and_more_ways_to_fill_the_form_in_wrongly() -> None:
    assert 50 < len(every_case()) < 300


@sized(30, assured=3_000)
@given(guaranteed())
def test_every_verdict_is_what_looking_at_every_case_says(ruleset: RuleSet) -> None:
    form, report = small(), prove(ruleset, small())
    assert not report.undetermined
    assert not report.nothing_accepted
    for found, guarantee in zip(report.guarantees, ruleset.guarantees, strict=True):
        assert found.verdict == verdict(ruleset, guarantee)
        if found.verdict == "refuted":
            assert found.counterexample is not None
            assert found.answers is not None
            assert not problems(form, found.answers)
            case = facts(form, found.answers)
            assert case == read_facts(dict(found.counterexample), form.facts)
            if guarantee.monotone is None:
                assert broken(ruleset, guarantee, case)
            else:
                after = read_facts(dict(found.after or {}), form.facts)
                assert broken_between(ruleset, guarantee, case, after)
    assert set(report.unreachable) == never_fire(ruleset)
    assert set(report.redundant) == not_needed(ruleset)
    unrouted = any(not decision.agencies for decision in decisions(ruleset))
    assert (report.unrouted is not None) == unrouted


@sized(15, assured=1_000)
@given(guaranteed())
def test_what_is_always_true_is_true_of_every_case(ruleset: RuleSet) -> None:
    found = set(prove(ruleset, small()).always_true)

    def always(when: object, known: object) -> bool:
        return holds(when, known) is True  # type: ignore[arg-type]

    decided = list(zip(every_case(), decisions(ruleset), strict=True))
    for rule in ruleset.rules:
        true = all(always(rule.when, {**case, **d.derived}) for case, d in decided)
        assert (rule.id in found) == (true and rule.when.__class__.__name__ != "Always")


@sized(25, assured=2_000)
@given(rule_sets(small().facts), st.data())
def test_two_versions_compare_as_looking_at_every_case_says(
    old: RuleSet, data: st.DataObject
) -> None:
    kept = data.draw(st.sets(st.sampled_from([rule.id for rule in old.rules])))
    late = data.draw(st.sampled_from((1, 2)))
    rules = tuple(
        replace(
            rule,
            refer=tuple(replace(o, within_hours=o.within_hours * late) for o in rule.refer),
        )
        for rule in old.rules
        if rule.id in kept
    )
    new = data.draw(st.just(replace(old, rules=rules)) | rule_sets(small().facts))
    found = compare(old, new, small())
    assert found.verdict == compared(old, new)
    directions = ((found.more, old, new), (found.less, new, old))
    for example, one, other in directions:
        if example is not None:
            assert gained(one, other, read_facts(dict(example), small().facts))
        else:
            assert not any(gained(one, other, case) for case in every_case())


@sized(12, assured=500)
@given(guaranteed(), st.data())
def test_what_is_known_from_before_changes_no_verdict(
    ruleset: RuleSet, data: st.DataObject
) -> None:
    before = prove(ruleset, small())
    gone = data.draw(st.sampled_from([rule.id for rule in ruleset.rules]))
    changed = replace(ruleset, rules=tuple(r for r in ruleset.rules if r.id != gone))
    fresh, again = prove(changed, small()), prove(changed, small(), known=before)
    assert [v.verdict for v in again.guarantees] == [v.verdict for v in fresh.guarantees]
    assert (again.unreachable, again.redundant) == (fresh.unreachable, fresh.redundant)
    assert (again.unrouted is None) == (fresh.unrouted is None)
    assert again.always_true == fresh.always_true
