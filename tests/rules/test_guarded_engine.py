"""The engine in its own process: trouble is an answer in time, the next decision works again."""

from __future__ import annotations

import os
import signal

import pytest
from benchmarks import generated

from rules.rule_content import shipped
from rules.rule_strategies import rule, rule_set
from satupintu.conditions.ast import Fact, OneOf
from satupintu.conditions.types import Choice
from satupintu.rules import samples
from satupintu.rules.document import RuleSet
from satupintu.rules.readings.decide import Index
from satupintu.rules.readings.execute import network
from satupintu.rules.readings.execute.engine import Engine
from satupintu.rules.readings.execute.guarded import GuardedEngine, GuardedHost
from satupintu.rules.readings.execute.host import Definition
from satupintu.rules.readings.execute.trial import try_out
from satupintu.rules.readings.execute.trouble import EngineTrouble

TINY = Definition('{"1":{"all":[{"m":{"ka":1}}]},"0":{"all":[{"m":{"z":1}}]}}', 1)


def hanging() -> RuleSet:
    """Return a rule set that hangs the engine wherever the bound on children is not kept."""
    options = tuple(f"o{n}" for n in range(513))
    rules = tuple(rule(n, OneOf(Fact("kind"), (option,))) for n, option in enumerate(options))
    return rule_set(rules, {"kind": Choice(options)})


def test_the_guarded_engine_decides_as_the_index_does() -> None:
    engine, index = GuardedEngine(shipped()), Index(shipped())
    try:
        for case in samples.draw(shipped(), 100, seed=5):
            assert engine.decide(case) == index.decide(case)
    finally:
        engine.close()


def test_a_killed_process_is_trouble_once_and_then_decides_again() -> None:
    host = GuardedHost([TINY])
    try:
        assert host.fired(0, ',"ka":1') == ["1"]
        assert host.process_id is not None
        os.kill(host.process_id, signal.SIGKILL)
        with pytest.raises(EngineTrouble) as caught:
            host.fired(0, ',"ka":1')
        assert caught.value.what == "crashed"
        assert host.process_id is None
        assert host.fired(0, ',"ka":1') == ["1"]
    finally:
        host.close()


def test_a_process_that_stands_still_is_trouble_in_time_and_is_ended() -> None:
    host = GuardedHost([TINY], seconds=0.2)
    try:
        stopped = host.process_id
        assert stopped is not None
        os.kill(stopped, signal.SIGSTOP)
        with pytest.raises(EngineTrouble) as caught:
            host.fired(0, "")
        assert caught.value.what == "timed_out"
        with pytest.raises(ProcessLookupError):
            os.kill(stopped, 0)
        assert host.fired(0, "") == []
    finally:
        host.close()


def test_an_error_of_the_engine_is_trouble_and_then_it_decides_again() -> None:
    host = GuardedHost([TINY])
    try:
        with pytest.raises(EngineTrouble) as caught:
            host.fired(0, ',"ka":')
        assert caught.value.what == "failed"
        assert host.fired(0, ',"ka":1') == ["1"]
    finally:
        host.close()


def test_the_process_knows_nothing_of_our_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SATUPINTU_MASTER_KEY", "not for the engine")
    host = GuardedHost([TINY])
    try:
        with open(f"/proc/{host.process_id}/environ", "rb") as environment:
            assert b"SATUPINTU" not in environment.read()
    finally:
        host.close()


def test_a_fork_starts_a_process_of_its_own() -> None:
    host = GuardedHost([TINY])
    try:
        child = os.fork()
        if child == 0:
            before = host.process_id
            right = host.fired(0, ',"ka":1') == ["1"] and host.process_id != before
            host.close()
            os._exit(0 if right else 1)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        assert host.fired(0, ',"ka":1') == ["1"]
    finally:
        host.close()


def test_the_shipped_rule_set_passes_its_trial() -> None:
    assert try_out(shipped(), samples.draw(shipped(), 20)) is None


def test_a_rule_set_that_hangs_the_engine_is_refused_in_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(network, "MAX_CHILDREN", 1_000)
    problem = try_out(hanging(), seconds_to_load=1.0, seconds=1.0)
    assert problem is not None
    assert problem.key == "rules.trial_refused"


def test_a_rule_set_that_needs_too_much_memory_is_refused() -> None:
    problem = try_out(generated.rule_set(400), megabytes=24)
    assert problem is not None
    assert problem.key == "rules.trial_refused"


def test_a_rule_set_that_the_engine_decides_otherwise_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Engine, "fired", lambda self, facts: ([], {}))
    problem = try_out(shipped())
    assert problem is not None
    assert problem.key == "rules.trial_differs"
