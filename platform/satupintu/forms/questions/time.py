"""A time of day, typed as an hour and, where it is known, a minute."""

from __future__ import annotations

import re
from datetime import datetime, time
from zoneinfo import ZoneInfo

from satupintu import clock, words
from satupintu.documents import Json
from satupintu.forms.document import Question
from satupintu.forms.questions.kinds import (
    Posted,
    QuestionType,
    Read,
    Schema,
    Typed,
    suits_type,
    unread,
)
from satupintu.forms.questions.text import fact_type

WRITTEN_OUT = re.compile(r"[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})")
CLOCK = re.compile(
    r"([0-9]{1,2})(?:[.,:]([0-9]{2})(?:[.,:]([0-9]{2})(?:[.,]([0-9]{1,6}))?)?)?|([0-9]{2})([0-9]{2})"
)
"""Phones with a number pad may offer only a comma, or no sign at all; hardly anybody types seconds.
"""


def suits(schema: Schema) -> int:
    """Return 6 for texts with the format ``time``; no fact is a time without its day."""
    return 6 if suits_type(schema, "string") and schema.get("format") == "time" else 0


def read(question: Question, posted: Posted) -> Read:
    """Return the time as RFC 3339 writes it (``09:30:00+07:00``), in the service's zone.

    The format wants an offset, and without a day there is only today's: where clocks change, the
    hour on the wall is what was meant.
    """
    text = posted.one().strip()
    if not text:
        return Read()
    if WRITTEN_OUT.fullmatch(text) and stored(text) is not None:
        return Read(text)
    found = time_of(text)
    if found is None:
        typed = {posted.name: text}
        return unread(question, posted, "questions.no_such_time", typed, keyword="format")
    today = clock.now().astimezone(posted.zone)
    return Read(datetime.combine(today, found, posted.zone).isoformat().partition("T")[2])


def time_of(text: str) -> time | None:
    """Return what ``22.30``, ``22:30:05``, ``2230`` or ``22`` means, None where it is no time."""
    found = CLOCK.fullmatch(text)
    if found is None:
        return None
    hour, minute = int(found[1] or found[5]), int(found[2] or found[6] or 0)
    second, micro = int(found[3] or 0), int((found[4] or "").ljust(6, "0"))
    there = hour < 24 and minute < 60 and second < 60
    return time(hour, minute, second, micro) if there else None


def on_the_clock(found: time) -> str:
    """Return a time as its control holds it: ``22.30``, with seconds only where there are some."""
    if found.microsecond:
        return f"{found:%H.%M.%S}," + f"{found:%f}".rstrip("0")
    return f"{found:%H.%M.%S}" if found.second else f"{found:%H.%M}"


def stored(value: Json) -> time | None:
    """Return the time on the wall of an answer; None where an older draft holds something else."""
    try:
        return time.fromisoformat(str(value))
    except ValueError:
        return None


def typed(_question: Question, value: Json, name: str, zone: ZoneInfo) -> Typed:
    """Return hour and minute; a time of another zone, or with a fraction, as it is written out."""
    found = stored(value)
    if found is None:
        return {}
    here = clock.now().astimezone(zone).utcoffset()
    ours = found.utcoffset() in (None, here) and not found.microsecond
    return {name: on_the_clock(found) if ours else str(value)}


def shown(_question: Question, value: Json, language: str, _zone: ZoneInfo) -> str:
    """Return the time as it is written in the language: ``09.30``."""
    found = stored(value)
    return str(value) if found is None else in_words(found, language)


def in_words(found: time, language: str) -> str:
    """Return hour and minute as they are written in the language."""
    return words.say("questions.clock", language, hour=f"{found:%H}", minute=f"{found:%M}")


TYPE = QuestionType("time", suits, fact_type, read, shown, typed, entry={"inputmode": "decimal"})
