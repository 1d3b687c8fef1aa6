"""The gates between a draft and what is in force: one small function from a version to a report.

Each is tried outside any transaction; its report is kept by an act of its own, attached to the
content hash and to the hashes of what it was tried with.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Thread
from types import MappingProxyType

import structlog

from satupintu import clock
from satupintu.actions import fitting, importing, proving
from satupintu.actions.action import Act, action
from satupintu.actions.platform import Platform
from satupintu.actions.surroundings import Candidate
from satupintu.documents import Json
from satupintu.errors import BadDocument, Problem, SatuPintuError, Unavailable
from satupintu.people.actor import Actor
from satupintu.rules import examples, lifecycle
from satupintu.rules.lifecycle import SEEN, Event, Gate, StepName
from satupintu.rules.readings.decide import Index
from satupintu.rules.readings.execute.trial import try_out
from satupintu.store import documents, gates
from satupintu.store.gates import Acceptance, GateReport

_log = structlog.get_logger(__name__)

Found = tuple[Json, tuple[Problem, ...]]
"""What a gate has to tell, and what stands in the way; nothing there means that it is passed."""


def check(candidate: Candidate) -> Found:
    """Everything that can be said about the document and what it names; warnings don't count."""
    found = importing.problems([candidate.incoming], candidate.now)
    warnings = sum(problem.warning for problem in found)
    return {"warnings": warnings}, tuple(problem for problem in found if not problem.warning)


def compatible(candidate: Candidate) -> Found:
    """The documents in force, with this one among them, can all still be used."""
    version, platform = candidate.version, candidate.platform
    with platform.store.reading() as tx:
        events = platform.content.events(tx)
        planned = Event(
            kind=version.kind,
            document_id=version.document_id,
            version=version.hash,
            what="published",
            at=candidate.now.at,
            by=None,
            reason="",
            in_force_from=candidate.now.at,
            place=events[-1].place + 1 if events else 1,
        )
        return {}, fitting.problems(platform.content, [*events, planned], candidate.now.at, tx)


def run_examples(candidate: Candidate) -> Found:
    """Every example of the rule set is decided as its policy owner expects."""
    rule_set = candidate.rule_set()
    if rule_set is None:
        return {"count": 0}, ()
    results = examples.run(rule_set, Index(rule_set).decide)
    found = [fitting.of(r.example.id, difference) for r in results for difference in r.differences]
    return {"count": len(results), "passed": sum(r.passed for r in results)}, tuple(found)


def engine(candidate: Candidate) -> Found:
    """The engine of live cases runs the rule set, and says what the index says."""
    rule_set = candidate.rule_set()
    problem = None if rule_set is None else try_out(rule_set)
    return {}, () if problem is None else (problem,)


def proved(candidate: Candidate) -> Found:
    """Every guarantee holds for every case that the form accepts.

    A guarantee that was refuted may be given up by name and reason; whether it was is looked up
    when a step is taken, so that the report stays what the proof said.
    """
    if candidate.pair is None:
        return {"guarantees": []}, ()
    content, tx = candidate.now.content, candidate.now.tx
    rule_set, form = (content.json(version, tx) for version in candidate.pair)
    before = None if candidate.against is None else content.json(candidate.against, tx)
    report = proving.in_child(rule_set, form, before)
    return report, tuple(proving.problems(report))


MOST_SAID = 5
"""So many problems of one gate are named where a step is refused; its report holds them all."""

TRY: Mapping[Gate, Callable[[Candidate], Found]] = MappingProxyType(
    {
        "check": check,
        "compatible": compatible,
        "examples": run_examples,
        "engine": engine,
        "proved": proved,
    }
)
"""Every gate that the product tries by itself."""


@dataclass(frozen=True)
class Standing:
    """How a version stands at one gate, with what is beside it now.

    ``report`` is the newest that was tried with exactly this, None where there is none.
    ``accepted`` are the guarantees that were given up. ``open`` is what still stands in the way.
    """

    gate: Gate
    report: GateReport | None
    accepted: tuple[Acceptance, ...] = ()
    open: tuple[Problem, ...] = ()

    @property
    def passed(self) -> bool:
        """Tell whether this gate is behind the version."""
        return self.report is not None and self.report.passed is not None and not self.open


def run(
    platform: Platform, who: Actor, version: str, *, at: datetime | None = None
) -> tuple[GateReport, ...]:
    """Try every gate of a version, one after another, and keep each report. Takes seconds.

    ``at`` is the moment that the version is to come into force, by default now. Raises NotAllowed,
    NotFound.
    """
    kept = begin(platform, who, version, at)
    return tuple(_run(kept, who))


def start(platform: Platform, who: Actor, version: str, *, at: datetime | None = None) -> None:
    """Try every gate of a version while the caller goes on. Raises NotAllowed, NotFound."""
    candidate = begin(platform, who, version, at)
    Thread(target=_run_quietly, args=(candidate, who), name="gates", daemon=True).start()


def begin(platform: Platform, who: Actor, version: str, at: datetime | None) -> Candidate:
    """Write down that a version is being tried; returns it with what it is tried with."""
    return _begin(platform, who, version, max(at or clock.now(), clock.now()))


@action("documents.try")
def _begin(act: Act, version: str, at: datetime) -> Candidate:
    candidate = Candidate.at(act.platform, version, at, act.tx)
    for gate in _tried(candidate):
        report = GateReport(
            version, gate, None, act.at, act.who.account_id, candidate.hashes(gate), {}
        )
        gates.add(act.tx, report)
    act.note("version", version, tried=list(_tried(candidate)))
    return replace(candidate, now=replace(candidate.now, tx=None))


@action("documents.keep_report")
def keep(act: Act, report: GateReport) -> None:
    """Keep what a gate found."""
    documents.get(act.tx, report.version)
    gates.add(act.tx, report)
    act.note("version", report.version, gate=report.gate, passed=report.passed)


def _run(candidate: Candidate, who: Actor) -> Iterator[GateReport]:
    for gate in _tried(candidate):
        report = _try(candidate, gate, who)
        keep(candidate.platform, who, report)
        yield report


def _run_quietly(candidate: Candidate, who: Actor) -> None:
    try:
        for _ in _run(candidate, who):
            pass
    except SatuPintuError as e:
        _log.error("gates_not_kept", version=candidate.version.hash, error=str(e))


def _tried(candidate: Candidate) -> tuple[Gate, ...]:
    return tuple(gate for gate in candidate.gates if gate not in SEEN)


def _try(candidate: Candidate, gate: Gate, who: Actor) -> GateReport:
    report: Json = {}
    try:
        report, problems = TRY[gate](candidate)
    except (BadDocument, Unavailable) as e:
        problems = e.problems
    except Exception as e:  # noqa: BLE001  a gate that breaks is a gate that is shut
        _log.exception("gate_broke", gate=gate, version=candidate.version.hash)
        problems = (Problem("gates.broke", {"error": type(e).__name__}),)
    return GateReport(
        version=candidate.version.hash,
        gate=gate,
        passed=not problems,
        at=clock.now(),
        by=who.account_id,
        hashes=candidate.hashes(gate),
        report=report,
        problems=problems,
    )


def standings(act: Act, candidate: Candidate) -> tuple[Standing, ...]:
    """Return how a version stands at each of its gates, with what is beside it."""
    reports = gates.of_version(act.tx, candidate.version.hash)
    accepted = gates.accepted(act.tx, candidate.version.hash)
    return tuple(
        _standing(candidate, gate, _own_first(act, gate, reports), accepted)
        for gate in candidate.gates
    )


def _own_first(act: Act, gate: Gate, reports: Sequence[GateReport]) -> Sequence[GateReport]:
    """Return reports so that of a gate that is passed by looking one's own counts, if there is."""
    if gate not in SEEN:
        return reports
    return sorted(reports, key=lambda report: report.by == act.who.account_id)


def _standing(
    candidate: Candidate,
    gate: Gate,
    reports: Iterable[GateReport],
    accepted: Iterable[Acceptance],
) -> Standing:
    hashes = candidate.hashes(gate)
    about = [r for r in reports if r.gate == gate and r.about(hashes)]
    if not about:
        return Standing(gate, None)
    given_up: tuple[Acceptance, ...] = ()
    open_ = about[-1].problems
    if gate == "proved":
        given_up = tuple(a for a in accepted if a.beside == candidate.beside)
        names = {one.guarantee for one in given_up}
        open_ = tuple(p for p in open_ if not proving.given_up(p, names))
    return Standing(gate, about[-1], given_up, open_)


def missing(act: Act, candidate: Candidate, step: StepName) -> Iterator[Problem]:
    """Yield what keeps a version from a step: gates that are not tried, or not passed."""
    for standing in standings(act, candidate):
        if standing.gate not in lifecycle.gates(step, candidate.version.kind):
            continue
        seen = standing.report is not None and standing.report.by == act.who.account_id
        if standing.gate in SEEN and not (seen and standing.passed):
            yield Problem(f"gates.not_seen_{standing.gate}")
        elif standing.report is None or standing.report.passed is None:
            yield Problem(f"gates.not_tried_{standing.gate}")
        elif not standing.passed:
            yield Problem(f"gates.not_passed_{standing.gate}", {"count": len(standing.open)})
            yield from standing.open[:MOST_SAID]
