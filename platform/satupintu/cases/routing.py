"""From a decision to referrals, and what a newer decision changes about them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from satupintu.agencies.directory import Agencies
from satupintu.cases.consent import Agreed, Way, way
from satupintu.cases.referral import AskedService, Referral
from satupintu.rules.decision import CONSENTS, URGENCIES, AgencyDecision, Consent, Decision, Urgency


@dataclass(frozen=True)
class Route:
    """One referral to open. ``way`` says whether it is sent at once or held for consent."""

    agency: str
    way: Way
    urgency: Urgency
    consent: Consent
    within_hours: int
    services: tuple[AskedService, ...]
    head_only: bool = False


@dataclass(frozen=True)
class Changes:
    """What applying a decision does.

    ``no_longer_asked`` are accepted referrals that it would not make: they stay, because the
    agency is at work, and the case manager talks to it.
    """

    open: tuple[Route, ...]
    end: tuple[Referral, ...]
    keep: tuple[Referral, ...]
    no_longer_asked: tuple[Referral, ...]


def routes(
    decision: Decision,
    agencies: Agencies,
    agreed: Agreed,
    head_only: Collection[str] = frozenset(),
) -> tuple[Route, ...]:
    """Return a referral for every agency that a decision names, in its order."""
    return tuple(
        Route(
            agency=a.agency,
            way=way(a.consent, agencies[a.agency], agreed),
            urgency=a.urgency,
            consent=a.consent,
            within_hours=a.within_hours,
            services=_services(a),
            head_only=a.agency in head_only,
        )
        for a in decision.agencies
    )


def changes(existing: Iterable[Referral], wanted: Iterable[Route]) -> Changes:
    """Return what has to happen so that a case's referrals are those of a newer decision.

    What waits for an answer is ended and opened again where anything differs; what an agency
    accepted or finished stays, and only services it was not yet asked for are asked in a
    further referral; what it declined is asked again. What a person added by hand stays.
    """
    by_rules = [r for r in existing if r.origin == "rules"]
    keep = [r for r in existing if r.origin == "person" and r.open]
    opened: list[Route] = []
    ended: list[Referral] = []
    dropped: list[Referral] = []
    left = {route.agency: route for route in wanted}
    for agency in dict.fromkeys([r.agency for r in by_rules] + list(left)):
        here = [r for r in by_rules if r.agency == agency]
        route = left.get(agency)
        working = [r for r in here if r.state in ("accepted", "in_progress")]
        if route is None:
            dropped.extend(working)
        else:
            keep.extend(working)
            received = [*working, *(r for r in here if r.state == "done")]
            route = without(route, {s.service for r in received for s in r.services})
        for waiting in (r for r in here if r.state in ("held", "sent")):
            if route is not None and _same(waiting, route):
                keep.append(waiting)
                route = None
            else:
                ended.append(waiting)
        if route is not None:
            opened.append(route)
    return Changes(tuple(opened), tuple(ended), tuple(keep), tuple(dropped))


def without(route: Route, services: Collection[str]) -> Route | None:
    """Return the route for the services that are left, with their deadline, or None."""
    rest = tuple(s for s in route.services if s.service not in services)
    if not rest:
        return None
    return replace(
        route,
        services=rest,
        within_hours=min(s.within_hours for s in rest),
        urgency=max((s.urgency for s in rest), key=URGENCIES.index),
        consent=max((s.consent for s in rest), key=CONSENTS.index),
    )


def _same(referral: Referral, route: Route) -> bool:
    return (
        referral.services == route.services
        and (referral.state == "held") == (route.way == "held")
        and referral.head_only == route.head_only
    )


def _services(agency: AgencyDecision) -> tuple[AskedService, ...]:
    return tuple(
        AskedService(s.service, s.within_hours, s.urgency, s.consent, s.rules)
        for s in agency.services
    )
