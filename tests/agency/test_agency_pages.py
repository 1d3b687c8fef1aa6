"""The agencies' pages over HTTP: lists, one referral from accepting to finishing, refusals."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from agency.referred import assessment, messages, person, referral, sent, sent_now
from intake.newer_form import publish
from satupintu.actions.platform import Platform
from satupintu.app import create_app
from satupintu.cases.referral import Referral
from satupintu.documents import Json
from satupintu.people.demonstration import PASSWORD

BOXES = ("/kotak-masuk", "/kotak-masuk/ditangani", "/kotak-masuk/selesai")


class Browser:
    """Somebody of an agency at a browser without a network."""

    def __init__(self, app: Flask, login: str) -> None:
        self.client: FlaskClient = app.test_client()
        self.send("/masuk", "/masuk", login=login, password=PASSWORD)

    def get(self, address: str) -> TestResponse:
        return self.client.get(address)

    def send(self, page: str, address: str, **fields: Any) -> TestResponse:
        """Send a form of ``page`` to ``address``, its hidden fields included."""
        text = self.get(page).text
        hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', text))
        kept = {k: unescape(v) for k, v in hidden.items()}
        return self.client.post(
            address, data={**kept, **fields}, headers={"Sec-Fetch-Site": "same-origin"}
        )


def browser(platform: Platform, role: str, agency: str) -> Browser:
    login = person(platform, role, agency).login
    assert login is not None
    return Browser(create_app(platform), login)


@pytest.fixture
def waiting(city: Platform) -> Referral:
    """A referral that waits for an answer."""
    return referral(city, sent(city, "G05"), "RSUD", "sent")


@pytest.fixture
def officer(city: Platform) -> Browser:
    """An officer of its agency."""
    return browser(city, "agency_officer", "RSUD")


def accept(officer: Browser, one: Referral, **fields: Any) -> TestResponse:
    page = f"/rujukan/{one.id}"
    return officer.send(
        page, f"{page}/terima", **{"ready": "now", "handler": "Dokter contoh", **fields}
    )


def state(platform: Platform, one: Referral) -> str:
    return referral(platform, one.case_id, one.agency).state


def test_the_list_leads_to_the_referral(
    city: Platform, waiting: Referral, officer: Browser
) -> None:
    page = officer.get("/kotak-masuk").text
    assert f'href="/rujukan/{waiting.id}"' in page
    assert '<span class="count">1</span>' in page
    assert 'class="is-over"' in page
    one = officer.get(f"/rujukan/{waiting.id}")
    assert one.status_code == 200
    assert one.headers["Cache-Control"] == "no-store"
    agency = city.content.agencies(waiting.created_at)["RSUD"]
    for service in waiting.services:
        assert agency.services[service.service]["id"] in unescape(one.text)
    for word in ("Pratinjau terbatas", "Terbuka setelah diterima", "Tetap tertutup"):
        assert word in one.text


def test_an_empty_list_says_so(officer: Browser) -> None:
    for address in BOXES:
        for language in ("id", "en"):
            page = officer.get(f"{address}?lang={language}")
            assert page.status_code == 200
            assert 'class="card empty"' in page.text


def test_from_accepting_to_finishing(city: Platform, waiting: Referral, officer: Browser) -> None:
    home = f"/rujukan/{waiting.id}"
    answer = accept(officer, waiting)
    assert (answer.status_code, answer.location) == (303, home)
    page = unescape(officer.get(home).text)
    assert "Dokter contoh" in page
    assert "Jawaban Anda" not in page
    shown = [q.title["id"] for q in assessment(city).questions.values()]
    assert sum(title in page for title in shown) > 20
    assert home in officer.get("/kotak-masuk/ditangani").text

    begun = officer.send(home, f"{home}/tindak-lanjut")
    assert begun.status_code == 303
    first = begun.location
    assert first.startswith(f"{home}/tindak-lanjut/")
    saved = officer.send(
        first,
        first,
        act="next",
        petugas_pic="Dokter contoh",
        layanan_sudah_diberikan="false",
    )
    assert saved.status_code == 303, saved.text
    assert "Lanjutkan tindak lanjut" in officer.get(home).text
    check = f"{home}/tindak-lanjut/periksa"
    assert "Dokter contoh" in officer.get(check).text
    done = officer.send(check, check)
    assert (done.status_code, done.location) == (303, home)
    assert state(city, waiting) == "in_progress"
    assert "Tindak lanjut," in officer.get(home).text
    again = officer.get(check)
    assert again.status_code == 404

    finish = f"{home}/selesai"
    assert "hanya melihat pratinjau" in officer.get(finish).text
    assert officer.send(finish, finish).status_code == 303
    assert state(city, waiting) == "done"
    assert home in officer.get("/kotak-masuk/selesai").text
    page = unescape(officer.get(home).text)
    assert "Pratinjau terbatas" in page
    assert sum(title in page for title in shown) < 20 or "<details>" in page


def test_a_follow_up_is_saved_as_it_is_typed_and_may_come_over_to_a_newer_version(
    city: Platform, waiting: Referral, officer: Browser, tmp_path: Path
) -> None:
    accept(officer, waiting)
    home = f"/rujukan/{waiting.id}"
    first = officer.send(home, f"{home}/tindak-lanjut").location
    told = officer.send(first, f"{first}/simpan", petugas_pic="Dokter cont")
    assert "Disimpan" in told.text
    assert "Dokter cont" in officer.get(first).text

    def renamed(document: Json) -> None:
        document["title"] = "Tindak lanjut, baru"

    publish(city, "follow_up", tmp_path, renamed)
    preview = f"{home}/tindak-lanjut/versi-baru"
    assert "Dokter cont" in officer.get(preview).text
    done = officer.send(preview, preview)
    assert done.location == f"{home}/tindak-lanjut/periksa"
    assert "Tindak lanjut, baru" in officer.get(first).text
    assert "Dokter cont" in officer.get(first).text


def test_sending_a_follow_up_twice_keeps_it_once(
    city: Platform, waiting: Referral, officer: Browser
) -> None:
    accept(officer, waiting)
    home = f"/rujukan/{waiting.id}"
    first = officer.send(home, f"{home}/tindak-lanjut").location
    officer.send(
        first, first, act="next", petugas_pic="Dokter contoh", layanan_sudah_diberikan="false"
    )
    check = f"{home}/tindak-lanjut/periksa"
    text = officer.get(check).text
    data = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', text))
    answers = [officer.client.post(check, data=data) for _ in range(2)]
    assert [a.status_code for a in answers] == [303, 303]
    assert [k for k, _ in messages(city, waiting.case_id)].count("referral_followed_up") == 1


def test_what_is_missing_is_said_at_its_field_and_keeps_the_rest(
    waiting: Referral, officer: Browser
) -> None:
    answer = accept(officer, waiting, ready="today", handler=" ")
    assert answer.status_code == 422
    assert 'href="#handler"' in answer.text
    assert 'id="handler-err"' in answer.text
    assert '<option value="today" selected>' in answer.text


def test_declining_asks_for_a_reason_and_closes_the_referral(
    city: Platform, waiting: Referral, officer: Browser
) -> None:
    page = f"/rujukan/{waiting.id}/tolak"
    answer = officer.send(page, page, more="Buka lagi besok")
    assert answer.status_code == 422
    assert "Pilih alasannya." in answer.text
    assert "Buka lagi besok" in answer.text
    answer = officer.send(page, page, why="full", more="Buka lagi besok")
    assert (answer.status_code, answer.location) == (303, "/kotak-masuk")
    declined = referral(city, waiting.case_id, "RSUD")
    assert declined.reason == "Kapasitas penuh: Buka lagi besok"
    for address in ("", "/tolak", "/selesai"):
        closed = officer.get(f"/rujukan/{waiting.id}{address}")
        assert closed.status_code == 403
        assert "akses RSUD" in closed.text
        assert "Percobaan ini tercatat." in closed.text
    finished = officer.get("/kotak-masuk/selesai").text
    assert "Ditolak" in finished
    assert f'href="/rujukan/{waiting.id}"' not in finished


def test_a_second_officer_is_told_that_somebody_was_first(
    city: Platform, waiting: Referral, officer: Browser
) -> None:
    head = browser(city, "agency_head", "RSUD")
    page = f"/rujukan/{waiting.id}"
    stale = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', head.get(page).text))
    assert accept(officer, waiting).status_code == 303
    for address, fields in (
        (f"{page}/terima", {"ready": "now", "handler": "Lain"}),
        (f"{page}/tolak", {"why": "full"}),
    ):
        late = head.client.post(address, data={**stale, **fields})
        assert late.status_code == 409
        assert "Keadaan rujukan ini sudah berubah" in late.text
        assert "Dokter contoh" in late.text
    assert state(city, waiting) == "accepted"


ACTS = ("/terima", "/tolak", "/selesai", "/tindak-lanjut", "/tindak-lanjut/periksa")
FIELDS = {"ready": "now", "handler": "x", "why": "full", "seen": "1", "draft": "x"}


def test_no_other_agency_opens_or_answers_it(city: Platform, waiting: Referral) -> None:
    home = f"/rujukan/{waiting.id}"
    for role, agency in (("agency_head", "PSIKOLOG"), ("staff", "UPTD_PPA")):
        other = browser(city, role, agency)
        answers = [
            *(other.get(home + rest) for rest in ("", "/tolak", "/selesai", ACTS[-1])),
            *(other.send("/kotak-masuk", home + rest, **FIELDS) for rest in ACTS),
        ]
        for answer in answers:
            assert answer.status_code == 403, answer.request.path
            assert "Rujukan ini bukan bagian tugas Anda" in answer.text
    assert state(city, waiting) == "sent"


def test_a_form_without_its_token_does_nothing(
    city: Platform, waiting: Referral, officer: Browser
) -> None:
    for rest in ACTS:
        answer = officer.client.post(f"/rujukan/{waiting.id}{rest}", data=FIELDS)
        assert answer.status_code == 400
    assert state(city, waiting) == "sent"


def test_an_address_that_is_none_is_refused_as_any_other(officer: Browser) -> None:
    assert officer.get("/rujukan/nothing").status_code == 403


def test_a_version_that_is_no_number_is_an_old_one(
    city: Platform, waiting: Referral, officer: Browser
) -> None:
    for seen in ("", "x", "-1", "²", "9" * 20):
        assert accept(officer, waiting, seen=seen).status_code == 409
    assert state(city, waiting) == "sent"


def test_the_doors_own_staff_receive_their_own_referrals(city: Platform) -> None:
    case_id = sent_now(city, "G05")
    own = referral(city, case_id, "UPTD_PPA", "sent")
    staff = browser(city, "staff", "UPTD_PPA")
    page = staff.get("/kotak-masuk").text
    assert f'href="/rujukan/{own.id}"' in page
    assert "/kotak-masuk/ditangani" in page
    answer = accept(staff, own)
    assert answer.status_code == 303
    name = next(
        q.name for q in assessment(city).questions.values() if q.sensitivity == "sangat_rahasia"
    )
    shown = staff.get(f"/rujukan/{own.id}?buka={name}")
    assert shown.status_code == 200
    assert "?buka=" in shown.text


def test_a_hostile_name_stays_text(city: Platform, waiting: Referral, officer: Browser) -> None:
    accept(officer, waiting, handler="<script>alert(1)</script>")
    page = officer.get(f"/rujukan/{waiting.id}").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_the_small_pack_is_served_by_the_same_pages(small: Platform) -> None:
    one = referral(small, sent(small, "C2"), "POS_BEDAH", "sent")
    officer = browser(small, "agency_officer", "POS_BEDAH")
    home = f"/rujukan/{one.id}"
    assert home in officer.get("/kotak-masuk").text
    assert accept(officer, one).status_code == 303
    first = officer.send(home, f"{home}/tindak-lanjut").location
    officer.send(
        first,
        first,
        **{
            "act": "next",
            "sudah_pulih": "true",
            "tanggal_rawat.day": "20",
            "tanggal_rawat.month": "11",
            "tanggal_rawat.year": "2026",
            "ringkas_rawat": "Ringkasan contoh",
        },
    )
    check = f"{home}/tindak-lanjut/periksa"
    assert "Ringkasan contoh" in officer.get(check).text
    done = officer.send(check, check)
    assert done.status_code == 303, done.text
    assert state(small, one) == "in_progress"
