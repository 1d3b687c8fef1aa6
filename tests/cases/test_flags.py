"""What the platform does about flags."""

from __future__ import annotations

import pytest

from satupintu.cases.flags import Effects, effects
from satupintu.rules.decision import Decision
from satupintu.rules.document import Flag

TITLE = {"id": "Tanda", "en": "Flag"}
FLAGS = {
    "call": Flag("call", TITLE, "call_head"),
    "quiet": Flag("quiet", TITLE, "do_not_contact"),
    "close": Flag(
        "close", TITLE, "restrict_to_head", "sender", {"surgery": ("A", "B"), "tests": ("C",)}
    ),
    "plain": Flag("plain", TITLE),
}


def decided(*flags: str, **derived: str) -> Decision:
    return Decision(derived, (), (), (), flags, ())


def test_flags_ask_for_what_their_document_says():
    found = effects(FLAGS, decided("call", "quiet", "plain"), {})
    assert found == Effects(("call",), ("quiet",), frozenset())


@pytest.mark.parametrize(
    ("facts", "agencies"),
    [
        ({"sender": "surgery"}, {"A", "B"}),
        ({"sender": "tests"}, {"C"}),
        ({"sender": "elsewhere"}, set()),
        ({}, set()),
        ({"sender": ("surgery", "tests")}, {"A", "B", "C"}),
        ({"sender": []}, set()),
    ],
)
def test_a_restriction_names_the_agencies_of_the_facts_value(facts, agencies):
    assert effects(FLAGS, decided("close"), facts).head_only == agencies


def test_a_restriction_may_hang_on_a_derived_fact():
    assert effects(FLAGS, decided("close", sender="tests"), {}).head_only == {"C"}


def test_a_flag_that_is_not_raised_does_nothing():
    assert effects(FLAGS, decided(), {"sender": "surgery"}) == Effects()
