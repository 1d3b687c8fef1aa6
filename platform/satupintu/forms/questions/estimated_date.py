"""A date that a person knows only about: "some two weeks ago", or day, month and year.

The answer is a plain ``format: date``, so any validator judges it and rules read it as a day like
every other. An object of number and unit would be no fact, and a list of options ("this week")
would mean another date each day that it is read. What it costs: the answer does not tell a guess
from a date that was known, so pages say "about" of both.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from satupintu import clock, words
from satupintu.documents import Json
from satupintu.forms.document import Question
from satupintu.forms.paper.blanks import Blank, Boxes, Short, Tick
from satupintu.forms.paper.usual import date as date_cells
from satupintu.forms.questions import date as dates
from satupintu.forms.questions.kinds import Posted, QuestionType, Read, Schema, Typed, unread

AGO = ("count", "unit")
UNITS = ("day", "week", "month", "year")
EARLIEST = 1900
"""The first year that counting back may reach; a date that is written out may be older."""


def suits(schema: Schema) -> int:
    """Return 1 for dates: only where the document names it."""
    return 1 if dates.suits(schema) else 0


def read(question: Question, posted: Posted) -> Read:
    """Return the date; how long ago is counted back from today in the service's zone.

    The parts of a date that stand there from before give way to how long ago it was.
    """
    typed = dates.typed_parts(posted, (*dates.PARTS, *AGO))
    count = typed[f"{posted.name}.count"]
    if not count:
        return dates.read(question, posted)
    known = {n: t for n, t in typed.items() if n.rpartition(".")[2] in dates.PARTS and t}
    drawn = dates.typed(question, posted.before, posted.name, posted.zone)
    if known and known != drawn:
        return unread(question, posted, "questions.date_or_ago", typed)
    unit = typed[f"{posted.name}.unit"]
    day = before(clock.now().astimezone(posted.zone).date(), count, unit)
    if day is None:
        return unread(question, posted, "questions.no_such_ago", typed)
    return Read(day.isoformat())


def before(today: date, count: str, unit: str) -> date | None:
    """Return the day so long before another; None where that is no number, or before 1900."""
    if not re.fullmatch("[0-9]{1,5}", count) or unit not in UNITS:
        return None
    many = int(count)
    if unit in ("month", "year"):
        months = today.year * 12 + today.month - 1 - many * (12 if unit == "year" else 1)
        year, month = months // 12, months % 12 + 1
        if year < EARLIEST:
            return None
        return date(year, month, min(today.day, monthrange(year, month)[1]))
    earliest = (today - date(EARLIEST, 1, 1)).days
    days = many * (7 if unit == "week" else 1)
    return today - timedelta(days) if days <= earliest else None


def typed(question: Question, value: Json, name: str, zone: ZoneInfo) -> Typed:
    """Return the three parts of the date; how long ago it was is asked anew."""
    parts = dates.typed(question, value, name, zone)
    return {**parts, f"{name}.count": ""} if parts else {}


def shown(question: Question, value: Json, language: str, zone: ZoneInfo) -> str:
    """Return the date in words, said to be a guess: ``sekitar 9 November 2026``."""
    return words.say("questions.about", language, date=dates.shown(question, value, language, zone))


def paper(_question: Question, language: str) -> tuple[Blank, ...]:
    """Return the cells of a date, and how long ago it was instead."""
    units = (words.say(f"questions.ago_{unit}", language) for unit in UNITS)
    about = Short(words.say("paper.or_about", language), words.say("paper.ago", language))
    return (date_cells(language), about, Boxes(tuple(Tick(unit) for unit in units)))


TYPE = QuestionType("estimated-date", suits, dates.fact_type, read, shown, typed, paper=paper)
