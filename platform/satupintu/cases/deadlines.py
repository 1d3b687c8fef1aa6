"""Deadlines: from when they count, and how far away one is. Hours of the clock, in UTC."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from satupintu.agencies.directory import Agency
from satupintu.cases import answers_at
from satupintu.documents import Json
from satupintu.forms.document import Form

SOON = timedelta(hours=4)
"""An open deadline nearer than this is shown as near."""

DueState = Literal["over", "soon", "later", "met", "missed"]


@dataclass(frozen=True)
class Due:
    """How a deadline stands: the relative wording comes first, the moment below it.

    ``minutes`` is how far it lies from now (from when it was met or missed, once it was), never
    negative.
    """

    state: DueState
    minutes: int
    at: datetime


def counts_from(form: Form, answers: Mapping[str, Json], submitted_at: datetime) -> datetime:
    """Return when the story was first told, by the role ``told_at``; never the future."""
    told = [
        moment
        for question in form.with_role("told_at")
        for answer in answers_at.values(answers, question.name)
        if (moment := _moment(answer)) is not None
    ]
    return min([*told, submitted_at])


def due_at(start: datetime, within_hours: int) -> datetime:
    """Return the end of ``within_hours`` hours of the clock."""
    return start + timedelta(hours=within_hours)


def acknowledge_by(sent_at: datetime, agency: Agency) -> datetime:
    """Return until when the agency has to answer a referral it was sent."""
    return sent_at + timedelta(minutes=agency.acknowledge_within_minutes)


def report_due_at(received_at: datetime, lead: Agency) -> datetime:
    """Return until when the lead agency has to look at a report that no rules decided yet."""
    return acknowledge_by(received_at, lead)


def due(at: datetime, now: datetime, finished_at: datetime | None = None) -> Due:
    """Return how the deadline ``at`` stands at ``now``."""
    if finished_at is not None:
        state: DueState = "met" if finished_at <= at else "missed"
        return Due(state, _minutes(finished_at - at), at)
    left = at - now
    if left < timedelta(0):
        return Due("over", _minutes(left), at)
    return Due("soon" if left < SOON else "later", _minutes(left), at)


def _minutes(span: timedelta) -> int:
    return int(abs(span).total_seconds()) // 60


def _moment(answer: Json) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(answer))
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None
