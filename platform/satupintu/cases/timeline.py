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

    ``reason`` and ``note`` are a person's words, ``count`` a number, ``to`` an account, ``why`` one
    of ``DECLINE_REASONS``, ``ready`` one of ``READY`` with who is in charge as ``handler``, and
    ``referral`` the id of the referral that its agency did this to. ``account_id`` is None where
    the public or the product itself acted.
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
    if "why" in event.details:
        params["reason"] = declined_because(
            str(event.details["why"]), str(event.details.get("reason") or ""), language
        )
    said = words.say(f"cases.timeline.{event.kind}", language, **params)
    if "ready" not in event.details:
        return said
    ready = words.say(f"cases.ready.{event.details['ready']}", language)
    handler = event.details.get("handler", "")
    return f"{said} {words.say('cases.ready_by', language, ready=ready, handler=handler)}"


def declined_because(why: str, more: str, language: str) -> str:
    """Return why an agency declined: the reason it chose, then its own words."""
    chosen = words.say(f"cases.declined.{why}", language)
    return f"{chosen}: {more}" if more else chosen
