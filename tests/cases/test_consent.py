"""Consent at run time: sent, sent and told, or held."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from satupintu.cases.consent import Agreed, agreed, unknown_groups, way, yes
from satupintu.rules.decision import CONSENTS

EVERYONE = ["juru_uji", "juru_bedah", "penjaga_batas"]


@pytest.mark.parametrize(
    ("consent", "service", "groups", "with_group", "without_group"),
    [
        ("tanpa", False, (), "sent", "sent"),
        ("tanpa", True, EVERYONE, "sent", "sent"),
        ("informasikan", False, (), "sent_and_told", "sent_and_told"),
        ("informasikan", True, EVERYONE, "sent_and_told", "sent_and_told"),
        ("perlu", False, (), "held", "held"),
        ("perlu", True, (), "held", "sent"),
        ("perlu", False, EVERYONE, "sent", "held"),
        ("perlu", True, EVERYONE, "sent", "sent"),
        ("perlu", True, ["juru_bedah"], "held", "sent"),
    ],
)
def test_the_whole_table_of_consent(
    small_agencies, consent, service, groups, with_group, without_group
):
    given_ = Agreed(service, frozenset(groups))
    assert way(consent, small_agencies["POS_UJI"], given_) == with_group
    assert way(consent, small_agencies["RUMAH_SINGGAH"], given_) == without_group


def test_what_was_agreed_is_read_by_role(small_form):
    answers = {"mau_dirawat": "setuju", "boleh_tahu": ["juru_uji"]}
    assert agreed(small_form, answers) == Agreed(True, frozenset({"juru_uji"}))


@pytest.mark.parametrize("answers", [{}, {"mau_dirawat": "keberatan", "boleh_tahu": []}])
def test_what_is_unanswered_or_refused_is_not_agreed_to(small_form, answers):
    assert agreed(small_form, answers) == Agreed(False, frozenset())


def test_of_a_choice_the_first_option_agrees_and_of_yes_or_no_the_yes(city_form, small_form):
    (question,) = city_form.with_role("consent_service")
    assert yes(question) == question.options[0].const
    assert yes(replace(question, options=())) is True
    boolean = replace(small_form.questions["mau_dirawat"], options=())
    form = replace(small_form, questions={**small_form.questions, "mau_dirawat": boolean})
    assert agreed(form, {"mau_dirawat": True}).service
    assert not agreed(form, {"mau_dirawat": False}).service


def test_with_every_group_ticked_nothing_of_the_city_waits(city_form, city_agencies):
    (service,) = city_form.with_role("consent_service")
    (sharing,) = city_form.with_role("consent_sharing")
    answers = {service.name: yes(service), sharing.name: [o.const for o in sharing.options]}
    given_ = agreed(city_form, answers)
    assert {way("perlu", a, given_) for a in city_agencies.values()} == {"sent"}


def test_with_no_group_ticked_all_that_need_a_group_wait(city_form, city_agencies):
    (service,) = city_form.with_role("consent_service")
    given_ = agreed(city_form, {service.name: yes(service)})
    for agency in city_agencies.values():
        expected = "sent" if agency.sharing_group is None else "held"
        assert way("perlu", agency, given_) == expected


@settings(derandomize=True, max_examples=100)
@given(st.sampled_from(CONSENTS), st.booleans(), st.sets(st.sampled_from(EVERYONE)), st.booleans())
def test_agreeing_to_more_never_holds_what_was_sent(
    small_agencies, consent, service, groups, grouped
):
    agency = small_agencies["POS_UJI" if grouped else "RUMAH_SINGGAH"]
    before = way(consent, agency, Agreed(service, frozenset(groups)))
    after = way(consent, agency, Agreed(True, frozenset(EVERYONE)))
    assert after != "held"
    assert before in ("held", after)


def test_a_group_that_nobody_can_tick_is_a_problem(city_form, city_agencies, small_agencies):
    assert list(unknown_groups(city_form, city_agencies)) == []
    found = list(unknown_groups(city_form, small_agencies))
    assert [p.pointer for p in found] == [f"/{n}/sharing_group" for n in (1, 2, 3)]
    assert all(p.sentence("id") != p.sentence("en") for p in found)
