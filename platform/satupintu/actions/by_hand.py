"""A person's own acts on referrals: one added, ended, sent after consent, confirmed as told."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from satupintu.actions import words_given
from satupintu.actions.action import Act, action
from satupintu.actions.cases import case_file, opened
from satupintu.actions.decisions import head_only
from satupintu.actions.routing import end_referrals, event, open_referrals, tell
from satupintu.actions.words_given import given
from satupintu.agencies.directory import Agencies
from satupintu.cases.case import Case, DecisionRecord
from satupintu.cases.consent import Agreed, agreed, way
from satupintu.cases.deadlines import acknowledge_by
from satupintu.cases.referral import AskedService, Referral, moved
from satupintu.cases.routing import Route
from satupintu.errors import BadAnswers, Problem
from satupintu.rules.decision import Consent, Urgency
from satupintu.store import referrals, submissions, timeline

MOST_HOURS = 8_760
"""A deadline within a year; what takes longer is no referral."""


@dataclass(frozen=True)
class ByHand:
    """What a person asks of one agency. ``within_hours`` counts from the act, None if not read."""

    agency: str
    services: tuple[str, ...]
    within_hours: int | None
    urgency: Urgency
    consent: Consent


@dataclass(frozen=True)
class Barred:
    """What the rules of a case rule out: agencies, and services at agencies."""

    agencies: frozenset[str] = frozenset()
    services: frozenset[tuple[str, str]] = frozenset()


def barred(decisions: Sequence[DecisionRecord]) -> Barred:
    """Return what the newest decision that holds rules out; one in trouble rules out nothing."""
    for record in reversed(decisions):
        if record.state == "applied" and record.decision is not None:
            return Barred(
                frozenset(e.agency for e in record.decision.excluded),
                frozenset((f.agency, f.service) for f in record.decision.forbidden),
            )
    return Barred()


@action("referral.add")
def add(act: Act, case_id: str, asked: ByHand, reason: str) -> Referral:
    """Refer a case to one more agency. Raises BadAnswers with every problem, by control name."""
    case = opened(act, case_id, lock=True)
    ruled_out = barred(submissions.decisions_of_case(act.tx, case_id))
    added = refer(act, case, (asked,), reason, ruled_out)[0]
    act.note("referral", added.id, case=case_id, agency=added.agency)
    return added


@action("referral.end")
def end(act: Act, referral_id: str, reason: str) -> Case:
    """End a referral that its agency has not accepted. Raises Conflict where it has."""
    referral = referrals.get(act.tx, referral_id, lock=True)
    case = opened(act, referral.case_id)
    moved(referral.state, "referral.end")
    end_referrals(act, case, (referral,), given(reason))
    act.note("referral", referral_id, case=case.id, agency=referral.agency)
    return case


@action("referral.release")
def release(act: Act, referral_id: str, reason: str) -> Case:
    """Send a held referral, as the person now agreed; ``reason`` says who said so and how."""
    referral = referrals.get(act.tx, referral_id, lock=True)
    case = opened(act, referral.case_id)
    reason = given(reason, "staff.consent_needed")
    released = replace(
        referral,
        state=moved(referral.state, "referral.release"),
        sent_at=act.at,
        acknowledge_by=acknowledge_by(act.at, act.content.agencies()[referral.agency]),
    )
    referrals.change(act.tx, released)
    timeline.add(
        act.tx, event(act, case, "referral_released", agency=referral.agency, reason=reason)
    )
    tell(act, case, [("referral_sent", released)])
    act.note("referral", referral_id, case=case.id, agency=referral.agency)
    return case


@action("referral.told")
def told(act: Act, referral_id: str) -> Case:
    """Confirm that the person was told of a referral; once more changes nothing."""
    referral = referrals.get(act.tx, referral_id, lock=True)
    case = opened(act, referral.case_id)
    act.note("referral", referral_id, case=case.id, agency=referral.agency)
    if referral.to_be_told:
        referrals.change(act.tx, replace(referral, told_at=act.at))
        timeline.add(act.tx, event(act, case, "referral_told", agency=referral.agency))
    return case


def refer(
    act: Act, case: Case, asked: Sequence[ByHand], reason: str, ruled_out: Barred
) -> tuple[Referral, ...]:
    """Open the referrals that a person asks for. Raises BadAnswers with every problem."""
    agencies = act.content.agencies()
    there = {
        (r.agency, s.service)
        for r in referrals.of_case(act.tx, case.id)
        if r.open
        for s in r.services
    }
    problems = [p for one in asked for p in _problems(one, agencies, there, ruled_out)]
    problems.extend(words_given.problems(reason))
    if problems:
        raise BadAnswers(*problems)
    consented = _agreed(act, case)
    closed = head_only(act, submissions.decisions_of_case(act.tx, case.id))
    routes = [_route(one, agencies, consented, closed) for one in asked]
    return open_referrals(
        act, case, routes, start=act.at, agencies=agencies, origin="person", reason=reason.strip()
    )


def _problems(
    asked: ByHand,
    agencies: Agencies,
    there: Collection[tuple[str, str]],
    ruled_out: Barred,
) -> list[Problem]:
    at = f"/{asked.agency}"
    agency = agencies.get(asked.agency)
    if agency is None:
        return [Problem("staff.no_agency", pointer="/agency")]
    if asked.agency in ruled_out.agencies:
        return [Problem("staff.agency_excluded", pointer=at)]
    found = []
    if not asked.services:
        found.append(Problem("staff.service_needed", pointer=f"{at}/services"))
    for service in asked.services:
        if service not in agency.services:
            found.append(Problem("staff.no_service", pointer=f"{at}/services"))
        elif (asked.agency, service) in ruled_out.services:
            found.append(Problem("staff.service_forbidden", pointer=f"{at}/services"))
        elif (asked.agency, service) in there:
            found.append(Problem("staff.asked_already", pointer=f"{at}/services"))
    if asked.within_hours is None or not 1 <= asked.within_hours <= MOST_HOURS:
        found.append(Problem("staff.hours_needed", {"limit": MOST_HOURS}, f"{at}/hours"))
    return found


def _agreed(act: Act, case: Case) -> Agreed:
    main = case_file(act, case).main
    return Agreed() if main is None else agreed(main.form, main.submission.answers)


def _route(asked: ByHand, agencies: Agencies, consented: Agreed, closed: Collection[str]) -> Route:
    hours = asked.within_hours or 1
    return Route(
        agency=asked.agency,
        way=way(asked.consent, agencies[asked.agency], consented),
        urgency=asked.urgency,
        consent=asked.consent,
        within_hours=hours,
        services=tuple(
            AskedService(service, hours, asked.urgency, asked.consent) for service in asked.services
        ),
        head_only=asked.agency in closed,
    )
