"""Outgoing messages: an agency is told that something waits, never what it is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from satupintu import words
from satupintu.errors import Problem, SatuPintuError

MessageKind = Literal[
    "referral_sent",
    "referral_ended",
    "referral_accepted",
    "referral_declined",
    "referral_followed_up",
    "referral_done",
    "referral_unanswered",
    "referral_overdue",
    "case_reported",
    "case_in_trouble",
    "call_head",
]


@dataclass(frozen=True)
class Message:
    """One message to one agency: the case number and a path of this site, no answer.

    ``sequence`` orders the messages of a case: a later one never overtakes an earlier one. The
    outbox gives it, from 1.
    ``path`` is where the reader finds the matter after logging in.
    """

    id: str
    case_id: str
    case_number: str
    sequence: int
    kind: MessageKind
    recipient: str
    path: str
    created_at: datetime
    next_attempt_at: datetime
    attempts: int = 0
    delivered_at: datetime | None = None

    def subject(self, language: str) -> str:
        """Return the one sentence that the message says."""
        return words.say(f"messages.{self.kind}", language, case=self.case_number)


class DeliveryError(SatuPintuError):
    """A message was not brought over; where that is ``permanent``, no later try can."""

    def __init__(self, problem: Problem, *, permanent: bool) -> None:
        super().__init__(problem)
        self.permanent = permanent
