"""The one table of who may do what."""

from __future__ import annotations

import pytest

from satupintu import words
from satupintu.people.actor import PUBLIC, SYSTEM, Actor
from satupintu.people.permissions import MAY, READS_ANSWERS, actions_of, may
from satupintu.people.roles import ACCOUNT_ROLES, CASE_ROLES, ROLES


def test_every_action_has_somebody_and_every_role_something_to_do():
    assert all(MAY.values())
    assert all(actions_of(role) for role in ROLES)
    assert {role for roles in MAY.values() for role in roles} == set(ROLES)


def test_an_action_that_is_not_in_the_table_is_an_error_of_ours():
    with pytest.raises(KeyError):
        may("service_head", "case.burn")


@pytest.mark.parametrize("role", ["administrator", "policy_owner", "auditor"])
def test_administrators_policy_owners_and_auditors_read_no_answers(role):
    assert READS_ANSWERS & set(actions_of(role)) == set()


def test_every_action_that_reads_answers_is_in_the_table():
    assert set(MAY) >= READS_ANSWERS


def test_the_public_can_report_follow_and_log_in_and_nothing_about_cases():
    assert set(actions_of("public")) == {
        "public.report",
        "public.follow",
        "public.read",
        "public.redraw",
        "public.save",
        "public.move",
        "public.discard",
        "public.keep",
        "public.later",
        "public.resume",
        "public.leave",
        "public.preview_version",
        "public.carry_over",
        "public.blank_form",
        "session.login",
        "session.second_step",
        "password.set_by_link",
    }


def test_agencies_never_touch_a_case_or_another_agencys_work():
    for role in ("agency_officer", "agency_head"):
        rooms = {action.partition(".")[0] for action in actions_of(role)}
        assert rooms == {
            "draft",
            "file",
            "form",
            "inbox",
            "referral",
            "session",
            "password",
            "second_factor",
        }
        lead_only = {"referral.add", "referral.end", "referral.release", "referral.told"}
        assert not lead_only & set(actions_of(role))


def test_only_the_head_hands_a_case_to_somebody_else():
    assert MAY["case.reassign"] == {"service_head"}


def test_only_the_worker_does_the_workers_steps():
    for action in MAY:
        if action.startswith("worker."):
            assert MAY[action] == {"worker"}
    assert not set(actions_of("worker")) & READS_ANSWERS


def test_only_the_auditor_reads_the_audit_trail():
    assert MAY["audit.read"] == {"auditor"}


@pytest.mark.parametrize("role", ACCOUNT_ROLES)
def test_everyone_who_logs_in_can_lock_leave_and_change_password_and_second_factor(role):
    own = ("session.lock", "session.unlock", "session.logout", "password.change")
    second = ("second_factor.begin", "second_factor.switch_on", "second_factor.switch_off")
    for action in (*own, *second):
        assert may(role, action)
    assert not may(role, "session.login")


def test_the_roles_that_read_answers_are_those_of_lead_and_agencies():
    readers = {role for action in READS_ANSWERS for role in MAY[action]}
    assert readers == CASE_ROLES | {"public"}  # the public reads its own draft


def test_actors_without_an_account_are_the_public_and_the_worker():
    assert (PUBLIC.role, PUBLIC.account_id) == ("public", None)
    assert (SYSTEM.role, SYSTEM.account_id) == ("worker", None)
    assert Actor("a", "staff", "LEAD").leads
    assert not Actor("a", "agency_head", "OTHER").leads


@pytest.mark.parametrize("role", ROLES)
def test_every_role_has_a_name_in_both_languages(role):
    assert words.say(f"people.role.{role}", "id")
    assert words.say(f"people.role.{role}", "en")
