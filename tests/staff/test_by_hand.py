"""Referrals by a person's own hand: added, ended, sent after consent, confirmed as told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.desk import Desk, one_of
from satupintu import clock
from satupintu.actions import by_hand, cases
from satupintu.actions.by_hand import ByHand
from satupintu.actions.platform import Platform
from satupintu.errors import BadAnswers, Conflict, NotAllowed
from satupintu.store import referrals
from staff.desk_cases import (
    a_case,
    answers_for,
    decided,
    example,
    example_to_hold,
    people,
    send,
    text_of,
)


def free_agency(platform: Platform, taken: set[str]) -> tuple[str, str]:
    """Return an agency that is not asked yet, and one of its services."""
    agencies = platform.content.agencies(clock.now())
    code = next(code for code in agencies if code not in taken)
    return code, next(iter(agencies[code].services))


def test_an_added_referral_is_a_persons_act_with_its_reason(either: Platform) -> None:
    submitted = a_case(either)
    code, service = free_agency(either, set(example(either).expect["agencies"]))
    desk = Desk.of(either, "staff")
    address = f"/kasus/{submitted.case_id}/rujukan/tambah"
    assert f"{code}-services" in desk.get(f"{address}?agency={code}").text
    data = {
        "agency": code,
        f"{code}-services": service,
        f"{code}-hours": "x",
        f"{code}-urgency": "segera",
        f"{code}-consent": "perlu",
        "reason": "Korban memintanya sendiri.",
    }
    refused = desk.post(address, data)
    assert refused.status_code == 422
    assert "Tulis batas waktu dalam jam" in refused.text
    assert "Korban memintanya sendiri." in refused.text
    nothing = desk.post(address, {"agency": code}).text
    for sentence in ("Pilih sedikitnya satu layanan.", "Tulis alasannya", "Tulis batas waktu"):
        assert sentence in nothing
    assert desk.post(address, {**data, f"{code}-hours": "48"}).status_code == 303
    file = cases.read(either, one_of(either, "staff"), submitted.case_id)
    added = next(r for r in file.referrals if r.agency == code)
    assert (added.origin, added.reason) == ("person", "Korban memintanya sendiri.")
    assert (added.urgency, added.services[0].within_hours) == ("segera", 48)
    assert added.state == "sent"
    page = text_of(desk.get(f"/kasus/{submitted.case_id}").text)
    assert "menambahkan rujukan" in page
    assert desk.post(address, {**data, f"{code}-hours": "48"}).status_code == 422


def test_an_added_referral_waits_where_the_person_did_not_agree(either: Platform) -> None:
    staff = one_of(either, "staff")
    case_id = a_case(either, agrees=False).case_id
    taken = {r.agency for r in cases.read(either, staff, case_id).referrals}
    code, service = free_agency(either, taken)
    held = by_hand.add(either, staff, case_id, ByHand(code, (service,), 5, "biasa", "perlu"), "Ya")
    assert held.state == "held"


def test_what_the_rules_rule_out_is_neither_offered_nor_taken(either: Platform) -> None:
    staff = one_of(either, "staff")
    agencies = either.content.agencies(clock.now())
    desk = Desk.of(either, "staff")
    examples = either.content.rule_set(clock.now()).examples
    excluding = next(e for e in examples if decided(either, e).excluded)
    forbidding = next(e for e in examples if e.expect["forbidden"])

    case_id = a_case(either, excluding.id).case_id
    code = decided(either, excluding).excluded[0].agency
    asked = ByHand(code, (next(iter(agencies[code].services)),), 5, "biasa", "tanpa")
    with pytest.raises(BadAnswers):
        by_hand.add(either, staff, case_id, asked, "Alasan")
    page = desk.get(f"/kasus/{case_id}/rujukan/tambah").text
    assert f'<option value="{code}"' not in page
    assert "Dikecualikan oleh aturan" in page

    case_id = a_case(either, forbidding.id).case_id
    one = forbidding.expect["forbidden"][0]
    asked = ByHand(one["agency"], (one["service"],), 5, "biasa", "tanpa")
    with pytest.raises(BadAnswers):
        by_hand.add(either, staff, case_id, asked, "Alasan")
    page = desk.get(f"/kasus/{case_id}/rujukan/tambah?agency={one['agency']}").text
    assert f'value="{one["service"]}"' not in page


@pytest.mark.parametrize(
    "changes",
    [{"agency": "TIDAK_ADA"}, {"services": ()}, {"services": ("tidak_ada",)}, {"within_hours": 0}],
)
def test_what_makes_no_referral_is_refused(city: Platform, changes: dict[str, object]) -> None:
    staff = one_of(city, "staff")
    case_id = a_case(city).case_id
    code, service = free_agency(city, set(example(city).expect["agencies"]))
    asked = replace(ByHand(code, (service,), 5, "biasa", "tanpa"), **changes)
    before = cases.read(city, staff, case_id).referrals
    with pytest.raises(BadAnswers):
        by_hand.add(city, staff, case_id, asked, "Alasan")
    assert cases.read(city, staff, case_id).referrals == before


def test_a_referral_that_nobody_accepted_is_ended_with_its_reason(city: Platform) -> None:
    staff = one_of(city, "staff")
    case_id = a_case(city).case_id
    sent = next(r for r in cases.read(city, staff, case_id).referrals if r.state == "sent")
    desk = Desk.of(city, "staff")
    address = f"/kasus/{case_id}/rujukan/{sent.id}/akhiri"
    assert "Mengapa rujukan ini diakhiri?" in desk.get(address).text
    assert desk.post(address, {"reason": ""}).status_code == 422
    assert desk.post(address, {"reason": "Korban pindah kota."}).status_code == 303
    page = text_of(desk.get(f"/kasus/{case_id}").text)
    assert "Diakhiri" in page
    assert "Korban pindah kota." in page
    assert "sudah diakhiri" in desk.get(address).text
    assert desk.post(address, {"reason": "Lagi."}).status_code == 409


def test_what_an_agency_accepted_is_not_ended_by_the_desk(city: Platform) -> None:
    staff = one_of(city, "staff")
    case_id = a_case(city).case_id
    sent = next(r for r in cases.read(city, staff, case_id).referrals if r.state == "sent")
    with city.store.writing() as tx:
        referrals.change(tx, replace(sent, state="accepted", accepted_at=clock.now()))
    with pytest.raises(Conflict):
        by_hand.end(city, staff, sent.id, "Alasan")


def test_a_held_referral_goes_out_once_the_person_agreed(either: Platform) -> None:
    staff = one_of(either, "staff")
    case_id = a_case(either, example_to_hold(either).id, agrees=False).case_id
    held = next(r for r in cases.read(either, staff, case_id).referrals if r.state == "held")
    desk = Desk.of(either, "staff")
    address = f"/kasus/{case_id}/rujukan/{held.id}/kirim"
    assert desk.post(address, {"reason": " "}).status_code == 422
    assert desk.post(address, {"reason": "Korban sendiri, lewat telepon."}).status_code == 303
    after = next(r for r in cases.read(either, staff, case_id).referrals if r.id == held.id)
    assert after.state == "sent"
    assert after.acknowledge_by is not None
    assert after.due_at == held.due_at
    assert desk.post(address, {"reason": "Lagi."}).status_code == 409


def test_the_desk_confirms_that_the_person_was_told(city: Platform) -> None:
    staff = one_of(city, "staff")
    case_id = send(city, answers_for(city, example(city), agrees=False), staff).case_id
    telling = next(r for r in cases.read(city, staff, case_id).referrals if r.to_be_told)
    desk = Desk.of(city, "staff")
    assert "Korban perlu diberi tahu" in desk.get(f"/kasus/{case_id}").text
    address = f"/kasus/{case_id}/rujukan/{telling.id}/diberitahu"
    assert desk.post(address, {}).status_code == 303
    assert desk.post(address, {}).status_code == 303
    file = cases.read(city, staff, case_id)
    assert not next(r for r in file.referrals if r.id == telling.id).to_be_told
    assert [e.kind for e in file.timeline].count("referral_told") == 1


def test_nobody_acts_on_a_referral_of_a_case_that_is_not_theirs(city: Platform) -> None:
    owner, other = people(city, "staff")
    case_id = a_case(city, who=owner).case_id
    referral = cases.read(city, owner, case_id).referrals[0]
    for who in (other, one_of(city, "agency_head"), one_of(city, "administrator")):
        for does in (by_hand.end, by_hand.release):
            with pytest.raises(NotAllowed):
                does(city, who, referral.id, "Alasan")
        with pytest.raises(NotAllowed):
            by_hand.told(city, who, referral.id)
