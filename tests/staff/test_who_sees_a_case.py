"""Staff see the queue and the cases they own or share, the head all, nobody else any."""

from __future__ import annotations

import pytest

from intake.desk import Desk, one_of
from satupintu.actions import by_hand, cases, managing
from satupintu.actions.platform import Platform
from satupintu.errors import BadAnswers, Conflict, NotAllowed, NotFound
from satupintu.people.actor import PUBLIC, SYSTEM
from satupintu.people.roles import ROLES
from satupintu.store import audit
from staff.desk_cases import NAME, a_case, people, text_of

NOBODY = "00000000-0000-4000-8000-000000000000"


def test_each_role_sees_exactly_the_cases_of_its_table(either: Platform) -> None:
    case_id = a_case(either).case_id
    for role in ROLES:
        for who in people(either, role) or [PUBLIC if role == "public" else SYSTEM]:
            manages = who == one_of(either, "staff")
            if manages or role == "service_head":
                assert cases.read(either, who, case_id).case.id == case_id
            else:
                with pytest.raises(NotAllowed):
                    cases.read(either, who, case_id)


def test_a_refused_look_is_in_the_trail_with_the_case(city: Platform) -> None:
    case_id = a_case(city).case_id
    _, other = people(city, "staff")
    desk = Desk.of(city)
    desk.log_in(str(other.login))
    for part in ("", "/jawaban", "/keputusan", "/catatan", "/triase", "/rujukan/tambah"):
        answer = desk.get(f"/kasus/{case_id}{part}")
        assert answer.status_code == 403
        assert "bukan bagian tugas Anda" in answer.text
    with city.store.reading() as tx:
        entries = audit.listed(tx, account=other.account_id, object_id=case_id)
    assert len(entries) == 6
    assert {e.outcome for e in entries} == {"refused"}


def test_a_case_that_is_not_there_is_not_found(city: Platform) -> None:
    desk = Desk.of(city, "staff")
    assert desk.get(f"/kasus/{NOBODY}").status_code == 404
    assert desk.get("/kasus/PPA-2026-00001").status_code == 404


def test_a_shared_case_is_seen_until_it_is_shared_no_more(city: Platform) -> None:
    owner, other = people(city, "staff")
    case_id = a_case(city, who=owner).case_id
    managing.share(city, owner, case_id, str(other.account_id))
    managing.share(city, owner, case_id, str(other.account_id))
    assert cases.read(city, other, case_id).shared_with == {other.account_id}
    assert [c.id for c in cases.listed(city, other).cases] == [case_id]
    managing.share(city, owner, case_id, str(other.account_id), shared=False)
    with pytest.raises(NotAllowed):
        cases.read(city, other, case_id)
    kinds = [e.kind for e in cases.read(city, owner, case_id).timeline][-2:]
    assert kinds == ["shared", "unshared"]


def test_only_a_colleague_can_get_a_case(city: Platform) -> None:
    owner = one_of(city, "staff")
    case_id = a_case(city, who=owner).case_id
    for stranger in ("administrator", "agency_officer"):
        account = str(one_of(city, stranger).account_id)
        with pytest.raises(BadAnswers):
            managing.share(city, owner, case_id, account)
        with pytest.raises(BadAnswers):
            managing.reassign(city, one_of(city, "service_head"), case_id, account, 1)


def test_the_head_hands_a_case_over_and_nobody_else_does(city: Platform) -> None:
    owner, other = people(city, "staff")
    head = one_of(city, "service_head")
    case_id = a_case(city, who=owner).case_id
    with pytest.raises(NotAllowed):
        managing.reassign(city, owner, case_id, str(other.account_id), 1)
    seen = cases.read(city, head, case_id).case.version
    managing.reassign(city, head, case_id, str(other.account_id), seen)
    assert cases.read(city, other, case_id).case.manager == other.account_id
    with pytest.raises(NotAllowed):
        cases.read(city, owner, case_id)
    with pytest.raises(Conflict):
        managing.reassign(city, head, case_id, str(owner.account_id), seen)


def test_a_case_is_shared_and_handed_over_on_its_page(city: Platform) -> None:
    _, other = people(city, "staff")
    case_id = a_case(city).case_id
    desk = Desk.of(city, "service_head")
    page = text_of(desk.get(f"/kasus/{case_id}").text)
    assert "Serahkan kepada" in page
    sent = desk.post(f"/kasus/{case_id}/bagikan", {"account": str(other.account_id)})
    assert sent.status_code == 303
    assert f"Dibagikan kepada {other.title}" in text_of(desk.get(f"/kasus/{case_id}").text)
    stale = desk.post(f"/kasus/{case_id}/serahkan", {"account": str(other.account_id), "seen": "x"})
    assert stale.status_code == 409
    version = cases.read(city, other, case_id).case.version
    data = {"account": str(other.account_id), "seen": str(version)}
    assert desk.post(f"/kasus/{case_id}/serahkan", data).status_code == 303
    assert f"Manajer kasus: {other.title}" in text_of(desk.get(f"/kasus/{case_id}").text)


def test_covered_answers_stay_covered_until_one_is_shown_and_that_is_recorded(
    either: Platform,
) -> None:
    who = one_of(either, "staff")
    case_id = a_case(either, who=who).case_id
    main = cases.read(either, who, case_id).main
    assert main is not None
    secret = next(q for q in main.form.with_role("name") if q.sensitivity == "sangat_rahasia")
    desk = Desk.of(either, "staff")
    for part in ("", "/jawaban", "/keputusan"):
        assert NAME not in desk.get(f"/kasus/{case_id}{part}").text
    for part in ("", "/jawaban"):
        shown = desk.get(f"/kasus/{case_id}{part}?tampilkan={secret.name}")
        assert NAME in shown.text
    with either.store.reading() as tx:
        entries = audit.listed(tx, object_id=case_id)
    revealed = [e for e in entries if e.action == "case.reveal"]
    assert [e.details["question"] for e in revealed] == [secret.name, secret.name]
    with pytest.raises(NotFound):
        cases.reveal(either, who, case_id, "bukan.pertanyaan")


def test_a_note_joins_the_timeline_and_an_empty_one_is_asked_for(city: Platform) -> None:
    case_id = a_case(city).case_id
    desk = Desk.of(city, "staff")
    empty = desk.post(f"/kasus/{case_id}/catatan", {"reason": "  "})
    assert empty.status_code == 422
    assert "Tulis catatannya lebih dulu." in empty.text
    long = desk.post(f"/kasus/{case_id}/catatan", {"reason": "x" * 5000})
    assert long.status_code == 422
    assert "x" * 5000 in long.text
    sent = desk.post(f"/kasus/{case_id}/catatan", {"reason": "Hubungi <b>besok</b>."})
    assert sent.status_code == 303
    assert "mencatat: Hubungi &lt;b&gt;besok&lt;/b&gt;." in desk.get(sent.location).text


def test_a_case_is_closed_once_nothing_is_open(city: Platform) -> None:
    owner = one_of(city, "staff")
    case_id = a_case(city, "G25", who=owner).case_id
    file = cases.read(city, owner, case_id)
    with pytest.raises(Conflict):
        managing.close(city, owner, case_id, file.case.version)
    for referral in file.referrals:
        by_hand.end(city, owner, referral.id, "Peragaan")
    desk = Desk.of(city, "staff")
    assert "Tutup kasus" in desk.get(f"/kasus/{case_id}").text
    data = {"seen": str(file.case.version)}
    assert desk.post(f"/kasus/{case_id}/tutup", data).status_code == 303
    assert "Belum ada kasus" in text_of(desk.get("/kasus").text)
    assert file.case.number in desk.get("/kasus?bagian=tutup").text
