"""A condition as words, from the titles of facts and options."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Protocol

from satupintu.conditions.ast import (
    TRUE,
    Always,
    And,
    Call,
    Compare,
    Condition,
    DayOf,
    Fact,
    Has,
    Holds,
    MomentOf,
    Not,
    Number,
    OneOf,
    Or,
    RowsExist,
    Sum,
    Term,
    Truth,
    Value,
)
from satupintu.conditions.meaning import holds
from satupintu.conditions.names import facts_of
from satupintu.conditions.normal import push_negations, simplify
from satupintu.conditions.values import Facts
from satupintu.words import say

_NUMBERS = {
    "==": "equal",
    "!=": "unequal",
    "<": "below",
    "<=": "at_most",
    ">": "above",
    ">=": "at_least",
}
_DATES = {**_NUMBERS, "<": "before", "<=": "until", ">": "after", ">=": "since"}


class Vocabulary(Protocol):
    """What facts and options are called. A field of a repeated group is named ``rows.field``."""

    def fact(self, name: str, language: str) -> str:
        """Return the title of a fact."""
        ...

    def option(self, name: str, const: str, language: str) -> str:
        """Return the title of one option of a fact."""
        ...


@dataclass(frozen=True)
class Given:
    """The facts of one case, to stand beside what is asked of them.

    ``answer`` returns, for the name of a fact and a language, its value in words, or that it is
    not answered.
    """

    facts: Facts
    answer: Callable[[str, str], str]


def sentence(
    condition: Condition, vocabulary: Vocabulary, language: str, given: Given | None = None
) -> str:
    """Return what ``condition`` says, without a full stop: "Usia korban di bawah 18 (9)".

    The values in parentheses are those of ``given``, and stand where the words before them do not
    tell them already.
    """
    said = simplify(push_negations(condition))
    words = _Speaker(vocabulary, language, given).says(said, inside=False)
    return words.replace("?: ", "? ")  # a title that asks needs no colon before its answer


def value_sentence(
    value: Value, vocabulary: Vocabulary, language: str, *, choice: str | None = None
) -> str:
    """Return what the expression of a computed answer says; ``choice`` names the answer, of whose
    options an option is one.
    """
    speaker = _Speaker(vocabulary, language)
    match value:
        case str():
            return value if choice is None else vocabulary.option(choice, value, language)
        case Fact() | Number() | DayOf() | MomentOf() | Sum() | Call():
            return speaker.term(value)
        case condition:
            return sentence(condition, vocabulary, language)


@dataclass(frozen=True)
class _Speaker:
    vocabulary: Vocabulary
    language: str
    given: Given | None = None
    rows: dict[str, str] = field(default_factory=dict)

    def says(self, condition: Condition, *, inside: bool) -> str:
        """Return a condition in words; ``inside`` another, alternatives stand in parentheses."""
        match condition:
            case Always(value):
                return self._say("always" if value else "never")
            case And(conditions):
                return self._joined("and", conditions, inside=inside)
            case Or(conditions):
                return self._joined("or", conditions, inside=inside)
            case Not(inner):
                return self._beside(condition, self._leaf(inner, positive=False))
            case _:
                return self._beside(condition, self._leaf(condition, positive=True))

    def _beside(self, leaf: Condition, said: str) -> str:
        """Put the case's own values after a leaf; those of a row are among many, so they stay."""
        if self.given is None or self.rows or _tells_the_value(leaf, self.given.facts):
            return said
        names = sorted(facts_of(leaf))
        answers = [self.given.answer(name, self.language) for name in names]
        if len(names) > 1:
            titles = [self.vocabulary.fact(name, self.language) for name in names]
            answers = [f"{t}: {a}" for t, a in zip(titles, answers, strict=True)]
        return self._say("with", sentence=said, answer="; ".join(answers)) if names else said

    def _leaf(self, condition: Condition, *, positive: bool) -> str:
        match condition:
            case Truth(fact):
                return self._say("yes" if positive else "no", fact=self._fact(fact))
            case OneOf(fact, options):
                return self._options("is" if positive else "is_not", fact, options)
            case Holds(fact, options):
                return self._options("holds" if positive else "holds_not", fact, options)
            case Has(fact):
                return self._say("answered" if positive else "unanswered", fact=self._fact(fact))
            case RowsExist(rows, _, inner) if inner == TRUE:
                return self._say("row_any" if positive else "row_none", fact=self._fact(rows))
            case RowsExist(rows, variable, inner):
                within = replace(self, rows={**self.rows, variable: self._full(rows)})
                words = within.says(inner, inside=True)
                return self._say(
                    "row" if positive else "no_row", fact=self._fact(rows), inner=words
                )
            case Compare(left, operator, right):
                dated = any(isinstance(t, DayOf | MomentOf) for t in (left, right))
                phrase = (_DATES if dated else _NUMBERS)[operator]
                return self._say(phrase, left=self.term(left), right=self.term(right))
            case _:
                return self.says(condition, inside=True)

    def _joined(self, word: str, conditions: tuple[Condition, ...], *, inside: bool) -> str:
        text = self._say(word).join(self.says(c, inside=True) for c in conditions)
        return f"({text})" if inside else text

    def _options(self, phrase: str, fact: Fact, options: tuple[str, ...]) -> str:
        name = self._full(fact)
        titles = [self.vocabulary.option(name, o, self.language) for o in options]
        *first, last = titles
        listed = self._say("comma").join(first) + self._say("or") + last if first else last
        return self._say(phrase, fact=self._fact(fact), options=listed)

    def term(self, term: Term) -> str:
        """Return what has a value, in words."""
        match term:
            case Fact():
                return self._fact(term)
            case Number(value):
                return f"{value:,}".replace(",", self._say("thousands"))
            case DayOf(value):
                return self._date("day", value)
            case MomentOf(value):
                hour, minute = f"{value.hour:02}", f"{value.minute:02}"
                return self._date("moment", value, hour=hour, minute=minute)
            case Sum(left, sign, right):
                return f"{self.term(left)} {sign} {self.term(right)}"
            case Call("size", (listed,)):
                return self._say("size", fact=self.term(listed))
            case Call(function, (first, second)):
                return self._say(function, left=self.term(first), right=self.term(second))
            case Call(function, _):
                raise ValueError(function)

    def _date(self, phrase: str, value: date | datetime, **params: str) -> str:
        month = self._say(f"month_{value.month}")
        return self._say(phrase, day=value.day, month=month, year=value.year, **params)

    def _fact(self, fact: Fact) -> str:
        return self.vocabulary.fact(self._full(fact), self.language)

    def _full(self, fact: Fact) -> str:
        first, dot, rest = fact.name.partition(".")
        return self.rows.get(first, first) + dot + rest

    def _say(self, phrase: str, **params: object) -> str:
        return say(f"conditions.say_{phrase}", self.language, **params)


def _tells_the_value(leaf: Condition, facts: Facts) -> bool:
    """Tell whether a leaf that is true leaves only one value to its fact."""
    match leaf:
        case Truth() | Not(Truth()) | Not(Has()) | Compare(_, "==", _):
            return holds(leaf, facts) is True
        case OneOf(_, (_,)) | Holds(_, (_,)):
            return holds(leaf, facts) is True
        case _:
            return False
