"""Names and numbers as the blind index knows them: what people write differently becomes one value.

A value is a pair: what kind it is, and its normalised text. The kinds come from the document: a
``match`` question with the role ``name`` is a name, one with ``identity`` an identity number; any
other is what its type says.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Literal

from satupintu.cases import answers_at
from satupintu.documents import Json
from satupintu.forms import questions
from satupintu.forms.document import Form, Question

Kind = Literal["name", "identity", "phone", "text"]
MatchValue = tuple[str, str]

_OLD_SPELLING = (("oe", "u"), ("dj", "j"), ("tj", "c"), ("nj", "ny"), ("sj", "sy"))
"""Indonesian names keep the spelling of before 1972: Soekarno and Sukarno are one name."""
_SHORTEST_WORD = 2
_FEWEST_DIGITS = 6


def kind_of(question: Question) -> Kind:
    """Return how a ``match`` question's answers are compared."""
    if "identity" in question.roles:
        return "identity"
    if "name" in question.roles:
        return "name"
    return questions.of(question.kind).compared


def values(form: Form, answers: Mapping[str, Json]) -> frozenset[MatchValue]:
    """Return everything by which a case with these answers is found."""
    return frozenset(
        found
        for question in form.with_role("match")
        for answer in answers_at.values(answers, question.name)
        if isinstance(answer, str | int)
        for found in _indexed(kind_of(question), str(answer))
    )


def wanted(typed: str) -> tuple[frozenset[MatchValue], ...]:
    """Return what a person may be looking for: a case fits if it has all values of any one set.

    Digits may be a phone or an identity number; words a name (every word counts) or a text.
    """
    alternatives: list[frozenset[MatchValue]] = []
    number = digits(typed)
    if len(number) >= _FEWEST_DIGITS and not re.search(r"[^\W\d_]", typed):
        alternatives.append(frozenset({("phone", phone(typed))}))
        alternatives.append(frozenset({("identity", number)}))
    words = name_words(typed)
    if words:
        alternatives.append(frozenset(("name", word) for word in words))
    folded = text(typed)
    if folded:
        alternatives.append(frozenset({("text", folded)}))
    return tuple(alternatives)


def name_words(name: str) -> tuple[str, ...]:
    """Return a name's words without accents, case, punctuation and old spelling, each once."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    plain = re.sub(r"['’`.]", "", plain)
    for old, new in _OLD_SPELLING:
        plain = plain.replace(old, new)
    words = re.findall(r"[^\W\d_]+", plain)
    return tuple(dict.fromkeys(w for w in words if len(w) >= _SHORTEST_WORD))


def phone(number: str) -> str:
    """Return a telephone number's digits with one beginning: +62, 62, 0062 and 0 are the same."""
    plain = digits(number)
    for prefix in ("0062", "62", "0"):
        if plain.startswith(prefix):
            return "0" + plain.removeprefix(prefix).lstrip("0")
    return "0" + plain if plain.startswith("8") else plain


def digits(text: str) -> str:
    """Return the decimal digits of a text, in ASCII."""
    return "".join(str(unicodedata.decimal(c)) for c in text if c.isdecimal())


def text(value: str) -> str:
    """Return any other text, folded and with single spaces."""
    return " ".join(unicodedata.normalize("NFKC", value).casefold().split())


def _indexed(kind: Kind, answer: str) -> list[MatchValue]:
    match kind:
        case "name":
            return [("name", word) for word in name_words(answer)]
        case "identity":
            normal = digits(answer)
        case "phone":
            normal = phone(answer)
        case "text":
            normal = text(answer)
    return [(kind, normal)] if normal else []
