"""An amount of rupiah, typed as people write money."""

from __future__ import annotations

import re
from decimal import Decimal
from zoneinfo import ZoneInfo

from satupintu import words
from satupintu.documents import MAX_INTEGER, Json
from satupintu.forms.document import Question
from satupintu.forms.paper.blanks import Blank, Short
from satupintu.forms.questions import number
from satupintu.forms.questions.kinds import (
    Posted,
    QuestionType,
    Read,
    Schema,
    Typed,
    suits_type,
    unread,
)

CURRENCY = re.compile(r"(-?)(?:rp\.?|idr)?(-?.*)")
WHOLE = re.compile(r"-?([0-9]{1,16}|[0-9]{1,3}(\.[0-9]{3})+|[0-9]{1,3}(,[0-9]{3})+)")
CENTS = re.compile(r",(?:00|-+)|(?<=,[0-9]{3})\.00")
"""Rupiah has no cents; ``,00`` and ``,-`` only close an amount, and ``.00`` does in English."""

COUNTED = re.compile(r"(-?[0-9]{1,3}(?:[.,][0-9]{1,2})?)([a-z]+)")
"""Three decimals before a word could be thousands: they are not read."""

ZEROS = {
    **dict.fromkeys(("ribu", "rb", "thousand"), 3),
    **dict.fromkeys(("juta", "jt", "million"), 6),
    **dict.fromkeys(("miliar", "milyar", "billion"), 9),
}


def suits(schema: Schema) -> int:
    """Return 1 for integers: only where the document names it."""
    return 1 if suits_type(schema, "integer") else 0


def read(question: Question, posted: Posted) -> Read:
    """Return the rupiah that ``Rp 1.500.000``, ``1500000`` or ``1,5 juta`` means.

    Only what can be nothing else is read: ``1.50`` and ``1.500 juta`` are not.
    """
    text = posted.one().strip()
    if not text:
        return Read()
    amount = amount_of("".join(text.replace("−", "-").casefold().split()))
    if amount is None or abs(amount) > MAX_INTEGER:
        return unread(question, posted, "questions.not_money", {posted.name: text}, keyword="type")
    return Read(amount)


def amount_of(text: str) -> int | None:
    """Return the whole rupiah of a text without spaces and capitals, None where it is unclear."""
    found = CURRENCY.fullmatch(text)
    if found is None:
        return None
    text = found[1] + found[2]
    counted = COUNTED.fullmatch(text)
    if counted:
        if counted[2] not in ZEROS:
            return None
        return int(Decimal(counted[1].replace(",", ".")).scaleb(ZEROS[counted[2]]))
    end = next((m.start() for m in CENTS.finditer(text) if m.end() == len(text)), len(text))
    text = text[:end]
    return int(text.replace(".", "").replace(",", "")) if WHOLE.fullmatch(text) else None


def typed(question: Question, value: Json, name: str, zone: ZoneInfo) -> Typed:
    """Return the amount with dots, as it is written on every note."""
    return {name: number.shown(question, value, "id", zone)}


def shown(question: Question, value: Json, language: str, zone: ZoneInfo) -> str:
    """Return the amount with its currency: ``Rp 1.500.000``."""
    amount = number.shown(question, value, language, zone)
    currency = words.say("questions.currency", language)
    return words.say("questions.amount", language, currency=currency, amount=amount)


def paper(_question: Question, language: str) -> tuple[Blank, ...]:
    """Return a short line after the currency."""
    return (Short(words.say("questions.currency", language)),)


TYPE = QuestionType(
    "money", suits, number.fact_type, read, shown, typed,
    entry={"inputmode": "numeric", "autocomplete": "off"}, paper=paper,
)  # fmt: skip
