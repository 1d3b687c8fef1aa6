"""A trial of a new rule set in a throw-away process, before anyone may rely on it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from satupintu.conditions.values import Facts
from satupintu.errors import BadDocument, Problem
from satupintu.rules import examples, samples
from satupintu.rules.document import RuleSet
from satupintu.rules.readings.decide import Index
from satupintu.rules.readings.execute.engine import Engine
from satupintu.rules.readings.execute.guarded import GuardedHost
from satupintu.rules.readings.execute.trouble import EngineTrouble

SAMPLES = 200
MEGABYTES = 1024
SECONDS_TO_LOAD = 20.0
SECONDS_TO_DECIDE = 2.0
PROCESSOR_SECONDS = 60


def try_out(
    ruleset: RuleSet,
    cases: Iterable[Facts] = (),
    *,
    seconds_to_load: float = SECONDS_TO_LOAD,
    seconds: float = SECONDS_TO_DECIDE,
    megabytes: int = MEGABYTES,
) -> Problem | None:
    """Return why the engine must not run ``ruleset``; None where it may.

    It decides the examples, ``cases`` and cases at random, within limits of time and memory, and
    must say what the index says each time.
    """
    host = partial(
        GuardedHost,
        seconds=seconds,
        seconds_to_start=seconds_to_load,
        megabytes=megabytes,
        processor_seconds=PROCESSOR_SECONDS,
    )
    index = Index(ruleset)
    tried = [*examples.facts(ruleset), *cases, *samples.draw(ruleset, SAMPLES)]
    try:
        engine = Engine(ruleset, host)
    except EngineTrouble:
        return Problem("rules.trial_refused")
    except BadDocument as e:
        return e.problems[0]
    try:
        for facts in tried:
            if engine.fired(facts) != index.fired(facts):
                return Problem("rules.trial_differs")
    except EngineTrouble:
        return Problem("rules.trial_refused")
    finally:
        engine.close()
    return None
