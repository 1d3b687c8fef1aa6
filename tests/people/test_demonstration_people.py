"""The accounts of the demonstration."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from satupintu.errors import BadDocument
from satupintu.people import demonstration, passwords

ROOT = Path(__file__).parents[2]
PEOPLE = json.loads((ROOT / "seed/people.json").read_bytes())
AGENCIES = [a["id"] for a in json.loads((ROOT / "seed/agencies.json").read_bytes())]
LEAD = json.loads((ROOT / "seed/service.json").read_bytes())["lead_agency"]


def test_the_shipped_people_are_fine():
    data = (ROOT / "seed/people.json").read_bytes()
    assert demonstration.check(data, "people.json", AGENCIES, LEAD) == []


def test_every_agency_has_an_officer_and_a_head_and_the_door_its_five_roles():
    people = demonstration.read(PEOPLE, AGENCIES, LEAD)
    for agency in AGENCIES:
        roles = {p.role for p in people if p.agency == agency}
        if agency == LEAD:
            others = {"administrator", "policy_owner", "auditor"}
            assert roles == {"staff", "service_head"} | others
        else:
            assert roles == {"agency_officer", "agency_head"}


def test_the_demonstrations_password_is_good_for_every_account():
    for person in PEOPLE:
        assert list(passwords.problems(demonstration.PASSWORD, person["login"])) == []


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"agency": "NOBODY"}, "agencies.unknown_agency"),
        ({"role": "agency_head"}, "people.role_of_agency"),
        ({"role": "public"}, "agencies.shape.enum"),
        ({"role": "worker"}, "agencies.shape.enum"),
        ({"login": PEOPLE[1]["login"]}, "people.repeated"),
        ({"login": "Two Words"}, "agencies.shape.pattern.login"),
        ({"password": "x"}, "agencies.shape.additional"),
    ],
)
def test_an_account_that_can_not_be_is_refused(change, key):
    people = [{**PEOPLE[0], **change}, *PEOPLE[1:]]
    with pytest.raises(BadDocument) as refused:
        demonstration.read(people, AGENCIES, LEAD)
    assert key in [p.key for p in refused.value.problems]
    assert all(p.sentence("id") != p.sentence("en") for p in refused.value.problems)


def test_the_doors_roles_belong_to_the_lead_agency():
    (problem,) = demonstration.role_problems("staff", "OTHER", LEAD)
    assert problem.key == "people.role_of_lead"
    assert demonstration.role_problems("auditor", "OTHER", LEAD) == []
