"""Where two decisions about the same facts differ, for the person who must choose."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from satupintu.rules.decision import AgencyDecision, Decision, ServiceDecision

What = Literal["agency", "service", "hours", "urgency", "consent", "excluded", "forbidden", "flag"]


@dataclass(frozen=True)
class Difference:
    """One thing that two decisions say differently.

    ``one`` and ``other`` are what each says: hours, an urgency, a consent; for what is there or
    not, whether it is there. ``agency``, ``service`` and ``flag`` say where.
    """

    what: What
    one: object
    other: object
    agency: str | None = None
    service: str | None = None
    flag: str | None = None


def differences(one: Decision, other: Decision) -> tuple[Difference, ...]:
    """Return what is different; of the same outcome, nothing, whichever rules are the reasons."""
    return tuple(_differences(one, other))


def agencies_of(found: tuple[Difference, ...]) -> tuple[str, ...]:
    """Return the agencies that the differences are about, each once."""
    return tuple(dict.fromkeys(d.agency for d in found if d.agency is not None))


def _differences(one: Decision, other: Decision) -> Iterator[Difference]:
    ours = {a.agency: a for a in one.agencies}
    theirs = {a.agency: a for a in other.agencies}
    for agency in dict.fromkeys([*ours, *theirs]):
        if agency in ours and agency in theirs:
            yield from _in_agency(ours[agency], theirs[agency])
        else:
            yield Difference("agency", agency in ours, agency in theirs, agency)
    for agency in sorted(_excluded(one) ^ _excluded(other)):
        yield Difference("excluded", agency in _excluded(one), agency in _excluded(other), agency)
    for agency, service in sorted(_forbidden(one) ^ _forbidden(other)):
        here = (agency, service) in _forbidden(one)
        yield Difference("forbidden", here, not here, agency, service)
    for flag in sorted(set(one.flags) ^ set(other.flags)):
        yield Difference("flag", flag in one.flags, flag in other.flags, flag=flag)


def _in_agency(one: AgencyDecision, other: AgencyDecision) -> Iterator[Difference]:
    ours = {s.service: s for s in one.services}
    theirs = {s.service: s for s in other.services}
    for service in dict.fromkeys([*ours, *theirs]):
        if service in ours and service in theirs:
            yield from _in_service(one.agency, ours[service], theirs[service])
        else:
            yield Difference("service", service in ours, service in theirs, one.agency, service)


def _in_service(agency: str, one: ServiceDecision, other: ServiceDecision) -> Iterator[Difference]:
    if one.within_hours != other.within_hours:
        yield Difference("hours", one.within_hours, other.within_hours, agency, one.service)
    if one.urgency != other.urgency:
        yield Difference("urgency", one.urgency, other.urgency, agency, one.service)
    if one.consent != other.consent:
        yield Difference("consent", one.consent, other.consent, agency, one.service)


def _excluded(decision: Decision) -> frozenset[str]:
    return frozenset(e.agency for e in decision.excluded)


def _forbidden(decision: Decision) -> frozenset[tuple[str, str]]:
    return frozenset((f.agency, f.service) for f in decision.forbidden)
