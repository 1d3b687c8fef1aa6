"""What the reasons of a decision cost in words, beside the decision and its commit.

    python -m benchmarks.explain [--quick] [--json]

A decision and its commit is ``actions.decisions.again``: the case is read, both engines decide it,
one transaction keeps the record, its timeline entry and the audit entry on disk. Explained is the
same followed by every reason in words, with the case's own values and the legal basis: derived
facts, each agency, what is ruled out, flags. The demonstration's cases, the shipped rule set.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.load import environment
from benchmarks.submissions import Desk, on_disk

from satupintu import clock
from satupintu.actions import decisions
from satupintu.actions.demonstration import make_key
from satupintu.actions.platform import Platform
from satupintu.actions.submit import submit
from satupintu.config import Settings
from satupintu.people.actor import Actor
from satupintu.rules.readings.explain import explain, telling
from satupintu.rules.readings.explain.words import Speaker
from satupintu.store import people

CASES = 20
REACH = 3.0


@dataclass(frozen=True)
class Timed:
    """One case, in seconds: decided and committed, and the words about it."""

    decided: float
    words: float
    lines: int

    @property
    def explained(self) -> float:
        """The decision, its commit and all its reasons in words."""
        return self.decided + self.words


def measure(rounds: int) -> Iterator[Timed]:
    """Yield every case of every round; a first round warms up."""
    with tempfile.TemporaryDirectory(dir=on_disk()) as folder:
        settings = Settings.read(environment(Path(folder).absolute()))
        make_key(settings)
        with closing(Platform.open(settings)) as platform:
            desk = Desk(platform)
            who = _actor(platform, desk.login)
            cases = [
                submit(platform, who, d, told=True).case_id
                for d in desk.drafts(max(CASES, len(desk.answers)))
            ]
            cases = [case for case in cases if _holds(platform, who, case)]
            for number in range(rounds + 1):
                timed = [_timed(platform, who, case) for case in cases]
                yield from timed if number else ()


def _holds(platform: Platform, who: Actor, case_id: str) -> bool:
    return decisions.read(platform, who, case_id).record.state == "applied"


def _timed(platform: Platform, who: Actor, case_id: str) -> Timed:
    start = perf_counter()
    decisions.again(platform, who, case_id)
    decided = perf_counter()
    # Reading the case back is what the page pays; only the words are counted here.
    found = decisions.read(platform, who, case_id)
    service = platform.content.in_force(clock.now()).service()
    assert found.ruleset is not None
    assert found.record.decision is not None
    read = perf_counter()
    explained = explain(found.ruleset, found.facts, found.record.decision)
    speaker = Speaker(
        ruleset=found.ruleset,
        form=found.form,
        facts=explained.facts,
        language=service.default_language,
        agencies=found.agencies,
        laws=found.laws,
        zone=service.zone,
    )
    lines = list(telling.decision(explained, speaker))
    return Timed(decided - start, perf_counter() - read, len(lines))


def _actor(platform: Platform, login: str) -> Actor:
    with platform.store.reading() as tx:
        account = people.by_login(tx, login)
    assert account is not None
    return Actor(account.id, account.role, account.agency, login)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="A decision with all its reasons in words.")
    parser.add_argument("--quick", action="store_true", help="fewer rounds")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    chosen = parser.parse_args()
    done = list(measure(3 if chosen.quick else 12))
    decision_ms = 1000 * median(one.decided for one in done)
    explained_ms = 1000 * median(one.explained for one in done)
    figures = {
        "decision_ms": round(decision_ms, 3),
        "explained_ms": round(explained_ms, 3),
        "ratio": round(explained_ms / decision_ms, 3),
        "words_ms": round(1000 * median(one.words for one in done), 3),
        "lines": median(one.lines for one in done),
        "cases": len(done),
        "reach": REACH,
    }
    if chosen.json:
        print(json.dumps(figures))
        return
    for name, figure in figures.items():
        print(f"{name:<14}{figure:>10}")


if __name__ == "__main__":
    main()
