"""The timeline: what happened to a case, each as one sentence for those who manage it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from satupintu import words
from satupintu.agencies.directory import Agencies
from satupintu.documents import Json

Kind = Literal[
    "reported",
    "taken",
    "submitted",
    "corrected",
    "decided",
    "proposed",
    "applied",
    "trouble",
    "routed",
    "referral_sent",
    "referral_held",
    "referral_released",
    "referral_told",
    "referral_accepted",
    "referral_declined",
    "referral_followed_up",
    "referral_done",
    "referral_ended",
    "referral_added",
    "referral_unanswered",
    "referral_overdue",
    "reassigned",
    "shared",
    "unshared",
    "noted",
    "closed",
]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True)
class Event:
    """One thing that happened; ``details`` holds what its sentence needs besides.

    ``reason`` and ``note`` are a person's words, ``count`` a number, ``to`` an account.
    ``account_id`` is None where the public or the product itself acted.
    """

    id: str
    case_id: str
    at: datetime
    kind: Kind
    details: Mapping[str, Json]
    account_id: str | None = None
    agency: str | None = None


def sentence(event: Event, language: str, agencies: Agencies, titles: Mapping[str, str]) -> str:
    """Return the event as a sentence; ``titles`` are the accounts' titles by id."""
    agency = agencies.get(event.agency) if event.agency else None
    unnamed = words.say("cases.timeline.somebody", language)
    params: dict[str, object] = {
        "count": 0,
        **event.details,
        "who": titles.get(event.account_id or "", unnamed),
        "to": titles.get(str(event.details.get("to")), unnamed),
        "agency": words.pick(agency.name, language) if agency else event.agency or "",
    }
    return words.say(f"cases.timeline.{event.kind}", language, **params)
