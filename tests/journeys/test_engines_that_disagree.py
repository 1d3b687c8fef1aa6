"""An engine that lies decides nothing: the case reaches a person, who routes it or asks again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from journeys import reading
from journeys.case import Told
from journeys.city import City, said
from journeys.telling import assess
from satupintu.actions.engines import Engines
from satupintu.app import create_app
from satupintu.conditions.values import Facts
from satupintu.rules import plain
from satupintu.rules.decision import Decision
from satupintu.rules.document import Example, RuleSet


class Forgetful:
    """An engine that leaves the last agency out, until it is mended."""

    mended = False

    def __init__(self, rules: RuleSet) -> None:
        self._rules = rules

    def decide(self, facts: Facts) -> Decision:
        """Decide, and lie by one agency."""
        true = plain.decide(self._rules, facts)
        return true if self.mended else replace(true, agencies=true.agencies[:-1])

    def close(self) -> None:
        """Hold nothing."""


@pytest.fixture
def lying(city: City, monkeypatch: pytest.MonkeyPatch) -> Iterator[City]:
    """The same city, decided by an engine that lies."""
    monkeypatch.setattr(Forgetful, "mended", False)
    platform = replace(city.platform, engines=Engines(make=Forgetful))
    yield City(platform, create_app(platform))
    platform.engines.close()


def _in_trouble(city: City) -> Told:
    """Tell a story that the engine lies about: nobody is told anything, and staff see an alarm."""
    answers = city.answers(_widest(city), sharing=True)
    staff = city.someone("staff")
    address = assess(city, staff, answers).removesuffix("/triase")
    case = Told(city, address.rpartition("/")[2], address, answers, staff.page)
    assert staff.address.endswith("/triase")
    assert staff.reads(said("staff.triage_waits"))
    assert case.referrals == ()
    queue = city.someone("service_head").open("/antrean?bagian=triage")
    assert case.number in reading.rows(queue)
    return case


def test_a_person_routes_by_hand_what_the_engines_disagree_about(lying: City) -> None:
    city, case = lying, _in_trouble(lying)
    staff = city.someone("staff")
    asked = _widest(city).expect["agencies"]
    agency = next(city.now.agencies()[a] for a in asked if a != _lead(city))
    staff.press(said("staff.route"), {"agencies": ()}, status=422)
    chosen = {
        "agencies": (agency.id,),
        f"{agency.id}-services": tuple(agency.services),
        f"{agency.id}-hours": str(asked[agency.id]),
        "reason": "Dipilih petugas setelah membaca cerita, contoh.",
    }
    staff.press(said("staff.route"), chosen)
    assert staff.address == case.address
    [referral] = [r for r in case.referrals if r.agency == agency.id]
    assert referral.origin == "person"
    inbox = city.at(agency.id, "head").open("/kotak-masuk")
    assert (case.number in reading.rows(inbox)) == (referral.state == "sent")
    assert case.number not in reading.rows(staff.open("/antrean?bagian=triage"))


def test_an_engine_that_was_mended_decides_the_case_again(
    lying: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    city, case = lying, _in_trouble(lying)
    staff = city.someone("staff")
    staff.press(said("staff.decide_again"))
    assert staff.address.endswith("/triase")
    assert staff.reads(said("staff.triage_still"))
    monkeypatch.setattr(Forgetful, "mended", True)
    staff.press(said("staff.decide_again"))
    if staff.reads(said("staff.apply")):
        staff.press(said("staff.apply"))
    expected = _widest(city).expect["agencies"]
    assert reading.hours(staff.page, case.start) == {
        city.agency_name(agency): hours for agency, hours in expected.items()
    }
    assert {r.agency for r in case.referrals} == set(expected)


def _widest(city: City) -> Example:
    """Return the example that refers to most agencies."""
    return max(city.rules.examples, key=lambda example: len(example.expect["agencies"]))


def _lead(city: City) -> str:
    return city.now.service().lead_agency
