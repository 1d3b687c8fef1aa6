"""What an agency reads of a case: field by field, by state, secrecy and consent."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from agency.referred import (
    all_referrals,
    assessment,
    person,
    referral,
    seen,
    sent,
    sent_answers,
    story,
)
from satupintu import clock
from satupintu.actions import answering, drafts, inbox
from satupintu.actions.action import Act
from satupintu.actions.files import open_file
from satupintu.actions.platform import Platform
from satupintu.actions.received import AccessEnded, Received
from satupintu.actions.routing import end_referrals
from satupintu.actions.submit import submit
from satupintu.errors import NotAllowed
from satupintu.forms.answers import asked
from satupintu.people.actor import Actor
from satupintu.store import audit, cases, files, referrals, submissions
from satupintu.store import drafts as stored
from satupintu.store.files import StoredFile

CANARY = "Kenari contoh "


def with_canaries(platform: Platform, example: str) -> tuple[str, dict[str, str]]:
    """Send an example with a text of its own in every question for text; return those texts."""
    form = assessment(platform)
    answers = story(platform, example)
    told = {
        question.name: f"{CANARY}{question.name}"
        for question in asked(form, answers)
        if question.kind in ("text", "textarea") and "pattern" not in question.schema
    }
    assert {form.questions[n].sensitivity for n in told} >= {"terbatas", "sangat_rahasia"}
    return sent_answers(platform, {**answers, **told}), told


def officer_of(platform: Platform, agency: str) -> Actor:
    lead = platform.content.service(clock.now()).lead_agency
    return person(platform, "service_head" if agency == lead else "agency_head", agency)


def accept(platform: Platform, who: Actor, referral_id: str, version: int = 1) -> None:
    answering.accept(platform, who, referral_id, version, "now", "Petugas contoh")


def shown(one: Received) -> str:
    return str(one.sections)


@pytest.mark.parametrize("example", ["G05", "G07", "G13", "G21"])
def test_each_agency_reads_exactly_the_answers_of_its_own_clearance(
    city: Platform, example: str
) -> None:
    case_id, told = with_canaries(city, example)
    form = assessment(city)
    agencies = city.content.agencies(clock.now())
    levels = set()
    for one in all_referrals(city, case_id):
        if one.state != "sent":
            continue
        who = officer_of(city, one.agency)
        before = seen(city, who, one.id)
        for name, text in told.items():
            assert text not in shown(before), (one.agency, name)
        accept(city, who, one.id)
        after = seen(city, who, one.id, reveal=tuple(told))
        for name, text in told.items():
            level = form.questions[name].sensitivity
            levels.add((level, level in agencies[one.agency].may_see))
            assert (text in shown(after)) == (level in agencies[one.agency].may_see), name
        covered = shown(seen(city, who, one.id))
        for name, text in told.items():
            if form.questions[name].sensitivity == "sangat_rahasia":
                assert text not in covered
    assert ("sangat_rahasia", False) in levels
    assert ("sangat_rahasia", True) in levels


def test_before_accepting_only_the_preview_is_told_and_the_rest_by_its_title(
    city: Platform,
) -> None:
    case_id = sent(city, "G05")
    form = assessment(city)
    one = referral(city, case_id, "RSUD", "sent")
    it = seen(city, officer_of(city, "RSUD"), one.id)
    may_see = it.agency.may_see
    titles = {row.title for page in it.sections for row in page.rows}
    assert titles == {
        q.title["id"]
        for q in form.questions.values()
        if "preview" in q.roles and q.sensitivity in may_see
    }
    opening = {t["id"] for page in it.opening for t in page.questions}
    closed = {t["id"] for page in it.closed for t in page.questions}
    assert closed == {
        q.title["id"] for q in form.questions.values() if q.sensitivity not in may_see
    }
    assert titles | opening | closed == {q.title["id"] for q in form.questions.values()}
    assert not titles & opening


def test_why_and_warnings_and_consent_come_with_the_referral(city: Platform) -> None:
    case_id = sent(city, "G07")
    one = referral(city, case_id, "RSUD", "sent")
    it = seen(city, officer_of(city, "RSUD"), one.id)
    rules = {r.id: r for r in city.content.rule_set(clock.now()).rules}
    assert [b.rule for b in it.because] == list(one.rules)
    assert all(b.why == rules[b.rule].why for b in it.because)
    flags = city.content.rule_set(clock.now()).flags
    dont = [f.title for f in flags.values() if f.effect == "do_not_contact"]
    assert list(it.warnings) == dont
    assert it.permission.kind in ("agreed", "to_be_told", "not_needed")


def test_once_done_only_the_preview_is_left(city: Platform) -> None:
    case_id, told = with_canaries(city, "G05")
    one = referral(city, case_id, "RSUD", "sent")
    who = officer_of(city, "RSUD")
    accept(city, who, one.id)
    answering.done(city, who, one.id, 2)
    it = seen(city, who, one.id, reveal=tuple(told))
    assert it.sections
    assert CANARY not in shown(it)


def refused(platform: Platform, who: Actor, referral_id: str) -> str:
    """Look at a referral in vain; return what was said, which the trail must hold too."""
    with pytest.raises(NotAllowed) as e:
        seen(platform, who, referral_id)
    with platform.store.reading() as tx:
        [last] = audit.listed(tx, object_kind="referral", object_id=referral_id, limit=1)
    assert (last.outcome, last.account) == ("refused", who.account_id)
    return e.value.problems[0].key


def test_no_agency_sees_what_was_sent_to_another(city: Platform) -> None:
    agencies = city.content.agencies(clock.now())
    sent_ones = [
        r
        for example in ("G05", "G07", "G13", "G10", "G15", "G20", "G23")
        for r in all_referrals(city, sent(city, example))
    ]
    assert len({r.agency for r in sent_ones}) == len(agencies)
    for code in agencies:
        who = officer_of(city, code)
        mine = {r.id for r in sent_ones if r.agency == code and r.state == "sent"}
        listed = inbox.listed(city, who, "waiting", "id").lines
        assert {line.referral.id for line in listed} == mine
        assert inbox.waiting(city, who) == len(mine)
        for one in sent_ones:
            if one.id in mine:
                assert seen(city, who, one.id).referral == one
            else:
                assert refused(city, who, one.id) == "referrals.not_yours"


def test_what_is_held_for_consent_is_told_to_nobody_of_its_agency(city: Platform) -> None:
    case_id = sent(city, "G05", share=False)
    held = [r for r in all_referrals(city, case_id) if r.state == "held"]
    assert held
    for one in held:
        who = officer_of(city, one.agency)
        unknown = refused(city, who, "00000000-0000-4000-8000-000000000000")
        assert refused(city, who, one.id) == unknown
        lists = (inbox.listed(city, who, box, "id").lines for box in inbox.BOXES)
        assert one.id not in {line.referral.id for lines in lists for line in lines}


def test_an_agency_can_have_one_referral_sent_and_another_held(city: Platform) -> None:
    case_id = sent(city, "G05", share=False)
    both = [r for r in all_referrals(city, case_id) if r.agency == "RSUD"]
    assert sorted(r.state for r in both) == ["held", "sent"] or len(both) == 1
    waiting = inbox.listed(city, officer_of(city, "RSUD"), "waiting", "id").lines
    assert all(line.referral.state == "sent" for line in waiting)


@pytest.mark.parametrize("pack", ["city", "small"])
def test_a_case_about_somebody_of_the_agency_is_its_heads_alone(
    request: pytest.FixtureRequest, pack: str
) -> None:
    platform: Platform = request.getfixturevalue(pack)
    case_id = sent(platform, {"city": "G23", "small": "C7"}[pack])
    restricted = [r for r in all_referrals(platform, case_id) if r.head_only]
    assert restricted
    for one in restricted:
        head = person(platform, "agency_head", one.agency)
        officer = person(platform, "agency_officer", one.agency)
        assert refused(platform, officer, one.id) == "referrals.not_yours"
        assert inbox.waiting(platform, officer) == 0
        assert inbox.listed(platform, officer, "waiting", "id").lines == ()
        with pytest.raises(NotAllowed):
            accept(platform, officer, one.id)
        if one.state == "sent":
            assert inbox.waiting(platform, head) == 1
            assert seen(platform, head, one.id).referral == one


def test_a_referral_that_was_declined_or_ended_says_so_and_shows_nothing(city: Platform) -> None:
    case_id = sent(city, "G05")
    declined = referral(city, case_id, "RSUD", "sent")
    who = officer_of(city, "RSUD")
    answering.decline(city, who, declined.id, 1, "full", "", "id")
    with pytest.raises(AccessEnded) as e:
        seen(city, who, declined.id)
    assert e.value.referral.state == "declined"
    ended = referral(city, case_id, "POLRES_PPA", "sent")
    _end(city, case_id, ended.id)
    assert refused(city, officer_of(city, "POLRES_PPA"), ended.id) == "referrals.ended_ended"
    assert refused(city, officer_of(city, "LBH"), ended.id) == "referrals.not_yours"


def test_one_that_ended_while_it_was_held_was_never_theirs(city: Platform) -> None:
    case_id = sent(city, "G05", share=False)
    held = next(r for r in all_referrals(city, case_id) if r.state == "held")
    _end(city, case_id, held.id)
    assert refused(city, officer_of(city, held.agency), held.id) == "referrals.not_yours"


def _end(platform: Platform, case_id: str, referral_id: str) -> None:
    staff = person(platform, "service_head")
    with platform.store.writing() as tx:
        act = Act("referral.end", staff, platform, clock.now(), tx)
        one = referrals.get(tx, referral_id)
        end_referrals(act, cases.get(tx, case_id), [one], "Alasan contoh")


def _answered_again(platform: Platform, case_id: str, **changed: Any) -> None:
    with platform.store.writing() as tx:
        last = submissions.latest(tx, case_id, "assessment")
        assert last is not None
        newer = replace(
            last,
            id="a" * 32,
            answers={**last.answers, **changed},
            submitted_at=clock.now(),
            corrects=last.id,
        )
        submissions.add(tx, newer)


def test_a_person_who_takes_consent_back_closes_the_answers_at_once(city: Platform) -> None:
    case_id, told = with_canaries(city, "G05")
    needing = next(
        r for r in all_referrals(city, case_id) if r.consent == "perlu" and r.state == "sent"
    )
    who = officer_of(city, needing.agency)
    accept(city, who, needing.id)
    assert CANARY in shown(seen(city, who, needing.id, reveal=tuple(told)))
    _answered_again(city, case_id, berbagi_dengan=[])
    it = seen(city, who, needing.id, reveal=tuple(told))
    assert it.permission.kind == "withdrawn"
    assert it.sections == ()
    lawful = next(
        r for r in all_referrals(city, case_id) if r.consent == "tanpa" and r.state == "sent"
    )
    assert seen(city, officer_of(city, lawful.agency), lawful.id).sections


def test_a_correction_is_read_at_once(city: Platform) -> None:
    case_id, told = with_canaries(city, "G05")
    one = referral(city, case_id, "RSUD", "sent")
    who = officer_of(city, "RSUD")
    accept(city, who, one.id)
    name = next(n for n in told if assessment(city).questions[n].sensitivity == "terbatas")
    _answered_again(city, case_id, **{name: "Jawaban baru contoh"})
    assert "Jawaban baru contoh" in shown(seen(city, who, one.id))


def test_every_look_is_in_the_audit_trail_without_an_answer(city: Platform) -> None:
    case_id, told = with_canaries(city, "G05")
    one = referral(city, case_id, "UPTD_PPA", "sent")
    who = officer_of(city, "UPTD_PPA")
    accept(city, who, one.id)
    name = next(n for n in told if assessment(city).questions[n].sensitivity == "sangat_rahasia")
    seen(city, who, one.id, reveal=(name, "<b>tidak ada</b>"))
    with city.store.reading() as tx:
        entries = audit.listed(tx, object_kind="referral", object_id=one.id)
        everything = str(audit.listed(tx, limit=500))
    assert [e.action for e in entries] == ["referral.read", "referral.accept"]
    assert entries[0].details is not None
    assert entries[0].details["revealed"] == [name]
    assert CANARY not in everything


def test_the_list_tells_no_name_and_no_story(city: Platform) -> None:
    case_id, _ = with_canaries(city, "G05")
    for one in all_referrals(city, case_id):
        if one.state == "sent":
            lines = inbox.listed(city, officer_of(city, one.agency), "waiting", "id").lines
            assert lines
            assert CANARY not in str(lines)
            assert all(line.number and line.about for line in lines)


def test_the_other_pack_is_cut_in_the_same_way(small: Platform) -> None:
    case_id = sent(small, "C2")
    one = referral(small, case_id, "POS_BEDAH", "sent")
    who = officer_of(small, "POS_BEDAH")
    before = seen(small, who, one.id)
    form = assessment(small)
    titles = {row.title for page in before.sections for row in page.rows}
    assert form.questions["pemilik.asal_wilayah"].title["id"] in titles
    assert form.questions["pemilik.nomor_gawai"].title["id"] not in titles
    accept(small, who, one.id)
    after = seen(small, who, one.id)
    titles = {row.title for page in after.sections for row in page.rows}
    assert form.questions["pemilik.nomor_gawai"].title["id"] in titles
    assert form.questions["pemilik.sebutan"].title["id"] not in titles


def with_file(platform: Platform, example: str) -> tuple[str, dict[str, str]]:
    """Send an example with a file as the answer to each question for one; return them by name."""
    form = assessment(platform)
    staff = person(platform, "staff")
    answers = story(platform, example)
    begun = drafts.start(platform, staff, "id")
    given = {q.name: str(uuid4()) for q in asked(form, answers) if q.kind == "file"}
    assert given
    with platform.store.writing() as tx:
        stored.save(tx, replace(begun, body={**begun.body, "answers": {**answers, **given}}))
        for name, file_id in given.items():
            file = StoredFile(
                file_id, name, "contoh.pdf", "application/pdf", 4, clock.now(), draft_id=begun.id
            )
            files.add(tx, file, b"%PDF")
    return submit(platform, staff, begun.id).case_id, given


def opens(platform: Platform, who: Actor, file_id: str) -> bool:
    try:
        return open_file(platform, who, file_id).data == b"%PDF"
    except NotAllowed:
        return False


def test_a_file_opens_with_the_answer_that_it_is(city: Platform) -> None:
    case_id, given = with_file(city, "G05")
    form = assessment(city)
    for one in all_referrals(city, case_id):
        if one.agency == "UPTD_PPA":
            continue
        who = officer_of(city, one.agency)
        assert not any(opens(city, who, file_id) for file_id in given.values())
        if one.state == "sent":
            accept(city, who, one.id)
        for name, file_id in given.items():
            cleared = form.questions[name].sensitivity in _clearance(city, one.agency)
            assert opens(city, who, file_id) == (cleared and one.state == "sent")
    _answered_again(city, case_id, berbagi_dengan=[])
    for one in all_referrals(city, case_id):
        if one.consent == "perlu" and one.agency not in _lawful(city, case_id):
            who = officer_of(city, one.agency)
            assert not any(opens(city, who, file_id) for file_id in given.values())


def _clearance(platform: Platform, agency: str) -> frozenset[str]:
    return platform.content.agencies(clock.now())[agency].may_see


def _lawful(platform: Platform, case_id: str) -> set[str]:
    """Return the agencies that read the case without the person's consent."""
    lead = platform.content.service(clock.now()).lead_agency
    return {r.agency for r in all_referrals(platform, case_id) if r.consent != "perlu"} | {lead}
