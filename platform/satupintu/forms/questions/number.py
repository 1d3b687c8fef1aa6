"""A whole number."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo

from satupintu import words
from satupintu.conditions.types import FactType, Integer
from satupintu.documents import MAX_INTEGER, Json
from satupintu.forms.document import Question
from satupintu.forms.questions.kinds import (
    Posted,
    QuestionType,
    Read,
    Schema,
    Typed,
    suits_type,
    typed_text,
    unread,
)

PLAIN = re.compile(r"[-−]?[0-9]{1,16}")
THOUSANDS = re.compile(r"[-−]?[0-9]{1,3}(\.[0-9]{3}){1,5}")


def suits(schema: Schema) -> int:
    """Return 5 for integers that are not listed one by one."""
    return 5 if suits_type(schema, "integer") and "enum" not in schema else 0


def fact_type(schema: Schema) -> FactType:
    """Return the integers between the schema's bounds, both ends included."""
    low = [schema["minimum"]] if "minimum" in schema else []
    high = [schema["maximum"]] if "maximum" in schema else []
    if "exclusiveMinimum" in schema:
        low.append(schema["exclusiveMinimum"] + 1)
    if "exclusiveMaximum" in schema:
        high.append(schema["exclusiveMaximum"] - 1)
    return Integer(max(low, default=None), min(high, default=None))


def read(question: Question, posted: Posted) -> Read:
    """Return the number; thousands may have Indonesian dots (``1.512``), fractions are not read."""
    text = posted.one().strip()
    if not text:
        return Read()
    digits = text.replace(" ", "")
    if THOUSANDS.fullmatch(digits):
        digits = digits.replace(".", "")
    if PLAIN.fullmatch(digits) and abs(number := int(digits.replace("−", "-"))) <= MAX_INTEGER:
        return Read(number)
    return unread(question, posted, "questions.not_a_number", {posted.name: text}, keyword="type")


def typed(question: Question, value: Json, name: str, zone: ZoneInfo) -> Typed:
    """Return the digits; JSON may hold a whole number as ``18.0``, and a page would not read it."""
    whole = isinstance(value, float) and value.is_integer()
    return typed_text(question, int(value) if whole else value, name, zone)


def shown(_question: Question, value: Json, language: str, _zone: ZoneInfo) -> str:
    """Return the number as it is written in the language: ``1.512``."""
    if isinstance(value, bool) or not isinstance(value, int):
        return str(value)
    return f"{value:,}".replace(",", words.say("questions.thousands", language))


TYPE = QuestionType("number", suits, fact_type, read, shown, typed)
