"""A referral's states: one table, and a machine that can't leave it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from satupintu import words
from satupintu.cases.referral import (
    OPEN_STATES,
    REFERRAL_STATES,
    TRANSITIONS,
    AskedService,
    moved,
    possible,
    unanswered,
)
from satupintu.errors import Conflict
from satupintu.people.permissions import MAY
from satupintu.people.roles import AGENCY_ROLES, LEAD_ROLES

AGENCY_ACTS = {"referral.accept", "referral.decline", "referral.follow_up", "referral.done"}
LEAD_ACTS = {"referral.release", "referral.end"}


def test_the_table_is_what_the_door_promises():
    assert {t.action for t in TRANSITIONS.values() if t.by == "agency"} == AGENCY_ACTS
    assert {t.action for t in TRANSITIONS.values() if t.by == "lead"} == LEAD_ACTS
    assert {a for a, t in TRANSITIONS.items() if t.with_reason} == {
        "referral.decline",
        "referral.end",
    }


def test_every_transition_is_an_action_that_its_side_may_take():
    for transition in TRANSITIONS.values():
        expected = AGENCY_ROLES if transition.by == "agency" else LEAD_ROLES
        assert expected <= MAY[transition.action]
        if transition.by == "lead":
            assert not AGENCY_ROLES & MAY[transition.action]


def test_what_is_accepted_can_not_be_ended_by_the_lead_agency():
    for state in ("accepted", "in_progress", "done"):
        assert possible(state, "lead") == ()


def test_a_held_referral_gives_the_agency_nothing_to_do():
    assert possible("held", "agency") == ()
    assert possible("held", "lead") == ("referral.release", "referral.end")
    assert possible("sent", "agency") == ("referral.accept", "referral.decline")


@pytest.mark.parametrize("state", REFERRAL_STATES)
@pytest.mark.parametrize("action", TRANSITIONS)
def test_every_cell_moves_or_says_where_the_referral_is(state, action):
    if state in TRANSITIONS[action].before:
        assert moved(state, action) == TRANSITIONS[action].after
    else:
        with pytest.raises(Conflict) as refused:
            moved(state, action)
        (problem,) = refused.value.problems
        assert problem.key == f"cases.moved.{state}"
        assert problem.sentence("id") != problem.sentence("en")


@pytest.mark.parametrize("state", [*REFERRAL_STATES, "unanswered"])
def test_every_state_has_a_word_in_both_languages(state):
    assert words.say(f"cases.referral.{state}", "id") != words.say(f"cases.referral.{state}", "en")


class Referrals(RuleBasedStateMachine):
    """Any order of acts: a referral only ever walks held, sent, accepted, in progress, done."""

    RANK = {  # noqa: RUF012  read only
        "held": 0,
        "sent": 1,
        "accepted": 2,
        "in_progress": 3,
        "declined": 9,
        "done": 9,
        "ended": 9,
    }

    @initialize(held=st.booleans())
    def start(self, held: bool) -> None:
        self.path = ["held" if held else "sent"]

    @rule(action=st.sampled_from(sorted(TRANSITIONS)))
    def act(self, action: str) -> None:
        before = self.path[-1]
        try:
            self.path.append(moved(before, action))
        except Conflict:
            assert action not in possible(before, TRANSITIONS[action].by)
        else:
            assert action in possible(before, TRANSITIONS[action].by)

    @invariant()
    def it_never_goes_back_and_an_end_is_the_end(self) -> None:
        ranks = [self.RANK[state] for state in self.path]
        assert ranks == sorted(ranks)
        assert all(state in OPEN_STATES for state in self.path[:-1])

    @invariant()
    def nobody_works_on_what_was_not_accepted(self) -> None:
        if {"in_progress", "done"} & set(self.path):
            assert "accepted" in self.path


Referrals.TestCase.settings = settings(derandomize=True, max_examples=60, stateful_step_count=15)
TestReferrals = Referrals.TestCase


def test_unanswered_is_computed_from_the_time(referral):
    by = referral().due_at
    sent = referral(acknowledge_by=by)
    assert not unanswered(sent, by)
    assert unanswered(sent, by + timedelta(seconds=1))
    assert not unanswered(referral(state="accepted", acknowledge_by=by), by + timedelta(days=1))
    assert not unanswered(referral(state="held"), by + timedelta(days=1))


def test_a_referral_knows_its_rules_and_whether_the_person_is_still_to_be_told(referral):
    services = (
        AskedService("a", 1, "segera", "tanpa", ("R1", "R2")),
        AskedService("b", 2, "biasa", "tanpa", ("R2",)),
    )
    assert referral(services=services).rules == ("R1", "R2")
    told = referral(consent="informasikan")
    assert told.to_be_told
    assert not referral(consent="informasikan", told_at=told.due_at).to_be_told
    assert not referral(consent="informasikan", state="ended").to_be_told
    assert not referral().to_be_told
