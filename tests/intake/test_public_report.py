from __future__ import annotations

import gzip
import io
import re
import struct
import zlib
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from forms.completed_answers import complete
from intake.desk import Desk, hidden, pages_of, problems_in, typed
from packs.installation import KECIL
from satupintu import clock
from satupintu.actions.platform import Platform
from satupintu.cases import tracking
from satupintu.cases.case import Case, Submission
from satupintu.cases.deadlines import report_due_at
from satupintu.forms.document import Form, Question
from satupintu.store import cases, files, outbox, submissions, timeline
from satupintu.store.tables import drafts


def png() -> bytes:
    """Return the smallest picture that is one."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        crc = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc)

    size = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    pixels = zlib.compress(bytes(2))
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


PNG = png()


def form_of(platform: Platform) -> Form:
    return platform.content.in_force(clock.now()).form_for("public_report")


def attached(form: Form) -> list[Question]:
    """The questions that are answered with files."""
    return [q for q in form.questions.values() if q.kind in ("file", "files")]


def tell(platform: Platform, desk: Desk, **more: object) -> TestResponse:
    """Fill in every step of a report; return the page where it is read back."""
    form = form_of(platform)
    answers = complete(form, {})
    for page in form.pages:
        sent = typed(platform, form, page, answers)
        sent |= {name: value for name, value in more.items() if name in page.questions}
        for _ in range(4):
            shown = desk.get("/lapor")
            fields = {"langkah": page.id, "seen": hidden(shown.text, "seen")}
            answer = desk.post("/lapor", {**sent, **fields})
            assert answer.location == "/lapor"
            after = desk.get("/lapor").text
            assert not problems_in(after), problems_in(after)
            if hidden(after, "langkah") != page.id:
                break
    return desk.get("/lapor")


def send(desk: Desk) -> TestResponse:
    return desk.post("/lapor", {"langkah": "periksa", "act": "send"})


def code_in(html: str) -> str:
    found = re.search(r'class="code-big">([^<]+)<', html)
    assert found is not None
    return found[1]


def only_case(platform: Platform) -> tuple[Case, Submission]:
    with platform.store.reading() as tx:
        [case] = cases.listed(tx, ["undecided"])
        [submission] = submissions.of_case(tx, case.id)
        return case, submission


@pytest.mark.parametrize("content", [None, KECIL], ids=["prabumulih", "kecil"])
def test_a_report_becomes_an_undecided_case_that_its_code_follows(
    new_platform: Callable[[Path | None], Platform], content: Path | None
) -> None:
    platform = new_platform(content)
    app = pages_of(platform)
    desk = Desk.of(platform, app=app)
    page = tell(platform, desk)
    assert 'value="send"' in page.text
    answer = send(desk)
    assert answer.location == "/lapor/terkirim"
    shown = desk.get("/lapor/terkirim")
    case, submission = only_case(platform)
    lead = platform.content.agencies(clock.now())[platform.content.service(clock.now()).lead_agency]
    assert case.due_at == report_due_at(case.created_at, lead)
    assert (case.manager, submission.submitted_by) == (None, None)
    assert submission.form_hash == form_of(platform).hash
    with platform.store.reading() as tx:
        assert [e.kind for e in timeline.of_case(tx, case.id)] == ["reported"]
        assert [m.kind for m in outbox.due(tx, clock.now())] == ["case_reported"]
    if form_of(platform).settings.tracking_code:
        code = code_in(shown.text)
        assert tracking.normalised(code) == code
        stranger = Desk.of(platform, app=app)
        asked = stranger.post("/kabar", {"kode": code.lower().replace("-", " ")})
        assert asked.location == "/kabar"
        found = stranger.get("/kabar")
        assert "menunggu dibaca" in found.text
        assert case.number not in found.text
        assert "menunggu dibaca" not in stranger.get("/kabar").text


def test_the_code_is_shown_once_and_stands_in_no_table(
    city: Platform, raw_bytes: Callable[[Platform], bytes]
) -> None:
    desk = Desk.of(city)
    tell(city, desk)
    send(desk)
    code = code_in(desk.get("/lapor/terkirim").text)
    assert code not in desk.get("/lapor/terkirim").text
    assert code.encode() not in raw_bytes(city)


def test_sending_twice_makes_one_case_and_gives_the_same_code(city: Platform) -> None:
    desk = Desk.of(city)
    tell(city, desk)
    before = {c.key: c.value for c in desk.client._cookies.values()}  # type: ignore[union-attr]
    send(desk)
    first = code_in(desk.get("/lapor/terkirim").text)
    for name, value in before.items():
        desk.client.set_cookie(name, value)
    assert send(desk).location == "/lapor/terkirim"
    assert code_in(desk.get("/lapor/terkirim").text) == first
    only_case(city)


def test_every_step_has_one_address_and_a_neutral_title(city: Platform) -> None:
    desk = Desk.of(city)
    form = form_of(city)
    first = desk.get("/lapor")
    last = tell(city, desk)
    neutral = form.settings.neutral_title
    assert neutral is not None
    for page in (first, last):
        assert f"<title>{neutral['id']}</title>" in page.text
        assert set(re.findall(r'action="([^"]*)"', page.text)) == {"/lapor"}
        assert 'href="/keluar"' in page.text


def test_going_back_and_changing_an_answer_loses_nothing(city: Platform) -> None:
    desk = Desk.of(city)
    tell(city, desk)
    first, second = form_of(city).pages
    desk.post("/lapor", {"langkah": "periksa", "act": f"goto:{first.id}"})
    assert hidden(desk.get("/lapor").text, "langkah") == first.id
    desk.post("/lapor", {"langkah": "periksa", "act": "back"})
    assert hidden(desk.get("/lapor").text, "langkah") == second.id


def test_an_incomplete_step_says_what_is_missing_and_keeps_the_rest(city: Platform) -> None:
    desk = Desk.of(city)
    page = form_of(city).pages[0]
    shown = desk.get("/lapor")
    answer = desk.post("/lapor", {"langkah": page.id, "seen": hidden(shown.text, "seen")})
    assert answer.status_code == 303
    again = desk.get("/lapor").text
    assert problems_in(again)
    assert hidden(again, "langkah") == page.id


def test_a_file_that_is_refused_says_so_on_the_page_that_follows(city: Platform) -> None:
    desk = Desk.of(city)
    form = form_of(city)
    [question] = attached(form)
    [page] = [p for p in form.pages if question.name in p.questions]
    shown = desk.get("/lapor")
    sent = {"langkah": page.id, "seen": hidden(shown.text, "seen")}
    desk.post("/lapor", {**sent, question.name: (io.BytesIO(b"MZ\x00"), "foto.png")})
    told = problems_in(desk.get("/lapor").text)
    assert len(told) > len(problems_in(shown.text))
    assert any("berkas" in sentence.casefold() for sentence in told), told


def test_sending_by_address_without_the_steps_sends_nothing(city: Platform) -> None:
    desk = Desk.of(city)
    page = form_of(city).pages[0]
    shown = desk.get("/lapor")
    desk.post("/lapor", {"langkah": page.id, "seen": hidden(shown.text, "seen")})
    assert send(desk).location == "/lapor"
    with city.store.reading() as tx:
        assert cases.listed(tx, ["undecided", "decided", "triage"]) == ()


def test_a_file_goes_along_sealed_and_staff_save_it_as_an_attachment(city: Platform) -> None:
    app = pages_of(city)
    desk = Desk.of(city, app=app)
    [question] = attached(form_of(city))
    tell(city, desk, **{question.name: (io.BytesIO(PNG), "foto <b>.png")})
    send(desk)
    case, submission = only_case(city)
    with city.store.reading() as tx:
        [file] = files.of_case(tx, case.id)
    assert submission.answers[question.name] == [file.id]
    staff = Desk.of(city, "staff", app=app)
    answer = staff.get(f"/berkas/{file.id}")
    assert answer.data == PNG
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert Desk.of(city, "agency_officer", app=app).get(f"/berkas/{file.id}").status_code == 403
    assert Desk.of(city, app=app).get(f"/berkas/{file.id}").status_code == 303


def test_leaving_deletes_what_was_begun(city: Platform) -> None:
    desk = Desk.of(city)
    tell(city, desk)
    with city.store.reading() as tx:
        count = select(func.count()).select_from(drafts)
        assert tx.run(count).scalar_one() == 1
    desk.get("/keluar")
    with city.store.reading() as tx:
        assert tx.run(count).scalar_one() == 0


def test_nobody_finds_a_code_by_trying(city: Platform) -> None:
    desk = Desk.of(city)
    status = [desk.post("/kabar", {"kode": "0" * 16}).status_code for _ in range(32)]
    assert status[0] == 303
    assert problems_in(desk.get("/kabar").text)
    assert status[-1] == 429


def test_a_report_left_alone_for_a_day_is_over(city: Platform) -> None:
    desk = Desk.of(city)
    tell(city, desk)
    with clock.shifted(timedelta(hours=25)):
        assert hidden(desk.get("/lapor").text, "langkah") == form_of(city).pages[0].id


def test_a_step_weighs_little_on_a_poor_line(city: Platform) -> None:
    page = Desk.of(city).get("/lapor")
    assert len(gzip.compress(page.data)) < 8 * 1024
    assert len(re.findall(r"<(?:script|link) [^>]*(?:src|href)=\"/", page.text)) == 2
