"""The worker: what the product does by itself, step by step, until it is told to stop."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from threading import Event

import structlog

from satupintu import clock
from satupintu.actions.delivery import deliver
from satupintu.actions.forgetting import forget
from satupintu.actions.platform import Platform
from satupintu.actions.reminding import remind
from satupintu.actions.sealing import seal_audit
from satupintu.people.actor import SYSTEM

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Step:
    """Something to do again and again; ``every`` is the time between two starts."""

    name: str
    every: timedelta
    do: Callable[[Platform], int]


STEPS: tuple[Step, ...] = (
    Step("deliver", timedelta(seconds=2), deliver),
    Step("seal", timedelta(seconds=5), lambda platform: seal_audit(platform, SYSTEM)),
    Step("remind", timedelta(seconds=30), lambda platform: remind(platform, SYSTEM)),
    Step("forget", timedelta(minutes=10), lambda platform: forget(platform, SYSTEM)),
)


def work(platform: Platform, stop: Event, steps: Sequence[Step] = STEPS) -> None:
    """Do each step whenever it is due; return once ``stop`` is set and the step under way is done.

    A step that fails is logged and done again in its turn, whatever it was: the others go on.
    """
    due = dict.fromkeys(range(len(steps)), clock.now())
    while not stop.is_set():
        number = min(due, key=lambda n: due[n])
        left = (due[number] - clock.now()).total_seconds()
        if left > 0 and stop.wait(left):
            return
        due[number] = clock.now() + steps[number].every
        _do(platform, steps[number])


def _do(platform: Platform, step: Step) -> None:
    try:
        step.do(platform)
    except Exception as e:  # noqa: BLE001  one step's trouble never stops the others
        _log.exception("step_failed", step=step.name, error=type(e).__name__)
