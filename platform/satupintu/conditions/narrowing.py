"""What is left of every fact, while one literal after another is taken to hold."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from satupintu.conditions.ast import (
    Call,
    Compare,
    Comparison,
    Condition,
    DayOf,
    Fact,
    Has,
    Holds,
    MomentOf,
    Number,
    OneOf,
    RowsExist,
    Term,
    Truth,
)
from satupintu.conditions.left import ANY_ORDER, EQUAL, Several, Single, Span, orders
from satupintu.conditions.meaning import OPERATORS
from satupintu.conditions.names import facts_of
from satupintu.conditions.normal import OPPOSITE
from satupintu.conditions.types import Choice, Day, FactTypes, Integer, Many, Rows
from satupintu.conditions.uses import MIRRORED

YES_OR_NO = Single(frozenset({True, False}))
_START = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass
class Room:
    """Which facts must be answered, which cannot be, and what is left of the values of the others.

    What a literal reads may be a fact, a sum, a call or a pair of them; two of these are taken to
    be independent even where they read the same fact.
    """

    types: FactTypes
    answered: frozenset[str] = frozenset()
    unanswered: frozenset[str] = frozenset()
    singles: dict[Hashable, Single] = field(default_factory=dict)
    spans: dict[Term, Span] = field(default_factory=dict)
    lists: dict[Fact, Several] = field(default_factory=dict)

    def copy(self) -> Room:
        """Return the same room, to be narrowed otherwise."""
        return Room(
            self.types,
            self.answered,
            self.unanswered,
            dict(self.singles),
            dict(self.spans),
            dict(self.lists),
        )

    def takes(self, literal: Condition, wanted: bool, *, known: bool) -> bool:
        """Narrow what is left and tell whether anything is.

        ``literal`` is to be ``wanted``; unless that must be ``known``, it may also be unknown.
        """
        match literal:
            case Has(Fact(name)):
                if wanted:
                    self.answered |= {name}
                else:
                    self.unanswered |= {name}
                return self._fits()
            case Truth(fact):
                single = self.singles[fact] = self._single(fact).among({wanted})
                return self._took(single.nothing, facts_of(fact), known)
            case OneOf(fact, options):
                before = self._single(fact)
                single = before.among(options) if wanted else before.without(options)
                self.singles[fact] = single
                return self._took(single.nothing, facts_of(fact), known)
            case Holds(fact, options):
                all_ = self._several(fact)
                several = all_.with_one_of(options) if wanted else all_.without(options)
                self.lists[fact] = several
                return self._took(several.nothing, facts_of(fact), known)
            case RowsExist(rows) if known:
                single = self.singles[literal] = self.singles.get(literal, YES_OR_NO).among(
                    {wanted}
                )
                return self._took(single.nothing, facts_of(rows), known)
            case Compare(left, operator, right):
                return self._compare(left, operator if wanted else OPPOSITE[operator], right, known)
        return True  # of answered rows, too, it may be unknown

    def _compare(self, left: Term, operator: Comparison, right: Term, known: bool) -> bool:
        names = facts_of(left) | facts_of(right)
        low, high = _number(left), _number(right)
        if low is not None and high is not None:
            return OPERATORS[operator](low, high)
        if len(names) > 1 and not known:
            return True  # either may be unanswered, whatever the values
        if low is not None:
            left, operator, high = right, MIRRORED[operator], low
        if high is not None:
            span = self.spans[left] = self._span(left).compared(operator, high)
            return self._took(span.nothing, names, known)
        if repr(right) < repr(left):  # one spelling of each pair
            left, operator, right = right, MIRRORED[operator], left
        before = self.singles.get((left, right), EQUAL if left == right else ANY_ORDER)
        pair = self.singles[left, right] = before.among(orders(operator))
        return self._took(pair.nothing, names, known)

    def _took(self, nothing: bool, names: frozenset[str], known: bool) -> bool:
        """Tell whether anything is left, after what hangs on ``names`` was narrowed."""
        if known:
            self.answered |= names
        if nothing and len(names) != 1:
            return False
        if nothing:
            self.unanswered |= names
        return self._fits()

    def _fits(self) -> bool:
        return not self.answered & self.unanswered

    def _single(self, fact: Fact) -> Single:
        if fact in self.singles:
            return self.singles[fact]
        match self.types.get(fact.name):
            case Choice(options):
                return Single(frozenset(options))
            case _:
                return YES_OR_NO

    def _several(self, fact: Fact) -> Several:
        if fact in self.lists:
            return self.lists[fact]
        match self.types.get(fact.name):
            case Many(options, at_least, at_most):
                return Several(frozenset(options), (), at_least, at_most)
            case of:
                raise TypeError(of)

    def _span(self, term: Term) -> Span:
        if term in self.spans:
            return self.spans[term]
        match term:
            case Fact(name):
                return _whole(self.types.get(name))
            case Call("size", (Fact(name),)):
                return _sizes(self.types.get(name))
            case _:
                return Span()


def _whole(of: object) -> Span:
    match of:
        case Integer(minimum, maximum):
            return Span(minimum, maximum)
        case Day():
            return Span(date.min.toordinal(), date.max.toordinal())
        case _:
            return Span()


def _sizes(of: object) -> Span:
    match of:
        case Many(options, at_least, at_most):
            return Span(at_least, len(options) if at_most is None else at_most)
        case Rows(_, at_most):
            return Span(0, at_most)
        case _:
            return Span(0)


def _number(term: Term) -> int | None:
    """Return a constant as the whole number that orders it among its kind."""
    match term:
        case Number(value):
            return value
        case DayOf(value):
            return value.toordinal()
        case MomentOf(value):
            return (value - _START) // timedelta(microseconds=1)
        case _:
            return None
