"""A moment, typed as day, month, year and hour in the service's zone."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from satupintu import words
from satupintu.conditions.types import FactType, Moment
from satupintu.documents import Json
from satupintu.forms.document import Question
from satupintu.forms.questions.date import PARTS, day_of, in_words, typed_parts
from satupintu.forms.questions.kinds import (
    Posted,
    QuestionType,
    Read,
    Schema,
    Typed,
    suits_type,
    unread,
)
from satupintu.forms.questions.time import in_words as clock_in_words
from satupintu.forms.questions.time import on_the_clock, time_of


def suits(schema: Schema) -> int:
    """Return 6 for texts with the format ``date-time``."""
    return 6 if suits_type(schema, "string") and schema.get("format") == "date-time" else 0


def fact_type(_schema: Schema) -> FactType:
    """Return the moments."""
    return Moment()


def read(question: Question, posted: Posted) -> Read:
    """Return the moment as RFC 3339 writes it, with the zone's offset; as hours may be ``22.30``,
    ``22:30``, ``2230`` or ``22``.
    """
    typed = typed_parts(posted, (*PARTS, "time"))
    if not any(typed.values()):
        return Read()
    day = day_of(*(typed[f"{posted.name}.{part}"] for part in PARTS))
    if isinstance(day, str):
        return unread(question, posted, day, typed, keyword="format")
    clock = typed[f"{posted.name}.time"]
    if not clock:
        return unread(question, posted, "questions.time_missing", typed, keyword="format")
    found = time_of(clock)
    if found is None:
        return unread(question, posted, "questions.no_such_time", typed, keyword="format")
    moment = datetime.combine(day, found, posted.zone)
    if moment.astimezone(UTC).astimezone(posted.zone).time() != moment.time():
        return unread(question, posted, "questions.no_such_time", typed, keyword="format")
    return Read(_written(moment))


def _written(moment: datetime) -> str:
    """Return a moment as RFC 3339 has it, where offsets have no seconds as they had before 1930."""
    offset = moment.utcoffset()
    whole = offset is not None and offset.seconds % 60 == 0
    return (moment if whole else moment.astimezone(UTC)).isoformat()


def local(value: Json, zone: ZoneInfo) -> datetime | None:
    """Return a stored moment in the service's zone; None where an older draft holds something
    else.
    """
    try:
        moment = datetime.fromisoformat(str(value).upper())  # RFC 3339 allows t and z
        return moment.astimezone(zone) if moment.tzinfo is not None else None
    except (ValueError, OverflowError):
        return None


def typed(_question: Question, value: Json, name: str, zone: ZoneInfo) -> Typed:
    """Return the four parts of a moment in the service's zone."""
    moment = local(value, zone)
    if moment is None:
        return {}
    return {
        f"{name}.day": str(moment.day),
        f"{name}.month": str(moment.month),
        f"{name}.year": str(moment.year),
        f"{name}.time": on_the_clock(moment.time()),
    }


def shown(_question: Question, value: Json, language: str, zone: ZoneInfo) -> str:
    """Return the moment in words: ``23 November 2026, 10.15 WIB``."""
    moment = local(value, zone)
    if moment is None:
        return str(value)
    return in_full(moment, language)


def in_full(moment: datetime, language: str) -> str:
    """Return a moment in words, with the zone that it is in."""
    day, hour = in_words(moment.date(), language), clock_in_words(moment.time(), language)
    zone_name = moment.tzname()
    return words.say("questions.date_and_time", language, date=day, time=f"{hour} {zone_name}")


TYPE = QuestionType("date-time", suits, fact_type, read, shown, typed)
