"""A number that may have a fraction, written with a decimal comma or point."""

from __future__ import annotations

import re
from decimal import Decimal
from zoneinfo import ZoneInfo

from satupintu import words
from satupintu.conditions.types import FactType, Text
from satupintu.documents import MAX_INTEGER, Json
from satupintu.forms.closed import is_multiple
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

PLAIN = re.compile(r"-?[0-9]{1,16}([.,][0-9]{1,17})?([eE][+-]?[0-9]{1,3})?")
GROUPED = (
    (".", re.compile(r"-?[1-9][0-9]{0,2}(\.[0-9]{3})+(,[0-9]{1,17})?")),
    (",", re.compile(r"-?[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]{1,17})?")),
)
"""``1.512,5`` as Indonesian writes it, ``1,512.5`` as English does; by the sign for thousands."""


WRITTEN_OUT = 17
"""Digits up to which a number is written without a power of ten."""


def suits(schema: Schema) -> int:
    """Return 5 for numbers that need not be whole."""
    return 5 if suits_type(schema, "number") else 0


def fact_type(_schema: Schema) -> FactType:
    """Return that no rule reads it: engines and proofs agree on whole numbers only."""
    return Text(number=True)


def read(question: Question, posted: Posted) -> Read:
    """Return the number; ``1.512`` may be a fraction or thousands, so the bounds must tell which.

    A whole number is kept without a point, and no number that JSON would round is read.
    """
    text = posted.one().strip()
    if not text:
        return Read()
    meant = {n for n in meanings(text.replace(" ", "")) if exact(n)}
    if len(meant) > 1:
        meant = {n for n in meant if fits(question.schema, n)}
    typed = {posted.name: text}
    if len(meant) != 1:
        return unread(question, posted, "questions.not_a_decimal", typed, keyword="type")
    number = meant.pop()
    whole = abs(number) <= MAX_INTEGER and number == number.to_integral_value()
    return Read(int(number) if whole else float(number))


def meanings(digits: str) -> set[Decimal]:
    """Return every number that a text may mean; none where it is no number."""
    digits = digits.replace("−", "-")
    found = set()
    if PLAIN.fullmatch(digits):
        number = Decimal(digits.replace(",", "."))
        if "e" not in digits.lower() or len(plain(float(number))) > WRITTEN_OUT:
            found.add(number)
    for thousands, pattern in GROUPED:
        if pattern.fullmatch(digits):
            found.add(Decimal(digits.replace(thousands, "").replace(",", ".")))
    return found


def exact(number: Decimal) -> bool:
    """Return whether every JSON reader keeps this number as it is."""
    return Decimal(repr(float(number))) == number


def fits(schema: Schema, number: Decimal) -> bool:
    """Return whether a number lies in the bounds of a schema, and on its steps."""
    low, high = schema.get("minimum", number), schema.get("maximum", number)
    above, below = schema.get("exclusiveMinimum"), schema.get("exclusiveMaximum")
    return (
        _exactly(low) <= number <= _exactly(high)
        and (above is None or number > _exactly(above))
        and (below is None or number < _exactly(below))
        and is_multiple(number, schema.get("multipleOf", number or 1))
    )


def typed(_question: Question, value: Json, name: str, _zone: ZoneInfo) -> Typed:
    """Return the number with a comma; a zero more keeps three decimals from being thousands.

    One of more digits than anybody counts is written with a power of ten.
    """
    text = plain(value).replace(".", ",")
    if len(text) > WRITTEN_OUT and isinstance(value, float):
        return {name: repr(value).replace(".", ",")}
    return {name: f"{text}0" if len(text.partition(",")[2]) == 3 else text}


def shown(_question: Question, value: Json, language: str, _zone: ZoneInfo) -> str:
    """Return the number as it is written in the language: ``1.512,5``."""
    return in_words(value, language)


def in_words(value: Json, language: str) -> str:
    """Return a number as it is written in the language."""
    whole, point, fraction = plain(value).partition(".")
    if not whole.lstrip("-").isdigit():
        return str(value)
    grouped = f"{int(whole):,}".replace(",", words.say("questions.thousands", language))
    sign = "-" if whole.startswith("-0") else ""
    return sign + grouped + (words.say("questions.decimal", language) if point else "") + fraction


def plain(value: Json) -> str:
    """Return a number without an exponent: ``0.00001``; anything else as it is."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    text = format(_exactly(value), "f")
    return text.removesuffix(".0")


def _exactly(number: float | Decimal) -> Decimal:
    return Decimal(str(number))


TYPE = QuestionType(
    "decimal", suits, fact_type, read, shown, typed,
    entry={"inputmode": "decimal", "autocomplete": "off"},
)  # fmt: skip
