"""The catalogue: every question type has a specimen that is drawn, answered and refused."""

from __future__ import annotations

import json
from zoneinfo import ZoneInfo

import pytest

from satupintu.forms import catalogue, questions
from satupintu.forms.check import check
from satupintu.forms.roundtrip import round_trip
from satupintu.forms.without_script import DrawnPage
from satupintu.words import LANGUAGES

ZONE = ZoneInfo("Asia/Jakarta")
KINDS = sorted(questions.types())


def test_every_question_type_has_a_specimen_and_it_is_of_that_type() -> None:
    assert list(catalogue.specimens()) == KINDS
    for one in catalogue.specimens().values():
        for state in one.states:
            assert catalogue.form().questions[one.key(state)].kind == one.kind


def test_nothing_is_left_to_say_about_the_specimens() -> None:
    assert check(json.dumps(catalogue.form().schema).encode(), "katalog.json") == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_type_is_shown_empty_answered_and_refused(kind: str, language: str) -> None:
    shown = catalogue.shown(kind, language=language, zone=ZONE)
    assert json.loads(shown.document) == shown.specimen.schema
    for state, html in shown.states.items():
        assert ("q__err" in html) == (state == "refused")
        assert DrawnPage(str(html)).unlabelled() == []
    if "refused" in shown.states:
        assert len(set(shown.states.values())) == len(catalogue.STATES)


@pytest.mark.parametrize("kind", KINDS)
def test_the_answer_of_a_specimen_goes_round(kind: str) -> None:
    one = catalogue.specimens()[kind]
    done = round_trip(catalogue.form(), {one.key("answered"): one.answer}, language="id", zone=ZONE)
    mine = [p for p in done.problems if "_refused" not in p.pointer]
    assert mine == [] or kind == "computed"
    if kind != "computed":
        assert done.answers[one.key("answered")] == one.answer
