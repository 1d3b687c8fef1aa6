"""Search finds a case by number, name or phone, only one's own, and the words stay nowhere."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from intake.desk import Desk, one_of
from satupintu import clock
from satupintu.actions import search
from satupintu.actions.platform import Platform
from satupintu.cases import matching
from satupintu.cases.case import Case
from satupintu.errors import NotAllowed
from satupintu.store import audit
from satupintu.store import cases as store
from satupintu.store import search as index
from staff.desk_cases import NAME, a_case, people, text_of


@pytest.mark.parametrize("typed", ["PPA-2026-00001", "ppa 2026 1", "  PPA/2026/00001 "])
def test_a_number_is_read_as_people_type_it(city: Platform, typed: str) -> None:
    submitted = a_case(city)
    year = submitted.number.split("-")[1]
    found = search.search(city, one_of(city, "staff"), typed.replace("2026", year))
    assert [c.id for c in found.cases] == [submitted.case_id]


@pytest.mark.parametrize("typed", [NAME, NAME.upper(), "peragaan kenanga", "Kenanga"])
def test_a_name_is_found_however_it_is_written(either: Platform, typed: str) -> None:
    submitted = a_case(either)
    found = search.search(either, one_of(either, "service_head"), typed)
    assert [c.id for c in found.cases] == [submitted.case_id]


def test_somebody_elses_case_is_not_found(city: Platform) -> None:
    owner, other = people(city, "staff")
    number = a_case(city, who=owner).number
    for typed in (number, NAME):
        assert search.search(city, owner, typed).cases
        assert not search.search(city, other, typed).cases
    for role in ("agency_head", "administrator", "policy_owner", "auditor"):
        with pytest.raises(NotAllowed):
            search.search(city, one_of(city, role), number)


def test_ones_own_case_is_found_among_any_number_of_others_with_that_name(city: Platform) -> None:
    owner, other = people(city, "staff")
    mine = a_case(city, who=owner)
    name = next(iter(matching.wanted(NAME)))
    with city.store.writing() as tx:
        for n in range(60):
            at = clock.now() + timedelta(minutes=n)
            one = Case(str(uuid4()), f"X-{n:02}", "decided", at, manager=other.account_id)
            store.add(tx, one)
            index.add(tx, one.id, name)
    found = search.search(city, owner, NAME)
    assert [case.id for case in found.cases] == [mine.case_id]
    page = text_of(Desk.of(city, "service_head").post("/kasus/cari", {"typed": NAME}).text)
    assert "61 kasus ditemukan Ditampilkan 50 yang terbaru. Tambahkan kata lain" in page
    assert "X-59" in page
    assert "X-10 " in page
    assert "X-09" not in page


def test_each_search_is_recorded_without_its_words(city: Platform) -> None:
    staff = one_of(city, "staff")
    case_id = a_case(city).case_id
    search.search(city, staff, NAME)
    search.search(city, staff, "081234567890")
    with city.store.reading() as tx:
        entries = [e for e in audit.listed(tx) if e.action == "case.search"]
    assert [e.details for e in entries] == [{"cases": []}, {"cases": [case_id]}]
    assert all("Kenanga" not in repr(e) and "0812" not in repr(e) for e in entries)


def test_the_page_finds_and_says_what_to_do_where_it_does_not(city: Platform) -> None:
    submitted = a_case(city)
    desk = Desk.of(city, "staff")
    found = desk.post("/kasus/cari", {"typed": NAME})
    assert "1 kasus ditemukan" in found.text
    assert submitted.number in found.text
    year = submitted.number.split("-")[1]
    page = text_of(desk.post("/kasus/cari", {"typed": f"PPA-{year}-10142"}).text)
    assert f"Tidak ada kasus bernomor PPA-{year}-10142" in page
    assert "Tidak ada kasus yang cocok" in desk.post("/kasus/cari", {"typed": "Entah"}).text
    assert "Tulis yang Anda cari" in desk.post("/kasus/cari", {"typed": " "}).text
    assert desk.get("/kasus/cari").status_code in (404, 405)


@pytest.mark.parametrize("typed", ["<script>", "' OR 1=1 --", "\x00", "%", "x" * 100_000])
def test_a_hostile_search_finds_nothing_and_breaks_nothing(city: Platform, typed: str) -> None:
    a_case(city)
    answer = Desk.of(city, "staff").post("/kasus/cari", {"typed": typed})
    assert answer.status_code == 200
    assert "<script>" not in answer.text.replace("<script src", "")
