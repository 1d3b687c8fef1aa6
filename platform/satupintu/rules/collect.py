"""From the rules that fired to the decision: who is asked for what, and what always wins."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

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

_Ask = tuple[int, int, int, int]
"""A rule asks for a service: its place among the fired, hours, urgency and consent as ranks."""


def collect(ruleset: RuleSet, fired: Iterable[str], derived: Mapping[str, str]) -> Decision:
    """Return what the ``fired`` rules, given by id, decide together."""
    named = set(fired)
    return collect_rules([rule for rule in ruleset.rules if rule.id in named], derived)


def collect_rules(fired: Sequence[Rule], derived: Mapping[str, str]) -> Decision:
    """Return what the ``fired`` rules, in the order of their document, decide together.

    What an exclusion (agency) or a prohibition (agency and service) names is dropped, whatever the
    order of the rules; an agency is left out where none of its services is left. Each service and
    each agency gets the shortest deadline, the highest urgency, the strictest consent and every
    rule that asks for it.
    """
    excluded = {Exclusion(agency, rule.id) for rule in fired for agency in rule.exclude}
    forbidden = {Prohibition(*at, rule.id) for rule in fired for at in rule.forbid}
    agencies_out = {exclusion.agency for exclusion in excluded}
    services_out = {(prohibition.agency, prohibition.service) for prohibition in forbidden}
    asked: dict[str, dict[str, list[_Ask]]] = {}
    for place, rule in enumerate(fired):
        for outcome in rule.refer:
            agency, service = outcome.agency, outcome.service
            if agency not in agencies_out and (agency, service) not in services_out:
                asked.setdefault(agency, {}).setdefault(service, []).append(
                    (
                        place,
                        outcome.within_hours,
                        _URGENCY[outcome.urgency],
                        _CONSENT[outcome.consent],
                    )
                )
    rules = tuple([rule.id for rule in fired])
    agencies = [_agency(agency, services, rules) for agency, services in asked.items()]
    agencies.sort(key=lambda a: (a.within_hours, -_URGENCY[a.urgency], a.agency))
    return Decision(
        derived=dict(derived),
        agencies=tuple(agencies),
        excluded=tuple(sorted(excluded)),
        forbidden=tuple(sorted(forbidden)),
        flags=tuple(sorted({flag for rule in fired for flag in rule.flag})),
        rules=rules,
    )


def _agency(
    agency: str, asked: Mapping[str, Sequence[_Ask]], rules: tuple[str, ...]
) -> AgencyDecision:
    services = [
        ServiceDecision(service, *_strictest(asks), _reasons(asks, rules))
        for service, asks in asked.items()
    ]
    services.sort(key=lambda s: (s.within_hours, -_URGENCY[s.urgency], s.service))
    together = [ask for asks in asked.values() for ask in asks]
    return AgencyDecision(
        agency,
        *_strictest(together),
        services=tuple(services),
        rules=_reasons(together, rules),
    )


def _strictest(asks: Sequence[_Ask]) -> tuple[int, Urgency, Consent]:
    """Return the shortest deadline, the highest urgency and the strictest consent."""
    _, hours, urgencies, consents = zip(*asks, strict=True)
    return min(hours), URGENCIES[max(urgencies)], CONSENTS[max(consents)]


def _reasons(asks: Sequence[_Ask], rules: tuple[str, ...]) -> tuple[str, ...]:
    """Return the rules that ask, each once, in the order of the document."""
    return tuple([rules[place] for place in sorted({ask[0] for ask in asks})])
