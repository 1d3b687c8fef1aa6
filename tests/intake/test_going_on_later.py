"""A reporter without an account stops, and goes on by a code: here, elsewhere, or never."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from sqlalchemy import func, select
from werkzeug.test import TestResponse

from forms.completed_answers import complete
from intake.desk import Desk, hidden, pages_of, problems_in, typed
from intake.newer_form import in_force, publish
from intake.test_public_report import code_in, send, tell
from intake.test_quiet_saves import QUIET, asked_always
from packs.installation import KECIL
from satupintu import clock
from satupintu.actions.forgetting import forget
from satupintu.actions.platform import Platform
from satupintu.cases import tracking
from satupintu.documents import Json
from satupintu.people.actor import SYSTEM
from satupintu.store import audit
from satupintu.store.tables import drafts

WRONG = "waktu simpannya sudah habis"


def step(desk: Desk) -> dict[str, str]:
    """Return what the step that is open sends along."""
    html = desk.get("/lapor").text
    return {name: hidden(html, name) for name in ("langkah", "seen", ":view", ":drawn")}


def put_off(platform: Platform, desk: Desk, text: str = "cerita setengah") -> str:
    """Type into the first step that asks for a text, ask to go on later; return the code."""
    form = in_force(platform, "public_report")
    page, question = asked_always(form, "textarea")
    answers = complete(form, {})
    for earlier in form.pages[: form.pages.index(page)]:
        sent = typed(platform, form, earlier, answers)
        for _ in range(4):
            desk.post("/lapor", {**sent, **step(desk)})
    answer = desk.post("/lapor", {**step(desk), question.name: text, "act": "later"})
    assert (answer.status_code, answer.location) == (303, "/lapor/nanti")
    return code_in(desk.get("/lapor/nanti").text)


def go_on(desk: Desk, code: str) -> TestResponse:
    return desk.post("/lapor/lanjut", {"kode": code})


def kept_drafts(platform: Platform) -> int:
    with platform.store.reading() as tx:
        return int(tx.run(select(func.count()).select_from(drafts)).scalar_one())


def cookies_of(desk: Desk) -> set[str]:
    return {c.key for c in desk.client._cookies.values()}  # type: ignore[union-attr]


def test_a_report_put_off_is_gone_from_this_device_and_goes_on_at_another(
    city: Platform, raw_bytes: Callable[[Platform], bytes]
) -> None:
    app = pages_of(city)
    phone = Desk.of(city, app=app)
    code = put_off(city, phone)
    assert tracking.normalised(code) == code
    assert "cerita setengah" not in phone.get("/lapor").text
    assert "isian" not in cookies_of(phone)
    assert code not in phone.get("/lapor/nanti").text, "a code is shown once"
    other = Desk.of(city, app=app)
    answer = go_on(other, code.lower().replace("-", " "))
    assert (answer.status_code, answer.location) == (303, "/lapor")
    page = other.get("/lapor").text
    assert "cerita setengah" in page
    assert not problems_in(page), "nobody asked yet whether the page is complete"
    assert code.encode() not in raw_bytes(city)
    assert b"cerita setengah" not in raw_bytes(city)


def test_the_device_that_goes_on_takes_the_report_from_the_one_before(city: Platform) -> None:
    app = pages_of(city)
    code = put_off(city, Desk.of(city, app=app))
    first, second = Desk.of(city, app=app), Desk.of(city, app=app)
    go_on(first, code)
    go_on(second, code)
    assert "cerita setengah" not in first.get("/lapor").text
    assert "cerita setengah" in second.get("/lapor").text


def test_a_wrong_code_and_one_whose_time_is_over_answer_the_same(city: Platform) -> None:
    desk = Desk.of(city)
    code = put_off(city, desk)
    days = in_force(city, "public_report").settings.draft_days
    assert days is not None

    def told(typed_code: str) -> str:
        answer = go_on(desk, typed_code)
        assert (answer.status_code, answer.location) == (303, "/lapor/lanjut")
        html = desk.get("/lapor/lanjut").text
        assert WRONG in html
        return re.sub(r'value="[^"]*"', "", html)

    wrong = told("0" * 16)
    assert told("bukan kode") == wrong
    with clock.shifted(timedelta(days=days, seconds=1)):
        assert told(code) == wrong


def test_nobody_finds_a_code_by_trying(city: Platform) -> None:
    desk = Desk.of(city)
    status = [go_on(desk, "0" * 16).status_code for _ in range(22)]
    assert (status[0], status[-1]) == (303, 429)


def test_leaving_quickly_leaves_nothing_here_and_the_code_still_goes_on(city: Platform) -> None:
    app = pages_of(city)
    desk = Desk.of(city, app=app)
    code = put_off(city, desk)
    go_on(desk, code)
    left = desk.get("/keluar")
    assert left.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert not cookies_of(desk) & {"isian", "nanti"}
    assert kept_drafts(city) == 1
    other = Desk.of(city, app=app)
    go_on(other, code)
    assert "cerita setengah" in other.get("/lapor").text


def test_once_sent_the_draft_and_its_code_are_gone(city: Platform) -> None:
    app = pages_of(city)
    desk = Desk.of(city, app=app)
    code = put_off(city, desk)
    go_on(desk, code)
    assert 'value="send"' in tell(city, desk).text
    assert send(desk).location == "/lapor/terkirim"
    assert kept_drafts(city) == 0
    other = Desk.of(city, app=app)
    assert go_on(other, code).location == "/lapor/lanjut"


def test_a_reporter_deletes_her_draft_at_once(city: Platform) -> None:
    desk = Desk.of(city)
    code = put_off(city, desk)
    go_on(desk, code)
    assert 'href="/lapor/hapus"' in desk.get("/lapor").text
    assert "Hapus sekarang" in desk.get("/lapor/hapus").text
    assert desk.post("/lapor/hapus", {}).location == "/lapor/hapus"
    assert "Tidak ada isian di sini" in desk.get("/lapor/hapus").text
    assert kept_drafts(city) == 0
    assert go_on(desk, code).location == "/lapor/lanjut"


def test_put_off_again_the_same_code_holds_until_another_is_asked_for(city: Platform) -> None:
    app = pages_of(city)
    desk = Desk.of(city, app=app)
    code = put_off(city, desk)
    go_on(desk, code)
    desk.post("/lapor", {**step(desk), "act": "later"})
    page = desk.get("/lapor/nanti").text
    assert "tetap berlaku" in page
    assert code not in page
    desk.post("/lapor/nanti", {})
    another = code_in(desk.get("/lapor/nanti").text)
    other = Desk.of(city, app=app)
    assert go_on(other, code).location == "/lapor/lanjut"
    assert go_on(other, another).location == "/lapor"


def test_it_can_be_put_off_from_the_page_that_reads_it_back(city: Platform) -> None:
    desk = Desk.of(city)
    tell(city, desk)
    answer = desk.post("/lapor", {"langkah": "periksa", "act": "later"})
    assert answer.location == "/lapor/nanti"
    code = code_in(desk.get("/lapor/nanti").text)
    go_on(desk, code)
    assert 'value="send"' in desk.get("/lapor").text


def test_nothing_is_kept_quietly_of_a_reporter_who_did_not_ask(city: Platform) -> None:
    desk = Desk.of(city)
    form = in_force(city, "public_report")
    page, question = asked_always(form, "textarea")
    assert 'hx-post="/lapor/simpan"' not in desk.get("/lapor").text
    sent = {**step(desk), "langkah": page.id, question.name: "diam-diam"}
    assert desk.post("/lapor/simpan", sent, **QUIET).status_code == 404
    desk.post("/lapor", {**step(desk), "act": "back"})
    refused = desk.post("/lapor/simpan", {**step(desk), question.name: "diam-diam"}, **QUIET)
    assert refused.status_code == 403
    assert "Belum tersimpan." in refused.text
    assert "diam-diam" not in desk.get("/lapor").text


def test_with_a_code_what_is_typed_is_kept_quietly(city: Platform) -> None:
    app = pages_of(city)
    desk = Desk.of(city, app=app)
    code = put_off(city, desk)
    go_on(desk, code)
    assert 'hx-post="/lapor/simpan"' in desk.get("/lapor").text
    _, question = asked_always(in_force(city, "public_report"), "textarea")
    told = desk.post("/lapor/simpan", {**step(desk), question.name: "lebih lengkap"}, **QUIET)
    assert told.status_code == 200
    other = Desk.of(city, app=app)
    go_on(other, code)
    assert "lebih lengkap" in other.get("/lapor").text


def test_a_report_put_off_is_kept_as_long_as_its_form_says_and_then_erased(city: Platform) -> None:
    desk = Desk.of(city)
    code = put_off(city, desk)
    days = in_force(city, "public_report").settings.draft_days
    assert days is not None
    with clock.shifted(timedelta(days=days, minutes=-1)):
        assert forget(city, SYSTEM) == 0
        assert go_on(desk, code).location == "/lapor"
    with clock.shifted(timedelta(days=days, minutes=1)):
        assert forget(city, SYSTEM) == 1
    assert kept_drafts(city) == 0


def test_the_door_offers_it_only_where_the_form_lets_people_stop(
    city: Platform, tmp_path: Path
) -> None:
    app = pages_of(city)
    desk = Desk.of(city, app=app)
    assert 'href="/lapor/lanjut"' in desk.get("/").text
    assert 'value="later"' in desk.get("/lapor").text

    def closed(document: Json) -> None:
        document["x-form"]["settings"]["draft"] = False

    publish(city, "public_report", tmp_path, closed)
    assert 'href="/lapor/lanjut"' not in desk.get("/").text
    assert 'value="later"' not in desk.get("/lapor").text
    desk.post("/lapor", {**step(desk), "act": "back"})
    assert desk.post("/lapor", {**step(desk), "act": "later"}).status_code == 403


def test_the_small_city_lets_people_stop_too(
    new_platform: Callable[[Path | None], Platform],
) -> None:
    platform = new_platform(KECIL)
    desk = Desk.of(platform)
    answer = desk.post("/lapor", {**step(desk), "act": "later"})
    if in_force(platform, "public_report").settings.draft:
        assert answer.location == "/lapor/nanti"
    else:
        assert answer.status_code == 403


def test_no_page_is_kept_by_a_browser_and_the_trail_names_no_code(city: Platform) -> None:
    desk = Desk.of(city)
    code = put_off(city, desk)
    go_on(desk, "0" * 16)
    go_on(desk, code)
    for address in ("/lapor", "/lapor/nanti", "/lapor/lanjut", "/lapor/hapus"):
        assert desk.get(address).headers["Cache-Control"] == "no-store"
    with city.store.reading() as tx:
        entries = [e for e in audit.listed(tx) if e.action.startswith("public.")]
    told = {(e.action, e.outcome) for e in entries}
    assert {("public.later", "done"), ("public.resume", "refused"), ("public.resume", "done")} <= (
        told
    )
    assert code not in str(entries)
