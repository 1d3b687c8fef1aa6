"""One case that a journey made: what its pages said, and what the store keeps of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from journeys.city import City
from journeys.dom import Element
from journeys.telling import assess
from satupintu.cases.case import DecisionRecord, Submission
from satupintu.cases.deadlines import counts_from
from satupintu.cases.flags import effects
from satupintu.cases.referral import Referral
from satupintu.documents import Json
from satupintu.rules.decision import Decision
from satupintu.store import cases, referrals, submissions


@dataclass(frozen=True)
class Told:
    """A story that was told at the desk; ``page`` is the decision page that answered."""

    city: City
    id: str
    address: str
    answers: Mapping[str, Json]
    page: Element

    @property
    def number(self) -> str:
        """The case's number, as pages show it."""
        with self.city.platform.store.reading() as tx:
            return cases.get(tx, self.id).number

    @property
    def record(self) -> DecisionRecord:
        """The newest decision."""
        with self.city.platform.store.reading() as tx:
            return submissions.decisions_of_case(tx, self.id)[-1]

    @property
    def decision(self) -> Decision:
        """What the rules said."""
        assert self.record.decision is not None
        return self.record.decision

    @property
    def referrals(self) -> tuple[Referral, ...]:
        """Every referral of the case."""
        with self.city.platform.store.reading() as tx:
            return referrals.of_case(tx, self.id)

    def asked_of(self, state: str) -> dict[str, set[str]]:
        """Return the services of the referrals in a state, by agency."""
        found: dict[str, set[str]] = {}
        for referral in self.referrals:
            if referral.state == state:
                found.setdefault(referral.agency, set()).update(
                    s.service for s in referral.services
                )
        return found

    @property
    def start(self) -> datetime:
        """When deadlines begin: the moment that the story says it was told."""
        story = self.story
        return counts_from(self.city.form("assessment"), story.answers, story.submitted_at)

    @property
    def story(self) -> Submission:
        """The newest assessment."""
        with self.city.platform.store.reading() as tx:
            found = submissions.latest(tx, self.id, "assessment")
        assert found is not None
        return found

    @property
    def head_only(self) -> frozenset[str]:
        """The agencies at which only the head may see the case."""
        raised = effects(self.city.rules.flags, self.decision, self.story.facts)
        return frozenset(raised.head_only)


def told(city: City, answers: Mapping[str, Json]) -> Told:
    """Tell a story at the desk and look at what was decided, as the service head may."""
    address = assess(city, city.someone("staff"), answers)
    page = city.someone("service_head").open(f"{address}/keputusan")
    return Told(city, address.rpartition("/")[2], address, answers, page)
