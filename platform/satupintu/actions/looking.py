"""The impact of a version, looked at by a person: kept with who did and when."""

from __future__ import annotations

from datetime import datetime

from satupintu import clock
from satupintu.actions.action import Act, action
from satupintu.actions.impact import PERIOD, Impact, impact
from satupintu.actions.platform import Platform
from satupintu.actions.surroundings import Candidate
from satupintu.errors import Conflict, Problem
from satupintu.people.actor import Actor
from satupintu.store import gates
from satupintu.store.gates import GateReport


def of_version(
    platform: Platform, who: Actor, version: str, at: datetime | None = None
) -> Impact | None:
    """Return what a version changes in the cases of the last period, against what is in force.

    ``at`` is the moment it may come into force. None for what is no rule set of the service, or
    where nothing is in force to compare with. Raises NotFound, NotAllowed.
    """
    old = _against(platform, who, version, max(at or clock.now(), clock.now()))
    if old is None:
        return None
    return impact(platform, who, version, old, since=clock.now() - PERIOD)


@action("documents.against", reads=True, trail=False)
def _against(act: Act, version: str, at: datetime) -> str | None:
    return Candidate.at(act.platform, version, at, act.tx).against


@action("documents.look")
def look(act: Act, version: str, seen: Impact, at: datetime | None = None) -> None:
    """Keep that somebody looked at the impact of a version. Raises NotFound, Conflict where it was
    worked out against what is no longer in force.
    """
    candidate = Candidate.at(act.platform, version, max(at or act.at, act.at), act.tx)
    if (seen.new, seen.old) != (version, candidate.against):
        raise Conflict(Problem("store.changed"))
    gates.add(
        act.tx,
        GateReport(
            version=version,
            gate="impact",
            passed=True,
            at=act.at,
            by=act.who.account_id,
            hashes=candidate.hashes("impact"),
            report=seen.to_json(),
        ),
    )
    act.note("version", version, changed=seen.changed, cases=seen.cases)
