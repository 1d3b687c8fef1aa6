"""Consent at run time: which agencies are told, which must wait.

A decision ignores consent; it only says how strict it is for each agency. ``tanpa`` is sent;
``informasikan`` is sent, and staff confirm that the person was told; ``perlu`` is sent where the
person agreed to share with the agency's ``sharing_group`` (without one, agreed to the service),
else held.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from satupintu.agencies.directory import Agencies, Agency
from satupintu.cases import answers_at
from satupintu.documents import Json, pointer
from satupintu.errors import Problem
from satupintu.forms.document import Form, Question
from satupintu.rules.decision import Consent

Way = Literal["sent", "sent_and_told", "held"]


@dataclass(frozen=True)
class Agreed:
    """What the person agreed to: the service itself, and the sharing groups that were ticked."""

    service: bool = False
    groups: frozenset[str] = frozenset()

    def to(self, agency: Agency) -> bool:
        """Tell whether the person agreed that this agency is told."""
        if agency.sharing_group is None:
            return self.service
        return agency.sharing_group in self.groups


def agreed(form: Form, answers: Mapping[str, Json]) -> Agreed:
    """Return what these answers agree to; what is unanswered is not agreed to."""
    groups = {
        option
        for question in form.with_role("consent_sharing")
        for answer in answers_at.values(answers, question.name)
        for option in (answer if isinstance(answer, list) else [answer])
    }
    service = any(
        answer == yes(question)
        for question in form.with_role("consent_service")
        for answer in answers_at.values(answers, question.name)
    )
    return Agreed(service, frozenset(groups))


def yes(question: Question) -> Json:
    """Return the answer that agrees: ``true``, or of a choice its first option.

    The document lists what agrees first, as people expect to read it; no other mark says so.
    """
    return question.options[0].const if question.options else True


def way(consent: Consent, agency: Agency, agreed: Agreed) -> Way:
    """Return what happens to a referral to ``agency`` that a decision asks ``consent`` for."""
    match consent:
        case "tanpa":
            return "sent"
        case "informasikan":
            return "sent_and_told"
        case "perlu":
            return "sent" if agreed.to(agency) else "held"


def withdrawn(consent: Consent, agency: Agency, before: Agreed, now: Agreed) -> bool:
    """Tell whether a person took back what a referral was sent on.

    ``before`` is what was agreed to when it was sent, ``now`` what the newest answers agree to.
    """
    return consent == "perlu" and before.to(agency) and not now.to(agency)


def unknown_groups(form: Form, agencies: Agencies) -> Iterator[Problem]:
    """Yield a problem for each agency whose sharing group nobody could ever tick in this form."""
    options = [o.const for q in form.with_role("consent_sharing") for o in q.options]
    for index, agency in enumerate(agencies.values()):
        group = agency.sharing_group
        if group is not None and group not in options:
            near = get_close_matches(group, options, n=1)
            key = "cases.consent.unknown_group_near" if near else "cases.consent.unknown_group"
            params = {"agency": agency.id, "group": group, "near": near[0] if near else ""}
            yield Problem(key, params, pointer([index, "sharing_group"]))
