"""No live decision is acted upon unless the engine and its check agree, and none is ever lost."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rules.rule_content import shipped
from satupintu import words
from satupintu.conditions.values import Facts
from satupintu.rules import examples
from satupintu.rules.decision import Decision
from satupintu.rules.live import Live
from satupintu.rules.readings.decide import Index
from satupintu.rules.readings.execute.engine import Engine
from satupintu.rules.readings.execute.trouble import EngineTrouble, Trouble

CASE = examples.facts(shipped())[0]


class Broken:
    """An engine that raises, or says something else than the rules."""

    def __init__(self, error: Exception | None) -> None:
        self._error = error

    def decide(self, facts: Facts) -> Decision:
        if self._error is not None:
            raise self._error
        return replace(Index(shipped()).decide(facts), agencies=())

    def close(self) -> None:
        pass


def test_an_engine_that_agrees_gives_a_verdict_to_act_upon() -> None:
    live = Live(shipped(), Engine(shipped()))
    verdict = live.decide(CASE)
    live.close()
    assert (verdict.agrees, verdict.trouble, verdict.problem) == (True, None, None)
    assert verdict.decision == verdict.other
    printed = verdict.to_json()
    assert (printed["engine"], printed["agrees"]) == ("durable_rules", True)
    assert list(printed) == [
        "facts", "referrals", "excluded", "forbidden", "flags", "rules", "engine", "agrees",
    ]  # fmt: skip
    assert printed["facts"] == {"risiko": "tinggi"}


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (EngineTrouble("timed_out"), "timed_out"),
        (EngineTrouble("crashed"), "crashed"),
        (RuntimeError("anything at all"), "failed"),
        (None, "differs"),
    ],
)
def test_any_failure_or_difference_is_a_verdict_for_a_person(
    error: Exception | None, trouble: Trouble
) -> None:
    verdict = Live(shipped(), Broken(error)).decide(CASE)
    assert (verdict.agrees, verdict.trouble) == (False, trouble)
    assert verdict.other == Index(shipped()).decide(CASE)
    assert verdict.to_json()["agrees"] is False
    assert verdict.problem is not None
    for language in words.LANGUAGES:
        assert verdict.problem.sentence(language)


def test_where_the_engine_said_nothing_the_verdict_shows_what_the_check_says() -> None:
    verdict = Live(shipped(), Broken(EngineTrouble("crashed"))).decide(CASE)
    assert verdict.decision == verdict.other
