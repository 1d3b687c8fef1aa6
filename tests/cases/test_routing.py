"""From a decision to referrals, and from a newer decision to what changes about them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from satupintu.cases.consent import Agreed
from satupintu.cases.referral import REFERRAL_STATES, AskedService, Referral
from satupintu.cases.routing import Route, changes, routes, without
from satupintu.rules.decision import AgencyDecision, Decision, ServiceDecision

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
BLOOD = AskedService("uji_darah", 20, "segera", "perlu", ("S5",))
SWAB = AskedService("usap", 4, "darurat", "tanpa", ("S6",))
ROUTE = Route("POS_UJI", "sent", "segera", "perlu", 20, (BLOOD,))
BOTH = Route("POS_UJI", "sent", "darurat", "perlu", 4, (BLOOD, SWAB))


def decided(*agencies: AgencyDecision) -> Decision:
    return Decision({}, agencies, (), (), (), ())


def agency(code: str, consent: str, service: str = "x") -> AgencyDecision:
    asked = ServiceDecision(service, 5, "segera", consent, ("S1",))
    return AgencyDecision(code, 5, "segera", consent, (asked,), ("S1",))


def test_a_decision_becomes_one_referral_for_each_agency_in_its_order(small_agencies):
    decision = decided(
        agency("POS_BEDAH", "perlu"),
        agency("POS_UJI", "perlu"),
        agency("POS_BATAS", "informasikan"),
    )
    found = routes(decision, small_agencies, Agreed(True, frozenset({"juru_bedah"})), {"POS_UJI"})
    assert [(r.agency, r.way, r.head_only) for r in found] == [
        ("POS_BEDAH", "sent", False),
        ("POS_UJI", "held", True),
        ("POS_BATAS", "sent_and_told", False),
    ]
    assert found[0].services == (AskedService("x", 5, "segera", "perlu", ("S1",)),)
    assert found[0].within_hours == 5


def test_help_that_needs_no_consent_is_sent_while_the_rest_of_the_agency_waits(small_agencies):
    rescue = ServiceDecision("a", 1, "darurat", "tanpa", ("S1",))
    report = ServiceDecision("b", 24, "segera", "perlu", ("S2",))
    both = AgencyDecision("POS_BEDAH", 1, "darurat", "perlu", (rescue, report), ("S1", "S2"))
    found = routes(decided(both), small_agencies, Agreed(True, frozenset()))
    assert [(r.way, r.within_hours, r.urgency, [s.service for s in r.services]) for r in found] == [
        ("sent", 1, "darurat", ["a"]),
        ("held", 24, "segera", ["b"]),
    ]
    agreed = Agreed(True, frozenset({"juru_bedah"}))
    (whole,) = routes(decided(both), small_agencies, agreed)
    assert (whole.way, whole.within_hours, len(whole.services)) == ("sent", 1, 2)


def test_a_case_without_referrals_opens_them_all():
    assert changes([], [ROUTE]).open == (ROUTE,)


@pytest.mark.parametrize("state", ["held", "sent"])
def test_what_waits_and_is_still_asked_stays(referral, state):
    way = "held" if state == "held" else "sent"
    kept = referral(state=state)
    found = changes([kept], [replace(ROUTE, way=way)])
    assert (found.open, found.end, found.keep) == ((), (), (kept,))


def test_what_waits_and_is_no_longer_asked_is_ended(referral):
    waiting = [referral(state="held"), referral(agency="POS_BEDAH", state="sent")]
    found = changes(waiting, [])
    assert (set(found.end), found.open, found.keep) == (set(waiting), (), ())


@pytest.mark.parametrize(
    "route",
    [
        BOTH,
        replace(ROUTE, way="held"),
        replace(ROUTE, head_only=True),
        replace(ROUTE, services=(replace(BLOOD, within_hours=2),), within_hours=2),
    ],
)
def test_what_waits_and_differs_is_ended_and_opened_again(referral, route):
    before = referral()
    found = changes([before], [route])
    assert (found.end, found.open) == ((before,), (route,))


def test_withdrawn_consent_holds_what_was_sent_and_given_consent_sends_what_was_held(referral):
    sent, held = referral(state="sent"), referral(state="held")
    assert changes([sent], [replace(ROUTE, way="held")]).end == (sent,)
    assert changes([held], [ROUTE]).open == (ROUTE,)


@pytest.mark.parametrize("state", ["accepted", "in_progress"])
def test_what_an_agency_works_on_stays_and_only_new_services_are_asked(referral, state):
    working = referral(state=state)
    found = changes([working], [BOTH])
    assert (found.keep, found.end) == ((working,), ())
    (more,) = found.open
    assert (more.services, more.within_hours, more.urgency) == ((SWAB,), 4, "darurat")
    assert more.consent == "tanpa"
    assert changes([working], [ROUTE]).open == ()


def test_what_an_agency_works_on_and_nobody_asks_any_more_is_shown_to_the_manager(referral):
    working = referral(state="accepted")
    found = changes([working], [])
    assert (found.no_longer_asked, found.end) == ((working,), ())


def test_what_is_done_is_not_asked_again_and_what_was_declined_is(referral):
    assert changes([referral(state="done")], [ROUTE]).open == ()
    assert changes([referral(state="declined")], [ROUTE]).open == (ROUTE,)
    assert changes([referral(state="ended")], [ROUTE]).open == (ROUTE,)


def test_what_a_person_added_stays_whatever_the_rules_say(referral):
    by_hand = referral(origin="person", state="sent")
    found = changes([by_hand], [])
    assert (found.keep, found.end) == ((by_hand,), ())


def test_the_services_that_are_left_bring_their_own_deadline():
    assert without(BOTH, {"usap"}) == replace(ROUTE)
    assert without(BOTH, {"usap", "uji_darah"}) is None
    assert without(BOTH, set()) == BOTH


AGENCIES = st.sampled_from(["POS_UJI", "POS_BEDAH", "POS_BATAS"])
SERVICES = st.lists(st.sampled_from([BLOOD, SWAB]), min_size=1, unique=True).map(tuple)
ROUTES = st.lists(
    st.builds(
        lambda code, services, way: without(Route(code, way, "biasa", "tanpa", 1, services), ()),
        AGENCIES,
        SERVICES,
        st.sampled_from(["sent", "held"]),
    ),
    unique_by=lambda r: r.agency,
)
EXISTING = st.lists(st.tuples(AGENCIES, st.sampled_from(REFERRAL_STATES), SERVICES), max_size=6)


@pytest.fixture(scope="module")
def build():
    def built(number: int, code: str, state: str, services) -> Referral:
        return Referral(
            str(number), "c", code, state, "biasa", "tanpa", services, due_at=NOON, created_at=NOON
        )

    return built


@settings(derandomize=True, max_examples=300)
@given(EXISTING, ROUTES)
def test_applying_a_decision_leaves_every_asked_service_with_the_agency(build, existing, wanted):
    referrals = [build(n, *fields) for n, fields in enumerate(existing)]
    found = changes(referrals, wanted)
    done = [r for r in referrals if r.state == "done"]
    there = [*found.open, *found.keep, *done]
    asked = {(r.agency, s.service) for r in wanted for s in r.services}
    assert asked <= {(r.agency, s.service) for r in there for s in r.services}


@settings(derandomize=True, max_examples=300)
@given(EXISTING, ROUTES)
def test_every_open_referral_is_kept_ended_or_shown_to_the_manager_once(build, existing, wanted):
    referrals = [build(n, *fields) for n, fields in enumerate(existing)]
    found = changes(referrals, wanted)
    accounted = [r.id for r in (*found.end, *found.keep, *found.no_longer_asked)]
    assert sorted(accounted) == sorted(r.id for r in referrals if r.open)
    assert {r.state for r in found.end} <= {"held", "sent"}


@settings(derandomize=True, max_examples=300)
@given(EXISTING, ROUTES)
def test_applying_the_same_decision_twice_changes_nothing_more(build, existing, wanted):
    referrals = [build(n, *fields) for n, fields in enumerate(existing)]
    first = changes(referrals, wanted)
    ended = {r.id for r in first.end}
    after = [replace(r, state="ended") if r.id in ended else r for r in referrals]
    for n, route in enumerate(first.open, start=100):
        state = "held" if route.way == "held" else "sent"
        after.append(build(n, route.agency, state, route.services))
    second = changes(after, wanted)
    assert (second.open, second.end) == ((), ())
