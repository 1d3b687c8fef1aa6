"""Where the engines differ or fail nobody is told, the alarm is up, and a person decides."""

from __future__ import annotations

import re

import pytest

from intake.desk import Desk, hidden, one_of
from satupintu import clock
from satupintu.actions import cases, corrections, decisions, queue, triage
from satupintu.actions.by_hand import ByHand
from satupintu.actions.platform import Platform
from satupintu.errors import BadAnswers, Conflict, NotAllowed
from satupintu.rules.readings.execute.trouble import EngineTrouble
from satupintu.store import notices, outbox
from staff.desk_cases import (
    Wrong,
    a_case,
    answers_for,
    example,
    people,
    send,
    text_of,
    with_engine,
)


class Silent(Wrong):
    """An engine that gives no answer in time."""

    def decide(self, facts: object) -> object:
        """Give none."""
        raise EngineTrouble("timed_out")


class Broken(Wrong):
    """An engine with a bug."""

    def decide(self, facts: object) -> object:
        """Fail."""
        raise ZeroDivisionError


def in_triage(platform: Platform, make: type[Wrong] = Wrong) -> str:
    submitted = a_case(with_engine(platform, make))
    assert submitted.state == "triage"
    return submitted.case_id


def some_service(platform: Platform) -> ByHand:
    agency = next(iter(platform.content.agencies(clock.now()).values()))
    return ByHand(agency.id, (next(iter(agency.services)),), 5, "segera", "tanpa")


@pytest.mark.parametrize("make", [Wrong, Silent, Broken])
def test_a_case_in_doubt_reaches_nobody_and_everybody_at_the_desk_sees_the_alarm(
    city: Platform, make: type[Wrong]
) -> None:
    case_id = in_triage(city, make)
    _, other = people(city, "staff")
    assert cases.read(city, other, case_id).referrals == ()
    with city.store.reading() as tx:
        assert outbox.of_case(tx, case_id) == ()
        assert [n.kind for n in notices.unsettled(tx)] == ["case_in_trouble"]
    desk = Desk.of(city)
    desk.log_in(str(other.login))
    for address in ("/antrean", "/kasus", f"/kasus/{case_id}"):
        assert "1 kasus menunggu keputusan manusia" in desk.get(address).text
    assert desk.get(f"/kasus/{case_id}/keputusan").location.endswith("/triase")


def test_the_page_says_in_words_where_the_two_results_part(either: Platform) -> None:
    case_id = in_triage(either)
    found = decisions.read(either, one_of(either, "staff"), case_id)
    (difference,) = found.differences
    assert (difference.what, difference.one, difference.other) == ("agency", False, True)
    page = text_of(Desk.of(either, "staff").get(f"/kasus/{case_id}/triase").text)
    name = found.agencies[str(difference.agency)].name["id"]
    assert f"Berbeda pada: {name}" in page
    assert f"Merujuk ke {name} Mesin aturan: tidak Pemeriksa: ya" in page


def test_what_both_results_ask_is_ticked_and_sent_as_a_persons_act(either: Platform) -> None:
    case_id = in_triage(either)
    head = one_of(either, "service_head")
    desk = Desk.of(either, "service_head")
    html = desk.get(f"/kasus/{case_id}/triase").text
    ticked = re.findall(r'name="([^"]+)" value="([^"]+)" checked', html)
    expected = set(example(either).expect["agencies"])
    agencies = {value for name, value in ticked if name == "agencies"}
    assert agencies < expected
    assert len(agencies) == len(expected) - 1
    data: dict[str, object] = {"seen": hidden(html, "seen"), "agencies": sorted(agencies)}
    for name, value in ticked:
        if name != "agencies":
            data.setdefault(name, [])
            data[name].append(value)  # type: ignore[attr-defined]
    for code in agencies:
        data[f"{code}-hours"] = "7"
        data[f"{code}-urgency"] = "segera"
        data[f"{code}-consent"] = "tanpa"
    refused = desk.post(f"/kasus/{case_id}/triase", data)
    assert refused.status_code == 422
    assert "Tulis alasannya dengan singkat." in refused.text
    assert re.findall(r'name="([^"]+)" value="([^"]+)" checked', refused.text) == ticked
    sent = desk.post(f"/kasus/{case_id}/triase", {**data, "reason": "Sudah dibandingkan."})
    assert sent.status_code == 303
    file = cases.read(either, head, case_id)
    assert file.case.state == "decided"
    assert {r.agency for r in file.referrals} == agencies
    assert {(r.origin, r.state, r.reason) for r in file.referrals} == {
        ("person", "sent", "Sudah dibandingkan.")
    }
    assert "menunggu keputusan manusia" not in desk.get("/antrean").text
    assert "memutuskan sendiri" in desk.get(f"/kasus/{case_id}").text
    with either.store.reading() as tx:
        assert "case_in_trouble" not in {n.kind for n in notices.unsettled(tx)}


def test_deciding_again_with_a_sound_engine_decides_the_case(either: Platform) -> None:
    case_id = in_triage(either)
    desk = Desk.of(either, "staff")
    again = desk.post(f"/kasus/{case_id}/keputusan/ulang", {})
    assert again.location.endswith("/keputusan")
    file = cases.read(either, one_of(either, "staff"), case_id)
    assert file.case.state == "decided"
    assert file.case.headline is not None
    assert {r.agency for r in file.referrals} == set(example(either).expect["agencies"])
    assert [d.state for d in file.decisions] == ["trouble", "applied"]


def test_deciding_again_with_the_same_engine_leaves_the_case_where_it_is(city: Platform) -> None:
    case_id = in_triage(city)
    ill = with_engine(city, Wrong)
    desk = Desk.of(ill, "staff")
    again = desk.post(f"/kasus/{case_id}/keputusan/ulang", {})
    assert "/triase?ulang=1" in again.location
    assert "masih tidak dapat dipastikan" in desk.get(again.location).text
    file = cases.read(city, one_of(city, "staff"), case_id)
    assert (file.case.state, file.referrals) == ("triage", ())


def test_a_decided_case_decided_again_only_gets_a_proposal(city: Platform) -> None:
    staff = one_of(city, "staff")
    case_id = a_case(city, who=staff).case_id
    before = cases.read(city, staff, case_id).referrals
    assert decisions.again(city, staff, case_id).state == "proposed"
    file = cases.read(city, staff, case_id)
    assert file.referrals == before
    page = text_of(Desk.of(city, "staff").get(f"/kasus/{case_id}/keputusan").text)
    assert "Rujukannya tetap sama." in page
    assert file.proposed is not None
    changes = decisions.apply(city, staff, case_id, file.proposed.id, file.case.version)
    assert (changes.open, changes.end) == ((), ())
    after = cases.read(city, staff, case_id)
    assert after.referrals == before
    assert [d.state for d in after.decisions] == ["superseded", "applied"]


def test_a_corrected_case_in_doubt_keeps_its_referrals_and_waits(city: Platform) -> None:
    staff = one_of(city, "staff")
    case_id = a_case(city, "G04", who=staff).case_id
    before = cases.read(city, staff, case_id).referrals
    draft = corrections.correct(city, staff, case_id, "id").id
    ill = with_engine(city, Wrong)
    assert send(ill, answers_for(city, example(city, "G02")), staff, draft).state == "triage"
    assert cases.read(city, staff, case_id).referrals == before
    assert decisions.again(city, staff, case_id).state == "applied"
    open_now = {r.agency for r in cases.read(city, staff, case_id).referrals if r.open}
    assert open_now == set(example(city, "G02").expect["agencies"])


def test_only_a_case_in_triage_is_routed_and_only_once(city: Platform) -> None:
    staff = one_of(city, "staff")
    case_id = in_triage(city)
    seen = cases.read(city, staff, case_id).case.version
    asked = (some_service(city),)
    with pytest.raises(BadAnswers):
        triage.route(city, staff, case_id, (), "Alasan", seen)
    with pytest.raises(Conflict):
        triage.route(city, staff, case_id, asked, "Alasan", seen + 1)
    with pytest.raises(NotAllowed):
        triage.route(city, one_of(city, "agency_head"), case_id, asked, "Alasan", seen)
    triage.route(city, staff, case_id, asked, "Alasan", seen)
    with pytest.raises(Conflict):
        triage.route(city, staff, case_id, asked, "Alasan", seen)
    assert queue.queue(city, staff).triage == ()
