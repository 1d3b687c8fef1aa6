"""From the rules that fired to the decision: who is asked for what, and what always wins."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from satupintu.rules.decision import (
    CONSENTS,
    URGENCIES,
    AgencyDecision,
    Consent,
    Decision,
    Exclusion,
    Prohibition,
    ServiceDecision,
    Urgency,
)
from satupintu.rules.document import Rule, RuleSet

_URGENCY = {urgency: rank for rank, urgency in enumerate(URGENCIES)}
_CONSENT = {consent: rank for rank, consent in enumerate(CONSENTS)}


def collect(ruleset: RuleSet, fired: Iterable[str], derived: Mapping[str, str]) -> Decision:
    """Return what the ``fired`` rules decide together.

    What an exclusion (agency) or a prohibition (agency and service) names is dropped, whatever the
    order of the rules; an agency is left out where none of its services is left. Each service and
    each agency gets the shortest deadline, the highest urgency, the strictest consent and every
    rule that asks for it.
    """
    named = set(fired)
    return collect_rules([rule for rule in ruleset.rules if rule.id in named], derived)


def collect_rules(rules: Iterable[Rule], derived: Mapping[str, str]) -> Decision:
    """Return what ``rules``, in the order of their document, decide together."""
    fired = tuple(rules)
    excluded = {Exclusion(agency, rule.id) for rule in fired for agency in rule.exclude}
    forbidden = {
        Prohibition(agency, service, rule.id) for rule in fired for agency, service in rule.forbid
    }
    agencies_out = {exclusion.agency for exclusion in excluded}
    services_out = {(prohibition.agency, prohibition.service) for prohibition in forbidden}
    asked: dict[str, dict[str, _Asked]] = {}
    for rule in fired:
        for outcome in rule.refer:
            agency, service = outcome.agency, outcome.service
            if agency in agencies_out or (agency, service) in services_out:
                continue
            asked.setdefault(agency, {}).setdefault(service, _Asked()).add(
                rule.id, outcome.within_hours, outcome.urgency, outcome.consent
            )
    order = {rule.id: place for place, rule in enumerate(fired)}
    agencies = [_agency(agency, services, order) for agency, services in asked.items()]
    return Decision(
        derived=dict(derived),
        agencies=tuple(sorted(agencies, key=lambda a: _first(a.within_hours, a.urgency, a.agency))),
        excluded=tuple(sorted(excluded)),
        forbidden=tuple(sorted(forbidden)),
        flags=tuple(sorted({flag for rule in fired for flag in rule.flag})),
        rules=tuple(order),
    )


class _Asked:
    """What the rules ask of one service so far."""

    __slots__ = ("consent", "hours", "rules", "urgency")

    def __init__(self) -> None:
        self.rules: dict[str, None] = {}
        self.hours: int | None = None
        self.urgency: Urgency = URGENCIES[0]
        self.consent: Consent = CONSENTS[0]

    def add(self, rule: str, hours: int, urgency: Urgency, consent: Consent) -> None:
        self.rules[rule] = None
        self.hours = hours if self.hours is None else min(self.hours, hours)
        self.urgency = max(self.urgency, urgency, key=_URGENCY.__getitem__)
        self.consent = max(self.consent, consent, key=_CONSENT.__getitem__)


def _agency(agency: str, asked: Mapping[str, _Asked], order: Mapping[str, int]) -> AgencyDecision:
    services = [
        ServiceDecision(service, a.hours, a.urgency, a.consent, tuple(a.rules))
        for service, a in asked.items()
        if a.hours is not None
    ]
    services.sort(key=lambda s: _first(s.within_hours, s.urgency, s.service))
    return AgencyDecision(
        agency=agency,
        within_hours=services[0].within_hours,
        urgency=max((s.urgency for s in services), key=_URGENCY.__getitem__),
        consent=max((s.consent for s in services), key=_CONSENT.__getitem__),
        services=tuple(services),
        rules=tuple(sorted({rule for s in services for rule in s.rules}, key=order.__getitem__)),
    )


def _first(hours: int, urgency: Urgency, code: str) -> tuple[int, int, str]:
    """Return the sort key that puts the soonest first, then the most urgent, then by code."""
    return hours, -_URGENCY[urgency], code
