"""What is left of the values of a fact, once conditions have been asked of it."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, replace

from satupintu.conditions.ast import Comparison
from satupintu.conditions.meaning import OPERATORS


@dataclass(frozen=True)
class Single:
    """One of a closed list: yes or no, an option of a choice, how two values compare."""

    values: frozenset[Hashable]

    def among(self, values: Iterable[Hashable]) -> Single:
        """Keep only these."""
        return Single(self.values.intersection(values))

    def without(self, values: Iterable[Hashable]) -> Single:
        """Drop these."""
        return Single(self.values.difference(values))

    @property
    def nothing(self) -> bool:
        """Tell whether no value is left."""
        return not self.values


@dataclass(frozen=True)
class Span:
    """The whole numbers between two bounds, both included, but for some; None is unbounded."""

    low: int | None = None
    high: int | None = None
    holes: frozenset[int] = frozenset()

    def compared(self, operator: Comparison, number: int) -> Span:
        """Keep only the numbers that compare so with ``number``."""
        match operator:
            case "!=":
                return replace(self, holes=self.holes | {number})
            case "==":
                return self._from(number)._to(number)
            case "<":
                return self._to(number - 1)
            case "<=":
                return self._to(number)
            case ">":
                return self._from(number + 1)
            case ">=":
                return self._from(number)

    def _from(self, low: int) -> Span:
        return replace(self, low=low if self.low is None else max(low, self.low))

    def _to(self, high: int) -> Span:
        return replace(self, high=high if self.high is None else min(high, self.high))

    @property
    def nothing(self) -> bool:
        """Tell whether no number is left."""
        if self.low is None or self.high is None:
            return False
        size = self.high - self.low + 1
        if size > len(self.holes):  # nearly always, and this is asked often
            return False
        return size <= sum(self.low <= hole <= self.high for hole in self.holes)


@dataclass(frozen=True)
class Several:
    """A list of different options: which may still be in it, and of which groups one must be."""

    allowed: frozenset[str]
    groups: tuple[frozenset[str], ...] = ()
    at_least: int = 0
    at_most: int | None = None

    def with_one_of(self, options: Iterable[str]) -> Several:
        """Keep only the lists that have one of these."""
        return replace(self, groups=(*self.groups, frozenset(options)))

    def without(self, options: Iterable[str]) -> Several:
        """Keep only the lists that have none of these."""
        return replace(self, allowed=self.allowed.difference(options))

    @property
    def nothing(self) -> bool:
        """Tell whether surely no list is left; that a short list serves many groups is believed."""
        if len(self.allowed) < self.at_least or (self.groups and self.at_most == 0):
            return True
        return not all(self.allowed & group for group in self.groups)


Left = Single | Span | Several

ANY_ORDER = Single(frozenset({-1, 0, 1}))
"""How two values may compare: the first is less, equal, or greater."""
EQUAL = Single(frozenset({0}))


def orders(operator: Comparison) -> frozenset[int]:
    """Return the ways in which two values may compare where ``operator`` holds between them."""
    return frozenset(order for order in (-1, 0, 1) if OPERATORS[operator](order, 0))
