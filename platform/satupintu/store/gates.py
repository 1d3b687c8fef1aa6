"""What each gate found about a version, and which guarantees somebody gave up for it, and why."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Row, bindparam, insert, select

from satupintu.documents import Json, canonical
from satupintu.errors import Problem
from satupintu.rules.lifecycle import Gate
from satupintu.store.document_tables import acceptances, gate_reports
from satupintu.store.open import Transaction
from satupintu.store.rows import built, selected, values


@dataclass(frozen=True)
class GateReport:
    """What one gate found about one version, known by its content hash.

    ``hashes`` are those of what it was tried with (form, rule set, agencies, laws): with others it
    says nothing. ``passed`` is None for a try that began and has not ended. ``report`` holds no
    answer of anybody.
    """

    version: str
    gate: Gate
    passed: bool | None
    at: datetime
    by: str | None
    hashes: Mapping[str, str]
    report: Json
    problems: tuple[Problem, ...] = ()

    def about(self, hashes: Mapping[str, str]) -> bool:
        """Tell whether it was tried with exactly this."""
        return dict(self.hashes) == dict(hashes)


@dataclass(frozen=True)
class Acceptance:
    """A guarantee that somebody gave up for one version, and why.

    ``beside`` is the hash of what it was proved with: the form of a rule set, or the other way
    round.
    """

    version: str
    guarantee: str
    beside: str
    reason: str
    at: datetime
    by: str


_OF_VERSION = (
    select(gate_reports)
    .where(gate_reports.c.version == bindparam("version"))
    .order_by(gate_reports.c.place)
)
_ACCEPTED = (
    selected(acceptances, Acceptance)
    .where(acceptances.c.version == bindparam("version"))
    .order_by(acceptances.c.place)
)


def add(tx: Transaction, report: GateReport) -> None:
    """Keep a report; older ones stay."""
    row = {
        "version": report.version,
        "gate": report.gate,
        "passed": report.passed,
        "at": report.at,
        "by": report.by,
        "hashes": canonical(dict(report.hashes)).decode(),
        "report": canonical(report.report).decode(),
        "problems": canonical([_to_json(problem) for problem in report.problems]).decode(),
    }
    tx.run(insert(gate_reports), row)


def of_version(tx: Transaction, version: str) -> tuple[GateReport, ...]:
    """Return every report of a version, the oldest first."""
    return tuple(_report(row) for row in tx.run(_OF_VERSION, {"version": version}))


def accept(tx: Transaction, acceptance: Acceptance) -> None:
    """Keep that a guarantee was given up."""
    tx.run(insert(acceptances), values(acceptances, acceptance))


def accepted(tx: Transaction, version: str) -> tuple[Acceptance, ...]:
    """Return which guarantees were given up for a version, the oldest first."""
    return tuple(built(Acceptance, row) for row in tx.run(_ACCEPTED, {"version": version}))


def _report(row: Row[Any]) -> GateReport:
    return GateReport(
        version=row.version,
        gate=cast("Gate", row.gate),
        passed=row.passed,
        at=row.at,
        by=row.by,
        hashes=json.loads(row.hashes),
        report=json.loads(row.report),
        problems=tuple(Problem(**problem) for problem in json.loads(row.problems)),
    )


def _to_json(problem: Problem) -> dict[str, Json]:
    return {
        "key": problem.key,
        "params": {name: _plain(value) for name, value in problem.params.items()},
        "pointer": problem.pointer,
        "column": problem.column,
        "file": problem.file,
        "level": problem.level,
        "text": None if problem.text is None else dict(problem.text),
    }


def _plain(value: object) -> Json:
    return value if isinstance(value, bool | int | float | str | None) else str(value)
