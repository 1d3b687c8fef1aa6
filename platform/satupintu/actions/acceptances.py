"""A guarantee that was refuted, given up by name and reason: for this version, under this form."""

from __future__ import annotations

from satupintu.actions import gates, proving
from satupintu.actions.action import Act, action
from satupintu.actions.lifecycle import LONGEST_REASON
from satupintu.actions.surroundings import Candidate
from satupintu.errors import BadAnswers, Conflict, Problem
from satupintu.store import gates as kept
from satupintu.store.gates import Acceptance


@action("documents.accept")
def accept(act: Act, version: str, guarantee: str, reason: str) -> Acceptance:
    """Accept the counterexample to a guarantee, so that the version can go on without it.

    Raises NotFound, BadAnswers without a reason, Conflict where that guarantee is not refuted by
    the newest proof.
    """
    candidate = Candidate.at(act.platform, version, act.at, act.tx)
    if not 0 < len(reason.strip()) <= LONGEST_REASON:
        raise BadAnswers(Problem("lifecycle.no_reason", {"longest": LONGEST_REASON}, "/reason"))
    proof = next((s for s in gates.standings(act, candidate) if s.gate == "proved"), None)
    open_ = () if proof is None else proof.open
    if not any(proving.given_up(problem, {guarantee}) for problem in open_):
        raise Conflict(Problem("gates.not_refuted", {"guarantee": guarantee}))
    accepted = Acceptance(
        version=version,
        guarantee=guarantee,
        beside=candidate.beside,
        reason=reason.strip(),
        at=act.at,
        by=act.who.account_id or "",
    )
    kept.accept(act.tx, accepted)
    act.note("version", version, guarantee=guarantee)
    return accepted
