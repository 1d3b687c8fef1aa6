"""Correcting what was sent makes a new submission and a proposal, which a person applies."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.desk import Desk, hidden, one_of
from satupintu import clock
from satupintu.actions import cases, corrections, decisions, drafts
from satupintu.actions.platform import Platform
from satupintu.errors import Conflict, NotAllowed
from satupintu.store import referrals
from staff.desk_cases import a_case, answers_for, example, people, send

BEFORE = {"city": "G04", "kecil": "C5"}
AFTER = {"city": "G02", "kecil": "C2"}


def pack(platform: Platform) -> str:
    return "kecil" if platform.settings.content.name == "kecil" else "city"


def corrected(platform: Platform, case_id: str) -> None:
    staff = one_of(platform, "staff")
    draft = corrections.correct(platform, staff, case_id, "id").id
    after = answers_for(platform, example(platform, AFTER[pack(platform)]))
    send(platform, after, staff, draft)


def open_agencies(platform: Platform, case_id: str) -> set[str]:
    file = cases.read(platform, one_of(platform, "staff"), case_id)
    return {r.agency for r in file.referrals if r.open}


def test_a_correction_starts_with_what_was_sent_and_there_is_only_one(either: Platform) -> None:
    staff = one_of(either, "staff")
    case_id = a_case(either, BEFORE[pack(either)]).case_id
    draft = corrections.correct(either, staff, case_id, "id")
    sent = cases.read(either, staff, case_id).main
    assert sent is not None
    assert drafts.read(either, staff, draft.id).answers == sent.submission.answers
    assert corrections.correct(either, staff, case_id, "id").id == draft.id
    desk = Desk.of(either, "staff")
    answer = desk.post(f"/kasus/{case_id}/perbaiki", {})
    assert answer.status_code == 303
    assert draft.id in answer.location
    assert desk.get(answer.location).status_code == 200


def test_a_proposed_decision_changes_nothing_until_it_is_applied(either: Platform) -> None:
    case_id = a_case(either, BEFORE[pack(either)]).case_id
    before = open_agencies(either, case_id)
    corrected(either, case_id)
    assert open_agencies(either, case_id) == before
    desk = Desk.of(either, "staff")
    assert "Usulan keputusan baru" in desk.get(f"/kasus/{case_id}").text
    html = desk.get(f"/kasus/{case_id}/keputusan").text
    assert "Akan dirujuk:" in html
    data = {"seen": hidden(html, "seen"), "decision": hidden(html, "decision")}
    assert desk.post(f"/kasus/{case_id}/keputusan/terapkan", data).status_code == 303
    expected = example(either, AFTER[pack(either)]).expect
    assert open_agencies(either, case_id) == set(expected["agencies"])
    file = cases.read(either, one_of(either, "staff"), case_id)
    assert file.case.headline in expected["derived"].values()
    assert [d.state for d in file.decisions] == ["superseded", "applied"]
    assert [s.submission.corrects is None for s in file.stories] == [True, False]
    assert desk.post(f"/kasus/{case_id}/keputusan/terapkan", data).status_code == 409


def test_a_correction_gives_nobody_more_time(city: Platform) -> None:
    staff = one_of(city, "staff")
    case_id = a_case(city, "G04").case_id
    start = decisions.read(city, staff, case_id).start
    corrected(city, case_id)
    assert decisions.read(city, staff, case_id).start <= start


def test_an_agency_at_work_keeps_its_referral(city: Platform) -> None:
    staff = one_of(city, "staff")
    case_id = a_case(city, "G02").case_id
    for referral in cases.read(city, staff, case_id).referrals:
        if referral.state == "sent":
            with city.store.writing() as tx:
                referrals.change(tx, replace(referral, state="accepted", accepted_at=clock.now()))
    draft = corrections.correct(city, staff, case_id, "id").id
    send(city, answers_for(city, example(city, "G04")), staff, draft)
    page = Desk.of(city, "staff").get(f"/kasus/{case_id}/keputusan").text
    assert "tidak lagi diminta" in page
    file = cases.read(city, staff, case_id)
    assert file.proposed is not None
    decisions.apply(city, staff, case_id, file.proposed.id, file.case.version)
    after = cases.read(city, staff, case_id).referrals
    assert {r.agency for r in after if r.state == "accepted"} == set(
        example(city, "G02").expect["agencies"]
    )


def test_a_newer_correction_replaces_the_proposal(city: Platform) -> None:
    staff = one_of(city, "staff")
    case_id = a_case(city, "G04").case_id
    corrected(city, case_id)
    first = cases.read(city, staff, case_id)
    corrected(city, case_id)
    assert first.proposed is not None
    with pytest.raises(Conflict):
        decisions.apply(city, staff, case_id, first.proposed.id, first.case.version)
    states = [d.state for d in cases.read(city, staff, case_id).decisions]
    assert states == ["applied", "superseded", "proposed"]


def test_only_those_who_see_a_case_correct_it(city: Platform) -> None:
    owner, other = people(city, "staff")
    case_id = a_case(city, who=owner).case_id
    for who in (other, one_of(city, "agency_officer"), one_of(city, "auditor")):
        with pytest.raises(NotAllowed):
            corrections.correct(city, who, case_id, "id")
