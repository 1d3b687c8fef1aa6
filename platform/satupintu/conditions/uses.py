"""What conditions ask of each fact: which options, which constants, whether it is answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from satupintu.conditions.ast import (
    Always,
    And,
    Call,
    Compare,
    Comparison,
    Condition,
    Fact,
    Has,
    Holds,
    Not,
    OneOf,
    Or,
    RowsExist,
    Sum,
    Term,
    Truth,
)

NO_ROWS: Mapping[str, str] = {}


@dataclass
class Use:
    """What is asked of one fact: groups of options, and comparisons in which it stands alone.

    A comparison is an operator and a constant as if the fact stood left.
    """

    options: list[tuple[str, ...]] = field(default_factory=list)
    compared: list[tuple[Comparison, Any]] = field(default_factory=list)

    @property
    def constants(self) -> set[Any]:
        """The constants that the fact is compared with."""
        return {constant for _, constant in self.compared}


def uses(conditions: Iterable[Condition]) -> dict[str, Use]:
    """Return what ``conditions`` ask, by fact; a field of a repeated group is ``rows.field``."""
    found: dict[str, Use] = {}
    for condition in conditions:
        _note(condition, NO_ROWS, found)
    return found


MIRRORED: Mapping[Comparison, Comparison] = {
    "==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<=",
}  # fmt: skip
"""What a comparison becomes where its sides are exchanged."""


def _note(condition: Condition, rows: Mapping[str, str], found: dict[str, Use]) -> None:
    match condition:
        case Always():
            return
        case And(conditions) | Or(conditions):
            for one in conditions:
                _note(one, rows, found)
        case Not(inner):
            _note(inner, rows, found)
        case RowsExist(Fact(name) as fact, variable, inner):
            _of(fact, rows, found)
            _note(inner, {**rows, variable: name}, found)
        case OneOf(fact, options) | Holds(fact, options):
            _of(fact, rows, found).options.append(options)
        case Truth(fact) | Has(fact):
            _of(fact, rows, found)
        case Compare(left, operator, right):
            for side, other, sign in (
                (left, right, operator),
                (right, left, MIRRORED[operator]),
            ):
                _term(side, rows, found)
                if isinstance(side, Fact) and not isinstance(other, Fact | Sum | Call):
                    _of(side, rows, found).compared.append((sign, other.value))


def _term(term: Term, rows: Mapping[str, str], found: dict[str, Use]) -> None:
    match term:
        case Fact():
            _of(term, rows, found)
        case Sum(left, _, right):
            _term(left, rows, found)
            _term(right, rows, found)
        case Call(_, arguments):
            for argument in arguments:
                _term(argument, rows, found)
        case _:
            return


def _of(fact: Fact, rows: Mapping[str, str], found: dict[str, Use]) -> Use:
    first, dot, rest = fact.name.partition(".")
    return found.setdefault(rows.get(first, first) + dot + rest, Use())
