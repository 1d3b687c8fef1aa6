"""Where two decisions part is told for each thing that happens, and for nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from satupintu.rules.decision import (
    AgencyDecision,
    Decision,
    Exclusion,
    Prohibition,
    ServiceDecision,
)
from satupintu.rules.disagreement import agencies_of, differences

ONE = ServiceDecision("periksa", 6, "segera", "perlu", ("R1",))
OTHER = ServiceDecision("rawat", 24, "biasa", "tanpa", ("R2",))


def agency(*services: ServiceDecision, code: str = "A") -> AgencyDecision:
    return AgencyDecision(code, 6, "segera", "perlu", services, ("R1",))


def decision(*agencies: AgencyDecision, **more: tuple[object, ...]) -> Decision:
    return replace(Decision({}, agencies, (), (), (), ()), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (decision(agency(ONE)), decision(), [("agency", True, False)]),
        (decision(agency(ONE)), decision(agency(ONE, OTHER)), [("service", False, True)]),
        (
            decision(agency(ONE)),
            decision(agency(replace(ONE, within_hours=2))),
            [("hours", 6, 2)],
        ),
        (
            decision(agency(ONE)),
            decision(agency(replace(ONE, urgency="darurat", consent="tanpa"))),
            [("urgency", "segera", "darurat"), ("consent", "perlu", "tanpa")],
        ),
        (
            decision(excluded=(Exclusion("B", "R9"),)),
            decision(),
            [("excluded", True, False)],
        ),
        (
            decision(),
            decision(forbidden=(Prohibition("B", "damai", "R9"),)),
            [("forbidden", False, True)],
        ),
        (
            decision(flags=("x",)),
            decision(flags=("y",)),
            [("flag", True, False)] * 1 + [("flag", False, True)],
        ),
    ],
)
def test_each_thing_that_differs_is_named_with_both_sides(
    one: Decision, other: Decision, expected: list[tuple[object, ...]]
) -> None:
    assert [(d.what, d.one, d.other) for d in differences(one, other)] == expected
    assert [(d.what, d.other, d.one) for d in differences(other, one)] == expected


def test_other_reasons_are_no_difference() -> None:
    one = decision(agency(ONE))
    other = decision(agency(replace(ONE, rules=("R7",))), rules=("R7",))
    assert one.same_outcome(other)
    assert differences(one, other) == ()


def test_the_agencies_that_differ_are_named_once() -> None:
    found = differences(decision(agency(ONE, OTHER)), decision(agency(code="B")))
    assert agencies_of(found) == ("A", "B")
