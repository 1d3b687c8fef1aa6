"""Answers of a case as PDF: for whoever may see the case, cut as the page is, and recorded."""

from __future__ import annotations

import io

from pypdf import PdfReader

from intake.desk import Desk, one_of
from satupintu.actions import cases
from satupintu.actions.platform import Platform
from satupintu.store import audit
from staff.desk_cases import NAME, a_case, people

NOBODY = "00000000-0000-4000-8000-000000000000"


def printed(data: bytes) -> str:
    pages = PdfReader(io.BytesIO(data)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def address(platform: Platform, case_id: str) -> str:
    file = cases.read(platform, one_of(platform, "staff"), case_id)
    assert file.main is not None
    return f"/kasus/{case_id}/cetak/{file.main.submission.id}.pdf"


def test_the_answers_of_a_case_are_saved_as_a_pdf_that_nobody_keeps(either: Platform) -> None:
    case_id = a_case(either).case_id
    desk = Desk.of(either, "staff")
    where = address(either, case_id)
    assert where in desk.get(f"/kasus/{case_id}").text
    assert where in desk.get(f"/kasus/{case_id}/jawaban").text
    answer = desk.get(where)
    assert answer.status_code == 200
    assert answer.content_type == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    text = printed(answer.data)
    assert "Formulir terisi" in text
    assert one_of(either, "staff").title in text
    with either.store.reading() as tx:
        entries = audit.listed(tx, object_id=case_id, action="case.print")
    assert [e.outcome for e in entries] == ["done"]


def test_a_covered_answer_is_on_paper_only_where_it_was_uncovered_and_that_is_recorded(
    city: Platform,
) -> None:
    case_id = a_case(city).case_id
    desk = Desk.of(city, "staff")
    where = address(city, case_id)
    assert NAME not in printed(desk.get(where).data)
    file = cases.read(city, one_of(city, "staff"), case_id)
    assert file.main is not None
    [name] = file.main.form.with_role("name")
    page = desk.get(f"/kasus/{case_id}/jawaban?tampilkan={name.name}").text
    assert f"{where}?tampilkan={name.name}" in page
    assert NAME in printed(desk.get(f"{where}?tampilkan={name.name}").data)
    with city.store.reading() as tx:
        entries = audit.listed(tx, object_id=case_id, action="case.print")
    assert [e.details.get("revealed") for e in entries].count([name.name]) == 1
    assert desk.get(f"{where}?tampilkan=tiada").status_code == 404


def test_who_may_not_see_the_case_gets_no_paper(city: Platform) -> None:
    case_id = a_case(city).case_id
    where = address(city, case_id)
    _, other = people(city, "staff")
    for login in (str(other.login), str(one_of(city, "agency_officer").login)):
        desk = Desk.of(city)
        desk.log_in(login)
        assert desk.get(where).status_code == 403
    assert Desk.of(city, "staff").get(f"/kasus/{case_id}/cetak/{NOBODY}.pdf").status_code == 404


def test_answers_of_another_case_are_not_printed_through_ones_own(city: Platform) -> None:
    mine, theirs = a_case(city).case_id, a_case(city).case_id
    other = address(city, theirs).rpartition("/")[2]
    assert Desk.of(city, "staff").get(f"/kasus/{mine}/cetak/{other}").status_code == 404


def test_blank_forms_in_force_are_in_the_menu_in_every_language(city: Platform) -> None:
    desk = Desk.of(city, "staff")
    page = desk.get("/formulir")
    assert 'href="/formulir"' in page.text
    for language, kind in (("id", "Formulir kosong"), ("en", "Blank form")):
        addresses = [
            part.partition('"')[0]
            for part in page.text.split('href="')
            if part.startswith("/formulir/") and f"/{language}.pdf" in part.partition('"')[0]
        ]
        assert addresses
        for where in addresses:
            answer = desk.get(where)
            assert answer.headers["Content-Disposition"].startswith("attachment")
            assert kind in printed(answer.data)
    assert desk.get("/formulir/tiada/id.pdf").status_code == 404
    assert desk.get(addresses[0].replace("/en.pdf", "/xx.pdf")).status_code == 404


def test_anybody_may_print_the_form_of_a_report(city: Platform) -> None:
    anybody = Desk.of(city)
    assert "/lapor/formulir/id.pdf" in anybody.get("/datang").text
    answer = anybody.get("/lapor/formulir/id.pdf")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="formulir.pdf"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Formulir kosong" in printed(answer.data)
    assert anybody.get("/lapor/formulir/xx.pdf").status_code == 404
