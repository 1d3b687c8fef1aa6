"""What fired rules decide together."""

from __future__ import annotations

from rules.rule_strategies import rule, rule_set
from satupintu.conditions.ast import TRUE
from satupintu.rules.collect import collect
from satupintu.rules.decision import Decision, Exclusion, Prohibition
from satupintu.rules.document import Outcome, Rule


def decided(*rules: Rule) -> Decision:
    return collect(rule_set(rules, {}), [r.id for r in rules], {"level": "high"})


def test_an_agency_gets_the_strictest_of_everything_that_is_asked_and_all_reasons() -> None:
    decision = decided(
        rule(1, TRUE, refer=(Outcome("NORTH", "care", 24, "darurat", "tanpa"),)),
        rule(2, TRUE, refer=(Outcome("NORTH", "care", 6, "biasa", "informasikan"),)),
        rule(3, TRUE, refer=(Outcome("NORTH", "shelter", 72, "segera", "perlu"),)),
    )
    (north,) = decision.agencies
    assert (north.within_hours, north.urgency, north.consent) == (6, "darurat", "perlu")
    assert north.rules == ("R1", "R2", "R3")
    care, shelter = north.services
    assert (care.service, care.within_hours, care.urgency, care.consent, care.rules) == (
        "care", 6, "darurat", "informasikan", ("R1", "R2"),
    )  # fmt: skip
    assert (shelter.service, shelter.within_hours, shelter.rules) == ("shelter", 72, ("R3",))
    assert decision.derived == {"level": "high"}


def test_an_exclusion_always_wins_and_is_listed_even_where_nobody_asked() -> None:
    decision = decided(
        rule(1, TRUE, exclude=("NORTH", "SOUTH")),
        rule(2, TRUE, refer=(Outcome("NORTH", "care", 1, "darurat", "tanpa"),)),
    )
    assert decision.agencies == ()
    assert decision.excluded == (Exclusion("NORTH", "R1"), Exclusion("SOUTH", "R1"))
    assert decision.rules == ("R1", "R2")


def test_an_agency_whose_only_services_are_forbidden_is_left_out() -> None:
    decision = decided(
        rule(1, TRUE, refer=(Outcome("NORTH", "care", 1, "darurat", "tanpa"),)),
        rule(2, TRUE, refer=(Outcome("SOUTH", "care", 2, "biasa", "tanpa"),)),
        rule(3, TRUE, forbid=(("NORTH", "care"),)),
        rule(4, TRUE, forbid=(("EAST", "shelter"), ("NORTH", "care"))),
    )
    assert [a.agency for a in decision.agencies] == ["SOUTH"]
    assert decision.forbidden == (
        Prohibition("EAST", "shelter", "R4"),
        Prohibition("NORTH", "care", "R3"),
        Prohibition("NORTH", "care", "R4"),
    )


def test_a_forbidden_service_gives_its_agency_neither_deadline_nor_reason() -> None:
    decision = decided(
        rule(1, TRUE, refer=(Outcome("NORTH", "care", 1, "darurat", "perlu"),)),
        rule(2, TRUE, refer=(Outcome("NORTH", "shelter", 72, "biasa", "tanpa"),)),
        rule(3, TRUE, forbid=(("NORTH", "care"),)),
    )
    (north,) = decision.agencies
    assert (north.within_hours, north.urgency, north.consent) == (72, "biasa", "tanpa")
    assert north.rules == ("R2",)


def test_agencies_stand_by_deadline_then_urgency_then_code() -> None:
    decision = decided(
        rule(1, TRUE, refer=(Outcome("D", "care", 24, "biasa", "tanpa"),)),
        rule(2, TRUE, refer=(Outcome("C", "care", 24, "darurat", "tanpa"),)),
        rule(3, TRUE, refer=(Outcome("B", "care", 24, "biasa", "tanpa"),)),
        rule(4, TRUE, refer=(Outcome("A", "care", 72, "darurat", "tanpa"),)),
    )
    assert [a.agency for a in decision.agencies] == ["C", "B", "D", "A"]


def test_flags_are_joined_and_a_decision_survives_json() -> None:
    decision = decided(
        rule(1, TRUE, flag=("two", "one"), refer=(Outcome("A", "care", 1, "biasa", "perlu"),)),
        rule(2, TRUE, flag=("one",), forbid=(("B", "care"),), exclude=("C",)),
    )
    assert decision.flags == ("one", "two")
    assert Decision.from_json(decision.to_json()) == decision


def test_a_rule_that_asks_twice_for_one_service_is_one_reason() -> None:
    twice = (
        Outcome("A", "care", 24, "biasa", "tanpa"),
        Outcome("A", "care", 6, "segera", "perlu"),
    )
    (agency,) = decided(rule(1, TRUE, refer=twice)).agencies
    assert (agency.within_hours, agency.services[0].rules) == (6, ("R1",))
