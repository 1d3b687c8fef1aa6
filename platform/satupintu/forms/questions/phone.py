"""A telephone number in Indonesia, kept as anyone in the world dials it."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo

from satupintu import words
from satupintu.documents import Json
from satupintu.forms.document import Question
from satupintu.forms.questions.kinds import (
    Posted,
    QuestionType,
    Read,
    Schema,
    Typed,
    unread,
)
from satupintu.forms.questions.text import fact_type, free_text

HOME = "+62"
BETWEEN = re.compile(r"[\s().\-‐-―/]+")
PREFIX = re.compile(r"(?:\+62|0062|62(?=[2-9]))0?|0")
MOBILE = re.compile(r"8[0-9]{8,11}")
TWO_DIGIT_AREAS = ("21", "22", "24", "31", "61")
"""Jakarta, Bandung, Semarang, Surabaya, Medan; every other area code has three digits."""

LANDLINE = re.compile(r"(?:2[124]|31|61)[2-9][0-9]{5,7}|[2-79][0-9]{2}[2-9][0-9]{4,7}")
ABROAD = re.compile(r"\+(?!62|0)[0-9]{8,15}")


def suits(schema: Schema) -> int:
    """Return 1: only where the document names it."""
    return 1 if free_text(schema) else 0


def read(question: Question, posted: Posted) -> Read:
    """Return the number with its country (``+6281234567890``), mobile or with its area code.

    A number abroad begins with ``+`` as well. Fewer digits are a number within one town.
    """
    text = posted.one().strip()
    if not text:
        return Read()
    number = dialled(text)
    if number is None:
        return unread(
            question, posted, "questions.not_a_phone", {posted.name: text}, keyword="pattern"
        )
    return Read(number)


def dialled(text: str) -> str | None:
    """Return a number with its country in front, None where a text is no whole number."""
    digits = BETWEEN.sub("", text)
    if ABROAD.fullmatch(digits):
        return digits
    found = PREFIX.match(digits)
    inland = digits[found.end() :] if found else digits
    if MOBILE.fullmatch(inland) or (found and LANDLINE.fullmatch(inland)):
        return HOME + inland
    return None


def typed(_question: Question, value: Json, name: str, _zone: ZoneInfo) -> Typed:
    """Return the number as people in Indonesia write it."""
    return {name: inland_groups(str(value))}


def shown(_question: Question, value: Json, language: str, _zone: ZoneInfo) -> str:
    """Return the number in groups: ``0812-3456-7890``, in English ``+62 812-3456-7890``."""
    grouped = inland_groups(str(value))
    inland = words.say("questions.phone_written", language) == "inland"
    at_home = inland or not grouped.startswith("0")
    return grouped if at_home else f"{HOME} {grouped[1:]}"


def inland_groups(number: str) -> str:
    """Return a number of this country in groups, any other as it is."""
    if not number.startswith(HOME):
        return number
    inland = number.removeprefix(HOME)
    if MOBILE.fullmatch(inland):
        return f"0{inland[:3]}-{inland[3:7]}-{inland[7:]}"
    if LANDLINE.fullmatch(inland):
        area = 2 if inland.startswith(TWO_DIGIT_AREAS) else 3
        return f"0{inland[:area]}-{inland[area:]}"
    return number


TYPE = QuestionType(
    "phone", suits, fact_type, read, shown, typed,
    entry={"inputmode": "tel", "autocomplete": "tel"}, compared="phone",
)  # fmt: skip
