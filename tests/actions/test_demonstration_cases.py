"""The demonstration's cases are made-up, say so, and are decided as their examples expect."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import get_args

import pytest

from satupintu import clock, config
from satupintu.actions import demonstration, demonstration_cases
from satupintu.actions.platform import Platform
from satupintu.cases.case import CaseState
from satupintu.errors import BadDocument
from satupintu.store import cases, referrals, submissions

SHIPPED = config.content_folder()
STORIES = json.loads((SHIPPED / "seed/cases.json").read_bytes())


@pytest.fixture
def demonstrated(settings):
    """An installation with the demonstration's content and accounts."""
    demonstration.make_key(settings)
    platform = Platform.open(settings)
    demonstration.fill(platform)
    yield platform
    platform.close()


def everything(platform):
    with platform.store.reading() as tx:
        return cases.listed(tx, get_args(CaseState))


def test_each_case_is_decided_as_its_example_expects(demonstrated):
    assert demonstration_cases.make(demonstrated) == len(STORIES)
    examples = {e.id: e for e in demonstrated.content.rule_set(clock.now()).examples}
    made = sorted(everything(demonstrated), key=lambda case: case.number)
    assert len(made) == len(STORIES)
    with demonstrated.store.reading() as tx:
        for case, story in zip(made, STORIES, strict=True):
            expect = examples[story["example"]].expect
            assert case.state == "decided"
            (record,) = submissions.decisions_of_case(tx, case.id)
            assert record.agrees
            found = {a.agency: a.within_hours for a in record.decision.agencies}
            assert found == expect["agencies"]
            told = [r for r in referrals.of_case(tx, case.id) if r.state != "held"]
            assert {r.agency for r in told} <= found.keys()


def test_some_referrals_are_held_for_want_of_consent(demonstrated):
    demonstration_cases.make(demonstrated)
    with demonstrated.store.reading() as tx:
        states = {
            r.state for case in everything(demonstrated) for r in referrals.of_case(tx, case.id)
        }
    assert states == {"sent", "held"}


def test_doing_it_again_makes_no_case(demonstrated):
    demonstration_cases.make(demonstrated)
    before = everything(demonstrated)
    assert demonstration_cases.make(demonstrated) == 0
    assert everything(demonstrated) == before


def test_every_story_says_that_it_is_not_real():
    for story in STORIES:
        text = json.dumps(story, ensure_ascii=False)
        assert "Korban Contoh" in text
        assert "bukan kejadian nyata" in text


def test_content_without_such_cases_makes_none(demonstrated, tmp_path):
    elsewhere = replace(demonstrated, settings=replace(demonstrated.settings, content=tmp_path))
    assert demonstration_cases.make(elsewhere) == 0


@pytest.mark.parametrize("text", ["{}", "[{}]", '[{"answers": {}, "hours_ago": {"x": "1"}}]', "["])
def test_a_broken_file_is_named(demonstrated, tmp_path, text):
    (tmp_path / "seed").mkdir()
    (tmp_path / "seed/cases.json").write_text(text)
    elsewhere = replace(demonstrated, settings=replace(demonstrated.settings, content=tmp_path))
    with pytest.raises(BadDocument) as e:
        demonstration_cases.make(elsewhere)
    assert "cases.json" in e.value.problems[0].file
