"""The smallest change leads to the agency, stays within the types, and nothing smaller does."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, product
from typing import Any

import pytest
from benchmarks import generated
from hypothesis import given
from hypothesis import strategies as st

from conditions.condition_strategies import facts, sized
from rules.rule_content import agencies, document, form_facts, forms, shipped
from rules.rule_strategies import rule, rule_set, rule_sets
from satupintu.conditions.ast import TRUE, Compare, Fact, Has, Not, Number, OneOf, RowsExist, Truth
from satupintu.conditions.cel import read as read_condition
from satupintu.conditions.types import Boolean, Choice, Day, Integer, Many, Moment, Rows
from satupintu.conditions.values import Facts, read_facts, write_facts
from satupintu.rules.document import Outcome, RuleSet
from satupintu.rules.plain import decide
from satupintu.rules.readings.explain import Change, smallest_change
from satupintu.rules.samples import draw

TYPES = {
    "sure": Boolean(),
    "yes": Boolean(),
    "age": Integer(0, 4),
    "kind": Choice(("a", "b", "c")),
    "forms": Many(("p", "q")),
}
VALUES: dict[str, tuple[Any, ...]] = {
    "sure": (True, False),
    "yes": (True, False),
    "age": (0, 1, 2, 3, 4),
    "kind": ("a", "b", "c"),
    "forms": ((), ("p",), ("q",), ("p", "q")),
}
AGENCY = "NORTH"
CARE = Outcome(AGENCY, "care", 6, "segera", "tanpa")


def receives(ruleset: RuleSet, found: Facts, agency: str = AGENCY) -> bool:
    return agency in {a.agency for a in decide(ruleset, found).agencies}


def leads_there(ruleset: RuleSet, found: Facts, change: Change, agency: str = AGENCY) -> None:
    assert receives(ruleset, change.facts, agency)
    edited = {e.fact for e in change.edits}
    assert edited == {n for n in {*found, *change.facts} if found.get(n) != change.facts.get(n)}
    for edit in change.edits:
        assert found.get(edit.fact) == edit.before != edit.after == change.facts.get(edit.fact)


def fewest(ruleset: RuleSet, found: Facts, most: int) -> int | None:
    """Try every case that differs in up to ``most`` facts."""
    for size in range(most + 1):
        for names in combinations(VALUES, size):
            for chosen in product(*((*VALUES[n], None) for n in names)):
                after = {**found, **dict(zip(names, chosen, strict=True))}
                if receives(ruleset, {n: v for n, v in after.items() if v is not None}):
                    return size
    return None


@given(data=st.data())
@sized(40, assured=1_500)
def test_nothing_smaller_leads_there(data: st.DataObject) -> None:
    ruleset = data.draw(rule_sets(TYPES))
    found = data.draw(facts(TYPES))
    change = smallest_change(ruleset, found, AGENCY)
    if change is None:
        assert fewest(ruleset, found, 2) is None
    else:
        leads_there(ruleset, found, change)
        assert fewest(ruleset, found, min(2, len(change.edits))) in (None, len(change.edits))


@pytest.mark.parametrize("example", shipped().examples, ids=lambda e: e.id)
def test_every_agency_of_the_shipped_rules_can_be_led_to(example: Any) -> None:
    form = forms.read(document("schemas/forms/asesmen-awal.json"))
    found = read_facts(dict(example.facts), form_facts())
    for agency in agencies():
        change = smallest_change(shipped(), found, agency, form)
        assert change is not None
        leads_there(shipped(), found, change, agency)
        assert read_facts(write_facts(change.facts), form_facts()) == change.facts
        assert bool(change.edits) is not receives(shipped(), found, agency)


def test_what_excludes_an_agency_is_taken_away() -> None:
    types = {"kind": Choice(("a", "b")), "sure": Boolean()}
    asks = rule(0, Truth(Fact("sure")), refer=(CARE,))
    bars = rule(1, OneOf(Fact("kind"), ("a",)), exclude=(AGENCY,))
    change = smallest_change(rule_set((asks, bars), types), {"kind": "a", "sure": True}, AGENCY)
    assert change is not None
    assert [(e.fact, e.after) for e in change.edits] == [("kind", "b")]


def test_a_number_moves_no_further_than_it_must() -> None:
    ruleset = rule_set(
        (rule(0, Compare(Fact("age"), "<", Number(18)), refer=(CARE,)),), {"age": Integer(0, 120)}
    )
    change = smallest_change(ruleset, {"age": 40}, AGENCY)
    assert change is not None
    assert change.facts == {"age": 17}


def test_a_row_is_added_where_a_rule_asks_for_one() -> None:
    types = {"rows": Rows({"age": Integer(0, 30), "school": Boolean()}, max_items=2)}
    inner = read_condition("rows.exists(r, r.age < 5 && r.school && has(r.age))", types)
    ruleset = rule_set((rule(0, inner, refer=(CARE,)),), types)
    change = smallest_change(ruleset, {}, AGENCY)
    assert change is not None
    assert receives(ruleset, change.facts)
    full = ({"age": 9, "school": False}, {"age": 30})
    again = smallest_change(ruleset, {"rows": full}, AGENCY)
    assert again is not None
    assert len(again.facts["rows"]) <= 2  # type: ignore[arg-type]
    none_left = rule_set((rule(0, Not(RowsExist(Fact("rows"), "r", Truth(Fact("r.school")))),
                               refer=(CARE,)),), types)  # fmt: skip
    emptied = smallest_change(none_left, {"rows": ({"school": True}, {"school": True})}, AGENCY)
    assert emptied is not None


def test_an_answer_is_taken_back_only_where_a_rule_asks_for_none() -> None:
    ruleset = rule_set((rule(0, Not(Has(Fact("age"))), refer=(CARE,)),), {"age": Integer(0, 9)})
    change = smallest_change(ruleset, {"age": 3}, AGENCY)
    assert change is not None
    assert [(e.fact, e.before, e.after) for e in change.edits] == [("age", 3, None)]


@pytest.mark.parametrize("kind", [Integer(3, 9), Integer(), Day(), Moment(), Boolean()])
def test_any_answer_will_do_where_a_rule_only_asks_for_one(kind: Any) -> None:
    ruleset = rule_set((rule(0, Has(Fact("it")), refer=(CARE,)),), {"it": kind})
    change = smallest_change(ruleset, {}, AGENCY)
    assert change is not None
    assert read_facts(write_facts(change.facts), {"it": kind}) == change.facts
    assert len(change.edits) == 1


def test_no_rule_no_change_and_no_edit_where_it_is_so_already() -> None:
    ruleset = rule_set((rule(0, Truth(Fact("sure")), refer=(CARE,)),), {"sure": Boolean()})
    assert smallest_change(ruleset, {}, "SOUTH") is None
    already = smallest_change(ruleset, {"sure": True}, AGENCY)
    assert already is not None
    assert already.edits == ()


def test_of_equal_changes_one_that_the_form_asks_together_comes_first() -> None:
    """Only the second rule's question is asked of everybody; the first hangs on an answer."""
    form = forms.read(document("schemas/forms/asesmen-awal.json"))
    hidden = next(
        q.name
        for q in form.questions.values()
        if isinstance(q.fact_type, Boolean) and q.cause is not None
    )
    open_to_all = next(
        q.name
        for q in form.questions.values()
        if isinstance(q.fact_type, Boolean) and q.cause is None
    )
    ruleset = rule_set(
        (
            rule(0, Truth(Fact(hidden)), refer=(CARE,)),
            rule(1, Truth(Fact(open_to_all)), refer=(CARE,)),
        ),
        form.facts,
    )
    change = smallest_change(ruleset, {}, AGENCY, form)
    assert change is not None
    assert change.asked
    assert [e.fact for e in change.edits] == [open_to_all]
    plainly = smallest_change(ruleset, {}, AGENCY)
    assert plainly is not None
    assert [e.fact for e in plainly.edits] == [hidden]


def test_the_search_ends_where_nothing_leads_there() -> None:
    """Hundreds of rules ask for an agency that one rule always excludes."""
    wide = generated.rule_set(600, derived=True)
    bar = rule(0, TRUE, exclude=tuple(generated.AGENCIES))
    ruleset = replace(wide, rules=(*wide.rules, bar))
    agency = next(iter(generated.AGENCIES))
    assert smallest_change(ruleset, next(draw(ruleset, 1)), agency) is None
