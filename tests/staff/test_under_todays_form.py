"""A case shows its answers as they were asked then, and on request under the form in force."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from intake.desk import Desk, one_of
from satupintu.actions import cases, corrections
from satupintu.actions.platform import Platform
from satupintu.errors import NotAllowed, NotFound
from satupintu.store import audit
from staff.desk_cases import NAME, answers_for, example, people, send, text_of
from staff.newer_form import GONE, NEW, OLD, SECRET, TITLE, WHY, objects, publish, without_address


@pytest.fixture
def case_id(city: Platform) -> str:
    """A case that was assessed under the shipped form, with an address and a note."""
    answers = {**answers_for(city, example(city, "G04")), GONE: SECRET}
    answers |= {OLD: "Catatan Peragaan"}
    return str(send(city, answers, people(city, "staff")[0]).case_id)


def address(city: Platform, case_id: str) -> str:
    main = cases.read(city, one_of(city, "staff"), case_id).main
    assert main is not None
    return f"/kasus/{case_id}/jawaban/{main.submission.id}/kini"


def test_a_case_shows_its_answers_as_they_were_asked_then(
    city: Platform, case_id: str, tmp_path: Path
) -> None:
    desk = Desk.of(city, "staff")
    before = text_of(desk.get(f"/kasus/{case_id}/jawaban").text)
    assert "Menurut formulir sekarang" not in before
    publish(city, tmp_path, without_address)
    after = text_of(desk.get(f"/kasus/{case_id}/jawaban").text)
    assert "Menurut formulir sekarang" in after
    title = re.search(r"Alamat[^•]*••", before)
    assert title is not None
    assert title[0] in after


def test_the_same_answers_are_shown_under_todays_form_with_what_became_of_them(
    city: Platform, case_id: str, tmp_path: Path
) -> None:
    publish(city, tmp_path, without_address)
    desk = Desk.of(city, "staff")
    link = address(city, case_id)
    assert link in desk.get(f"/kasus/{case_id}/jawaban").text
    page = desk.get(link).text
    said = text_of(page)
    assert "1 jawaban tidak punya tempat di formulir sekarang" in said
    assert WHY["id"] in said
    assert f"1 jawaban berpindah tempat Catatan petugas tentang risiko Kini di “{TITLE}”." in said
    assert "Catatan Peragaan" in said
    assert SECRET not in page
    assert NAME not in page
    revealed = desk.get(f"{link}?tampilkan={GONE}").text
    assert SECRET in revealed
    assert NAME not in revealed


def test_looking_is_written_down_and_only_who_may_see_the_case_looks(
    city: Platform, case_id: str, tmp_path: Path
) -> None:
    publish(city, tmp_path, without_address)
    mine, other = people(city, "staff")[:2]
    main = cases.read(city, mine, case_id).main
    assert main is not None
    cases.today(city, mine, case_id, main.submission.id, GONE)
    with city.store.reading() as tx:
        entry = audit.listed(tx, limit=1)[0]
    assert (entry.action, entry.object_id) == ("case.today", case_id)
    assert entry.details["question"] == GONE
    assert entry.details["submission"] == main.submission.id
    for who in (other, one_of(city, "administrator"), one_of(city, "agency_officer")):
        with pytest.raises(NotAllowed):
            cases.today(city, who, case_id, main.submission.id)
    for wrong in (("kanal_lapor",), (None,)):
        submission = main.submission.id if wrong[0] else case_id
        with pytest.raises(NotFound):
            cases.today(city, mine, case_id, submission, *wrong)


def test_an_answer_stays_as_covered_as_it_was_promised_to_be(
    city: Platform, case_id: str, tmp_path: Path
) -> None:
    def open_now(document: Any) -> None:
        for schema in objects(document):
            if GONE in schema["properties"]:
                schema["properties"][GONE]["x-sensitivity"] = "umum"

    publish(city, tmp_path, open_now)
    desk = Desk.of(city, "staff")
    link = address(city, case_id)
    assert SECRET not in desk.get(link).text
    assert SECRET in desk.get(f"{link}?tampilkan={GONE}").text


def test_a_correction_opens_under_the_form_in_force_and_says_what_did_not_come_along(
    city: Platform, case_id: str, tmp_path: Path
) -> None:
    form = publish(city, tmp_path, without_address)
    staff = people(city, "staff")[0]
    sent = cases.read(city, staff, case_id).main
    assert sent is not None
    draft = corrections.correct(city, staff, case_id, "id")
    assert draft.form_hash == form.hash
    expected = {k: v for k, v in sent.submission.answers.items() if k not in (GONE, OLD)}
    assert draft.body["answers"] == expected | {NEW: "Catatan Peragaan"}
    desk = Desk.of(city, "staff")
    page = desk.get(f"/asesmen/{draft.id}/periksa")
    said = text_of(page.text)
    assert "1 jawaban lama tidak ikut terbawa" in said
    assert WHY["id"] in said
    assert SECRET not in page.text
    done = send(city, draft.body["answers"], staff, draft.id)
    corrected = cases.read(city, staff, case_id).main
    assert corrected is not None
    assert str(done.case_id) == case_id
    assert corrected.submission.corrects == sent.submission.id
    assert corrected.form.hash == form.hash
    assert len(cases.read(city, staff, case_id).stories) == 2


def test_the_name_and_the_consent_come_along_into_a_correction(
    city: Platform, case_id: str, tmp_path: Path
) -> None:
    publish(city, tmp_path, without_address)
    answers = corrections.correct(city, people(city, "staff")[0], case_id, "id").body["answers"]
    assert answers["korban_nama"] == NAME
    assert "persetujuan_layanan" in answers
