"""The queue shows what is late first, and only what is the reader's."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import event

from intake.desk import Desk, one_of
from satupintu import clock
from satupintu.actions import cases, drafts, managing, queue
from satupintu.actions.platform import Platform
from satupintu.cases.case import Case
from satupintu.errors import Conflict
from satupintu.store import cases as store
from satupintu.store import notices
from staff.desk_cases import a_case, people, text_of


def a_report(platform: Platform, number: str = "X-1") -> Case:
    """Keep a case as a public report leaves it: undecided, nobody's."""
    at = clock.now()
    due = at + timedelta(hours=1)
    case = Case(str(uuid4()), number, "undecided", at, due_at=due)
    with platform.store.writing() as tx:
        store.add(tx, case)
    return case


def test_nothing_late_says_so(city: Platform) -> None:
    desk = Desk.of(city, "staff")
    assert "Tidak ada yang lewat batas" in desk.get("/antrean").text
    for part in ("reports", "triage", "drafts", "entah"):
        assert desk.get(f"/antrean?bagian={part}").status_code == 200


def test_a_silent_agency_is_late_after_its_time_to_answer(either: Platform) -> None:
    staff = one_of(either, "staff")
    case_id = a_case(either, who=staff).case_id
    referrals = [r for r in cases.read(either, staff, case_id).referrals if r.state == "sent"]
    last = max(r.acknowledge_by for r in referrals if r.acknowledge_by is not None)
    with clock.standing_at(last + timedelta(minutes=1)):
        late = queue.queue(either, staff).late
    assert {one.referral.id for one in late} >= {r.id for r in referrals}
    assert [one.due_at for one in late] == sorted(one.due_at for one in late)


def test_the_queue_leads_with_the_longest_overdue_and_counts_it(city: Platform) -> None:
    submitted = a_case(city)
    desk = Desk.of(city, "staff")
    with clock.shifted(timedelta(days=30)):
        desk = Desk.of(city, "staff")
        html = desk.get("/antrean").text
    assert html.count('class="is-over"') == len(queue_referrals(city, submitted.case_id))
    assert "count--bad" in html
    assert submitted.number in html


def queue_referrals(platform: Platform, case_id: str) -> list[object]:
    file = cases.read(platform, one_of(platform, "staff"), case_id)
    return [r for r in file.referrals if r.open]


def test_a_colleague_sees_none_of_it_and_the_head_all(city: Platform) -> None:
    owner, other = people(city, "staff")
    case_id = a_case(city, who=owner).case_id
    with clock.shifted(timedelta(days=30)):
        assert queue.queue(city, other).late == ()
        mine = queue.queue(city, owner).late
        assert mine
        assert queue.queue(city, one_of(city, "service_head")).late == mine
        managing.share(city, owner, case_id, str(other.account_id))
        assert queue.queue(city, other).late == mine


def test_a_report_is_taken_by_one_person(city: Platform) -> None:
    case = a_report(city)
    owner, other = people(city, "staff")
    desk = Desk.of(city, "staff")
    assert case.number in text_of(desk.get("/antrean?bagian=reports").text)
    assert "Ambil laporan" in desk.get(f"/kasus/{case.id}").text
    assert desk.post(f"/kasus/{case.id}/ambil", {}).status_code == 303
    assert managing.take(city, owner, case.id).manager == owner.account_id
    assert "mengambil laporan ini" in desk.get(f"/kasus/{case.id}").text
    second = Desk.of(city)
    second.log_in(str(other.login))
    assert second.post(f"/kasus/{case.id}/ambil", {}).status_code == 403
    head = one_of(city, "service_head")
    with pytest.raises(Conflict) as e:
        managing.take(city, head, case.id)
    assert e.value.problems[0].key == "staff.taken_already"


def test_cases_with_the_same_alarm_stand_in_one_strip(city: Platform) -> None:
    numbers = [a_case(city).number for _ in range(2)]
    page = Desk.of(city, "staff").get("/antrean").text
    alarmed = queue.queue(city, one_of(city, "staff")).alarms
    kinds = {alarm.kind for alarm in alarmed}
    assert {alarm.case.number for alarm in alarmed} >= set(numbers)
    assert page.count('class="alert-strip ') == len(kinds)
    assert page.count('class="alert-strip__row"') == len(alarmed)


def test_drafts_that_are_not_finished_wait_there(city: Platform) -> None:
    staff = one_of(city, "staff")
    draft = drafts.start(city, staff, "id")
    page = Desk.of(city, "staff").get("/antrean?bagian=drafts").text
    assert draft.id in page
    assert "Lanjutkan" in page


def test_the_desk_is_only_for_those_who_work_there(city: Platform) -> None:
    for role in ("agency_officer", "auditor", "administrator"):
        desk = Desk.of(city, role)
        for address in ("/antrean", "/kasus"):
            assert desk.get(address).status_code == 403
    assert Desk.of(city).get("/antrean").status_code == 303


def test_what_a_list_does_not_show_is_counted_and_said(city: Platform) -> None:
    at = clock.now()
    with city.store.writing() as tx:
        for n in range(203):
            due = at + timedelta(minutes=n)
            store.add(tx, Case(str(uuid4()), f"X-{n:03}", "undecided", at, due_at=due))
    desk = Desk.of(city, "staff")
    page = text_of(desk.get("/antrean?bagian=reports").text)
    assert "Laporan publik baru 203" in page
    assert "Ditampilkan 200 yang paling mendesak dari 203" in page
    assert "X-199" in page
    assert "X-200" not in page
    assert "Ditampilkan" not in text_of(desk.get("/antrean").text)


def test_an_alarm_is_never_hidden_behind_older_ones_of_another_kind(city: Platform) -> None:
    case = a_report(city)
    with city.store.writing() as tx:
        for _ in range(250):
            notices.add(tx, "referral_silent", clock.now(), case_id=case.id)
        notices.add(tx, "call_head", clock.now(), case_id=case.id)
    alarms = queue.queue(city, one_of(city, "staff")).alarms
    assert [(one.kind, one.case.id) for one in alarms] == [("call_head", case.id)]


def test_the_header_counts_what_waits_and_opens_none_of_it(city: Platform) -> None:
    asked: list[str] = []
    event.listen(
        city.store.engine, "before_cursor_execute", lambda _c, _u, sql, *_: asked.append(sql)
    )
    staff = one_of(city, "staff")
    a_case(city, who=staff)
    took = []
    with clock.shifted(timedelta(days=30)):
        desk = Desk.of(city)
        desk.log_in(str(staff.login))
        for _ in range(2):
            desk.get("/sandi")
            asked.clear()
            assert "count--bad" in desk.get("/sandi").text
            took.append(len(asked))
            assert not [sql for sql in asked if "services_sealed" in sql]
            a_case(city, who=staff)
    assert took[0] == took[1]
