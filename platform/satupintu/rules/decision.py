"""What a rule set says about one set of facts, with every reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Urgency = Literal["biasa", "segera", "darurat"]
Consent = Literal["tanpa", "informasikan", "perlu"]

URGENCIES: tuple[Urgency, ...] = ("biasa", "segera", "darurat")
"""From the least to the most urgent; the platform's own words."""
CONSENTS: tuple[Consent, ...] = ("tanpa", "informasikan", "perlu")
"""From the least to the strictest; the platform's own words."""


@dataclass(frozen=True)
class ServiceDecision:
    """One service asked of an agency; ``within_hours`` is the shortest of its rules."""

    service: str
    within_hours: int
    urgency: Urgency
    consent: Consent
    rules: tuple[str, ...]


@dataclass(frozen=True)
class AgencyDecision:
    """One agency that receives the case: shortest deadline, highest urgency, strictest consent."""

    agency: str
    within_hours: int
    urgency: Urgency
    consent: Consent
    services: tuple[ServiceDecision, ...]
    rules: tuple[str, ...]


@dataclass(frozen=True, order=True)
class Exclusion:
    """An agency that a fired rule excludes, asked for or not."""

    agency: str
    rule: str


@dataclass(frozen=True, order=True)
class Prohibition:
    """A service that a fired rule forbids at an agency, asked for or not."""

    agency: str
    service: str
    rule: str


@dataclass(frozen=True)
class Decision:
    """What a rule set says; every tuple is sorted, so equal decisions are equal values.

    ``agencies`` is sorted by deadline, then urgency (highest first), then code. ``rules`` is every
    rule whose condition is true, in the order of the document, even where its outcome was excluded.
    """

    derived: Mapping[str, str]
    agencies: tuple[AgencyDecision, ...]
    excluded: tuple[Exclusion, ...]
    forbidden: tuple[Prohibition, ...]
    flags: tuple[str, ...]
    rules: tuple[str, ...]

    def same_outcome(self, other: Decision) -> bool:
        """Tell whether the same happens; which rules are named as reasons may differ."""
        return self._outcome() == other._outcome()

    def _outcome(self) -> tuple[object, ...]:
        return (
            tuple(
                (
                    a.agency,
                    a.within_hours,
                    a.urgency,
                    a.consent,
                    tuple((s.service, s.within_hours, s.urgency, s.consent) for s in a.services),
                )
                for a in self.agencies
            ),
            frozenset(e.agency for e in self.excluded),
            frozenset((f.agency, f.service) for f in self.forbidden),
            frozenset(self.flags),
        )

    def to_json(self) -> dict[str, Any]:
        """Return the plain JSON object that ``satupintu decide`` prints and the store keeps."""
        return {
            "facts": dict(self.derived),
            "referrals": [
                {
                    "agency": a.agency,
                    "within_hours": a.within_hours,
                    "urgency": a.urgency,
                    "consent": a.consent,
                    "services": [
                        {
                            "service": s.service,
                            "within_hours": s.within_hours,
                            "urgency": s.urgency,
                            "consent": s.consent,
                            "rules": list(s.rules),
                        }
                        for s in a.services
                    ],
                    "rules": list(a.rules),
                }
                for a in self.agencies
            ],
            "excluded": [{"agency": e.agency, "rule": e.rule} for e in self.excluded],
            "forbidden": [
                {"agency": f.agency, "service": f.service, "rule": f.rule} for f in self.forbidden
            ],
            "flags": list(self.flags),
            "rules": list(self.rules),
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Decision:
        """Return the decision that ``to_json`` wrote."""
        return cls(
            derived=dict(value["facts"]),
            agencies=tuple(
                AgencyDecision(
                    a["agency"],
                    a["within_hours"],
                    a["urgency"],
                    a["consent"],
                    tuple(
                        ServiceDecision(
                            s["service"],
                            s["within_hours"],
                            s["urgency"],
                            s["consent"],
                            tuple(s["rules"]),
                        )
                        for s in a["services"]
                    ),
                    tuple(a["rules"]),
                )
                for a in value["referrals"]
            ),
            excluded=tuple(Exclusion(e["agency"], e["rule"]) for e in value["excluded"]),
            forbidden=tuple(
                Prohibition(f["agency"], f["service"], f["rule"]) for f in value["forbidden"]
            ),
            flags=tuple(value["flags"]),
            rules=tuple(value["rules"]),
        )
