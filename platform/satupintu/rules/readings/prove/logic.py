"""Formulas of one solver context, with constants folded as they are made.

Each thread proves in a context of its own: z3 lets go of the interpreter while it solves.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from typing import TypeAlias

import z3

Formula: TypeAlias = z3.BoolRef
Number: TypeAlias = z3.ArithRef


class Logic:
    """Makes formulas and variables; what it made works only with what it made."""

    def __init__(self) -> None:
        self.context = z3.Context()
        self.true: Formula = z3.BoolVal(True, self.context)
        self.false: Formula = z3.BoolVal(False, self.context)
        self._made = 0

    def flag(self, name: str) -> Formula:
        """Return a fresh yes-or-no variable; ``name`` is for whoever reads a dump."""
        return z3.Bool(self._fresh(name), self.context)

    def number(self, name: str) -> Number:
        """Return a fresh integer variable."""
        return z3.Int(self._fresh(name), self.context)

    def whole(self, value: int) -> Number:
        """Return an integer constant."""
        return z3.IntVal(value, self.context)

    def solver(self) -> z3.Solver:
        """Return an empty solver."""
        return z3.Solver(ctx=self.context)

    def every(self, formulas: Iterable[Formula]) -> Formula:
        """Join with "and"; of none, true."""
        return self._joined(formulas, settles=self.false, vanishes=self.true, join=z3.And)

    def some(self, formulas: Iterable[Formula]) -> Formula:
        """Join with "or"; of none, false."""
        return self._joined(formulas, settles=self.true, vanishes=self.false, join=z3.Or)

    def no(self, formula: Formula) -> Formula:
        """Return the opposite."""
        if z3.is_true(formula):
            return self.false
        return self.true if z3.is_false(formula) else z3.Not(formula)

    def where(self, given: Formula, then: Formula) -> Formula:
        """Return that ``then`` holds wherever ``given`` does."""
        return self.some((self.no(given), then))

    def same(self, one: Formula, other: Formula) -> Formula:
        """Return that both hold or neither."""
        if z3.is_true(other) or z3.is_false(other):
            return one if z3.is_true(other) else self.no(one)
        return one == other

    def at_most_one(self, formulas: Iterable[Formula]) -> Formula:
        """Return that no two of them hold."""
        several = list(formulas)
        return z3.AtMost(*several, 1) if len(several) > 1 else self.true

    def either(self, given: Formula, one: Number, other: Number) -> Number:
        """Return one number where ``given`` holds, and the other elsewhere."""
        return z3.If(given, one, other, self.context)

    def count(self, formulas: Iterable[Formula]) -> Number:
        """Return how many of them hold."""
        one, none = self.whole(1), self.whole(0)
        each = [self.either(formula, one, none) for formula in formulas]
        return reduce(lambda a, b: a + b, each, none)

    def _fresh(self, name: str) -> str:
        self._made += 1
        return f"{name}#{self._made}"

    def _joined(
        self, formulas: Iterable[Formula], *, settles: Formula, vanishes: Formula, join: type
    ) -> Formula:
        found: dict[int, Formula] = {}
        for formula in formulas:
            if formula.eq(settles):
                return settles
            if not formula.eq(vanishes):
                found.setdefault(formula.get_id(), formula)
        several = list(found.values())
        if not several:
            return vanishes
        return several[0] if len(several) == 1 else join(*several)
