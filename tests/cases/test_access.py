"""Who may see which case, which referral and which answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from satupintu.cases.access import (
    cut,
    in_queue,
    may_see_case,
    may_see_referral,
    secret,
    sensitivity,
    visible,
)
from satupintu.cases.case import CASE_STATES, Case
from satupintu.cases.referral import REFERRAL_STATES
from satupintu.forms.reading_back import sections
from satupintu.people.actor import PUBLIC, SYSTEM, Actor
from satupintu.people.roles import ROLES

LEAD = "BALAI_SATWA"
STAFF = Actor("staff", "staff", LEAD)
HEAD = Actor("head", "service_head", LEAD)
OFFICER = Actor("officer", "agency_officer", "POS_UJI")
CHIEF = Actor("chief", "agency_head", "POS_UJI")
CASE = Case("c", "2026/SATWA.001", "decided", datetime(2026, 11, 23, tzinfo=UTC), manager="other")
ANSWERS = {
    "pemilik": {
        "sebutan": "Pemilik Contoh",
        "nomor_gawai": "080000000000",
        "asal_wilayah": "seberang",
    },
    "bangsa_satwa": "meong",
    "tanda_sakit": ["lemas"],
    "minta_mandul": False,
    "kawanan": [{"bangsa": "unggas", "ikut_lemas": True}],
    "uraian_mantri": "Catatan contoh",
}


def sees(who: Actor, case: Case = CASE, shared=()) -> bool:
    return may_see_case(who, case, LEAD, shared)


def test_staff_see_their_own_cases_shared_ones_and_the_queue():
    assert not sees(STAFF)
    assert sees(STAFF, replace(CASE, manager="staff"))
    assert sees(STAFF, shared=("staff",))
    assert sees(STAFF, replace(CASE, state="undecided", manager=None))
    assert not sees(STAFF, replace(CASE, state="undecided"))
    assert not sees(STAFF, replace(CASE, manager=None))
    assert sees(STAFF, replace(CASE, state="triage"))


def test_the_service_head_sees_every_case():
    for state, manager, head_only in product(CASE_STATES, ("other", None), (True, False)):
        assert sees(HEAD, replace(CASE, state=state, manager=manager, head_only=head_only))


def test_a_case_for_the_head_only_is_closed_to_staff_even_to_its_manager():
    mine = replace(CASE, manager="staff", head_only=True)
    assert not sees(STAFF, mine, shared=("staff",))
    assert not sees(STAFF, replace(mine, state="triage", manager=None))


@pytest.mark.parametrize("role", [r for r in ROLES if r not in ("staff", "service_head")])
def test_no_other_role_ever_sees_a_case(role):
    for agency, state in product((LEAD, "POS_UJI", None), CASE_STATES):
        case = replace(CASE, state=state, manager="x")
        assert not sees(Actor("x", role, agency), case, shared=("x",))


def test_the_doors_roles_count_only_at_the_lead_agency():
    assert not sees(Actor("x", "service_head", "POS_UJI"))
    assert not sees(Actor("x", "staff", "POS_UJI"), shared=("x",))


def test_somebody_without_an_account_is_not_the_manager_of_a_case_without_one():
    assert not sees(Actor(None, "staff", LEAD), replace(CASE, manager=None))


def test_the_queue_is_reports_nobody_took_and_cases_in_triage():
    waiting = {
        (state, manager)
        for state, manager in product(CASE_STATES, ("a", None))
        if in_queue(replace(CASE, state=state, manager=manager))
    }
    assert waiting == {("undecided", None), ("triage", "a"), ("triage", None)}


def test_an_agency_sees_its_own_referrals_and_no_others(referral):
    for state in REFERRAL_STATES:
        expected = state not in ("held", "ended")
        assert may_see_referral(OFFICER, referral(state=state)) is expected
        assert not may_see_referral(OFFICER, referral(agency="POS_BEDAH", state=state))


def test_a_referral_for_the_head_only_is_closed_to_the_agencys_officers(referral):
    restricted = referral(head_only=True)
    assert may_see_referral(CHIEF, restricted)
    assert not may_see_referral(OFFICER, restricted)


def test_the_lead_agency_receives_its_own_referrals(referral):
    own = referral(agency=LEAD)
    assert may_see_referral(STAFF, own)
    assert not may_see_referral(STAFF, replace(own, head_only=True))
    assert may_see_referral(HEAD, replace(own, head_only=True))


@pytest.mark.parametrize("who", [PUBLIC, SYSTEM, Actor("a", "auditor", "POS_UJI")])
def test_nobody_else_sees_a_referral(referral, who):
    assert not may_see_referral(who, referral())


def test_before_accepting_an_agency_sees_the_preview_it_is_cleared_for(small_form, small_agencies):
    preview = visible(small_form, small_agencies["POS_UJI"], "sent")
    assert preview == {
        *("pemilik", "pemilik.asal_wilayah"),
        *("bangsa_satwa", "bulan_hidup", "tanda_sakit"),
    }
    less = visible(small_form, small_agencies["POS_BATAS"], "sent")
    assert less == preview - {"tanda_sakit"}


def test_after_accepting_an_agency_sees_what_it_is_cleared_for(small_form, small_agencies):
    for agency in small_agencies.values():
        seen = visible(small_form, agency, "accepted")
        for name in small_form.questions:
            assert (name in seen) == (sensitivity(small_form, name) in agency.may_see)
        assert visible(small_form, agency, "in_progress") == seen


def test_what_may_be_seen_inside_a_group_is_drawn(small_form, small_agencies):
    pages = sections(
        small_form,
        ANSWERS,
        language="id",
        zone=ZoneInfo("Asia/Jakarta"),
        visible=visible(small_form, small_agencies["POS_UJI"], "sent"),
    )
    drawn = {row.title: row.lines for page in pages for row in page.rows}
    origin = small_form.questions["pemilik.asal_wilayah"]
    assert drawn[origin.title["id"]]
    assert "Pemilik Contoh" not in str(drawn)


@pytest.mark.parametrize("state", ["held", "declined", "ended"])
def test_a_held_declined_or_ended_referral_shows_no_answer(small_form, small_agencies, state):
    assert visible(small_form, small_agencies["POS_BEDAH"], state) == frozenset()


def test_once_done_only_the_preview_is_left(small_form, small_agencies):
    agency = small_agencies["POS_BEDAH"]
    assert visible(small_form, agency, "done") == visible(small_form, agency, "sent")


def test_a_strict_group_makes_its_questions_as_strict(small_form, small_agencies):
    group = replace(small_form.questions["pemilik"], sensitivity="sangat_rahasia")
    form = replace(small_form, questions={**small_form.questions, "pemilik": group})
    assert sensitivity(form, "pemilik.asal_wilayah") == "sangat_rahasia"
    assert "pemilik.asal_wilayah" not in visible(form, small_agencies["POS_BEDAH"], "accepted")
    assert "pemilik.asal_wilayah" in secret(form)


def test_the_most_secret_answers_are_those_to_mask(small_form):
    assert secret(small_form) == {"pemilik.sebutan", "uraian_mantri"}


def test_cutting_keeps_groups_and_rows_for_what_may_be_seen(small_form, small_agencies):
    seen = visible(small_form, small_agencies["POS_UJI"], "accepted")
    assert cut(small_form, ANSWERS, seen) == {
        "pemilik": {"asal_wilayah": "seberang"},
        "bangsa_satwa": "meong",
        "tanda_sakit": ["lemas"],
        "minta_mandul": False,
        "kawanan": [{"bangsa": "unggas", "ikut_lemas": True}],
    }
    assert cut(small_form, ANSWERS, {"kawanan.bangsa"}) == {"kawanan": [{"bangsa": "unggas"}]}
    assert cut(small_form, ANSWERS, set()) == {}


def test_an_answer_that_the_form_does_not_know_is_never_shown(small_form):
    answers = {**ANSWERS, "old_question": "x"}
    assert "old_question" not in cut(small_form, answers, {*small_form.questions, "old_question"})


def test_a_group_that_an_agency_may_see_does_not_open_its_secret_children(
    small_form, small_agencies
):
    seen = visible(small_form, small_agencies["POS_BEDAH"], "accepted")
    assert "pemilik" in seen
    assert "sebutan" not in cut(small_form, ANSWERS, seen)["pemilik"]
