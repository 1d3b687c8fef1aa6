"""The engines that run this process's live decisions: one for each rule-set version in use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

from satupintu.rules.document import RuleSet
from satupintu.rules.live import Decides, Live
from satupintu.rules.readings.execute.guarded import GuardedEngine

KEPT = 4
"""Versions whose engines stay ready: in force, the one before, and what old cases ask for."""


@dataclass
class Engines:
    """Starts an engine where a version is first asked for; threads share it.

    ``make`` is what runs a rule set: the guarded engine, in a child process with a deadline.
    """

    make: Callable[[RuleSet], Decides] = GuardedEngine
    _live: dict[tuple[str, str], Live] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def live(self, ruleset: RuleSet, form_hash: str) -> Live:
        """Return what decides under a rule set, typed against one version of its form."""
        key = (ruleset.hash, form_hash)
        with self._lock:
            found = self._live.pop(key, None) or Live(ruleset, self.make(ruleset))
            self._live[key] = found  # last used, last in
            while len(self._live) > KEPT:
                self._live.pop(next(iter(self._live))).close()
            return found

    def close(self) -> None:
        """End every engine."""
        with self._lock:
            while self._live:
                self._live.popitem()[1].close()
