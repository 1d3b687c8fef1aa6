"""A calendar date, typed as day, month and year."""

from __future__ import annotations

import re
from datetime import date
from zoneinfo import ZoneInfo

from satupintu import words
from satupintu.conditions.types import Day, FactType
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

PARTS = ("day", "month", "year")
EARLIEST = 1000
"""Years before it are typed with fewer than four digits, as are those that lack the century."""


def suits(schema: Schema) -> int:
    """Return 6 for texts with the format ``date``."""
    return 6 if suits_type(schema, "string") and schema.get("format") == "date" else 0


def fact_type(_schema: Schema) -> FactType:
    """Return the calendar dates."""
    return Day()


def read(question: Question, posted: Posted) -> Read:
    """Return the date as RFC 3339 writes it (``2026-11-23``)."""
    typed = typed_parts(posted, PARTS)
    if not any(typed.values()):
        return Read()
    day = day_of(*(typed[f"{posted.name}.{part}"] for part in PARTS))
    if isinstance(day, str):
        return unread(question, posted, day, typed, keyword="format")
    return Read(day.isoformat())


def typed_parts(posted: Posted, parts: tuple[str, ...]) -> dict[str, str]:
    """Return what was typed into several controls, by control name."""
    return {f"{posted.name}.{part}": posted.one(part).strip() for part in parts}


def day_of(day: str, month: str, year: str) -> date | str:
    """Return the date that three texts name, else the key of the sentence that says what to do."""
    if not (day and month and year):
        return "questions.date_incomplete"
    if not (re.fullmatch("[0-9]{1,2}", day) and re.fullmatch("[0-9]{1,2}", month)):
        return "questions.date_in_digits"
    if not re.fullmatch("[0-9]{4}", year) or int(year) < EARLIEST:
        return "questions.year_in_full"
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return "questions.no_such_date"


def typed(_question: Question, value: Json, name: str, _zone: ZoneInfo) -> Typed:
    """Return the three parts of a date."""
    try:
        day = date.fromisoformat(str(value))
    except ValueError:
        return {}
    return {
        f"{name}.day": str(day.day),
        f"{name}.month": str(day.month),
        f"{name}.year": str(day.year),
    }


def in_words(day: date, language: str) -> str:
    """Return a date as it is said: ``23 November 2026``."""
    month = words.say(f"questions.month_{day.month}", language)
    return words.say("questions.date", language, day=day.day, month=month, year=day.year)


def shown(_question: Question, value: Json, language: str, _zone: ZoneInfo) -> str:
    """Return the date in words."""
    try:
        return in_words(date.fromisoformat(str(value)), language)
    except ValueError:
        return str(value)


TYPE = QuestionType("date", suits, fact_type, read, shown, typed)
