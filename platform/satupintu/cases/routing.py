"""From a decision to referrals, and what a newer decision changes about them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

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
    """Return the referrals of a decision, in its order: what may be sent now, then what is held.

    Consent is weighed service by service: a rescue that needs none is never held because another
    service of the same agency does. Such an agency gets two referrals, one of them held.
    """
    found: list[Route] = []
    for named in decision.agencies:
        agency = agencies[named.agency]
        ways = {s: way(s.consent, agency, agreed) for s in _services(named)}
        for held in (False, True):
            services = tuple(s for s in ways if (ways[s] == "held") == held)
            if services:
                told = any(ways[s] == "sent_and_told" for s in services)
                sent: Way = "sent_and_told" if told else "sent"
                found.append(
                    _route(
                        agency.id,
                        "held" if held else sent,
                        services,
                        head_only=agency.id in head_only,
                    )
                )
    return tuple(found)


def changes(existing: Iterable[Referral], wanted: Iterable[Route]) -> Changes:
    """Return what has to happen so that a case's referrals are those of a newer decision.

    What waits for an answer is ended and opened again where anything differs; what an agency
    accepted or finished stays, and only services it was not yet asked for are asked in a
    further referral; what it declined is asked again. What a person added by hand stays.
    """
    by_rules = [r for r in existing if r.origin == "rules"]
    asked = list(wanted)
    keep = [r for r in existing if r.origin == "person" and r.open]
    opened: list[Route] = []
    ended: list[Referral] = []
    dropped: list[Referral] = []
    for agency in dict.fromkeys([r.agency for r in by_rules] + [r.agency for r in asked]):
        here = [r for r in by_rules if r.agency == agency]
        left = [route for route in asked if route.agency == agency]
        working = [r for r in here if r.state in ("accepted", "in_progress")]
        (keep if left else dropped).extend(working)
        received = [*working, *(r for r in here if r.state == "done")]
        already = {s.service for r in received for s in r.services}
        left = [rest for route in left if (rest := without(route, already)) is not None]
        for waiting in (r for r in here if r.state in ("held", "sent")):
            same = next((route for route in left if _same(waiting, route)), None)
            if same is None:
                ended.append(waiting)
            else:
                left.remove(same)
                keep.append(waiting)
        opened.extend(left)
    return Changes(tuple(opened), tuple(ended), tuple(keep), tuple(dropped))


def without(route: Route, services: Collection[str]) -> Route | None:
    """Return the route for the services that are left, with their deadline, or None."""
    rest = tuple(s for s in route.services if s.service not in services)
    if not rest:
        return None
    return _route(route.agency, route.way, rest, head_only=route.head_only)


def _route(agency: str, how: Way, services: tuple[AskedService, ...], *, head_only: bool) -> Route:
    return Route(
        agency=agency,
        way=how,
        urgency=max((s.urgency for s in services), key=URGENCIES.index),
        consent=max((s.consent for s in services), key=CONSENTS.index),
        within_hours=min(s.within_hours for s in services),
        services=services,
        head_only=head_only,
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
