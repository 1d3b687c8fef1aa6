"""Whether conditions can be true at all, as far as the types of their facts alone can tell.

Facts are taken to be independent of one another. So "impossible" is certain, and "possible" may be
too kind: what a form or several rules together rule out is for the prover.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from satupintu.conditions.ast import Always, And, Condition, Not, Or, RowsExist
from satupintu.conditions.narrowing import Room
from satupintu.conditions.normal import push_negations
from satupintu.conditions.types import FactTypes, Rows


@dataclass(frozen=True)
class Wanted:
    """What a condition is to be: true, or else anything but true (false, or unknown).

    Its negations are pushed to the literals.
    """

    condition: Condition
    true: bool = True


def wanted(condition: Condition, *, true: bool = True) -> Wanted:
    """Return what any condition is to be."""
    return Wanted(push_negations(condition), true)


@dataclass
class Effort:
    """How much may still be looked at, in literals: a rule takes about ten of them. Once it is
    spent everything counts as possible, so that a document made to be hard gets no verdict, soon.
    """

    left: int = 200_000

    def spend(self) -> bool:
        """Tell whether one more may be looked at."""
        self.left -= 1
        return self.left > 0

    @property
    def spent(self) -> bool:
        """Tell whether nothing more may be looked at."""
        return self.left <= 0


def possible(together: Iterable[Wanted], types: FactTypes, effort: Effort) -> bool:
    """Tell whether some facts of these types, unanswered ones included, make all of it so."""
    return effort.spent or _reach(list(together), Room(types), effort)


def with_row(types: FactTypes, exists: RowsExist) -> FactTypes:
    """Return the types as the condition inside ``rows.exists`` sees them."""
    rows = types.get(exists.rows.name)
    fields = rows.fields if isinstance(rows, Rows) else {}
    return {**types, **{f"{exists.variable}.{name}": of for name, of in fields.items()}}


def _reach(pending: list[Wanted], room: Room, effort: Effort) -> bool:
    """Take in all that must hold together, from the end of ``pending``, then try the branches of
    one choice after another.
    """
    choices: list[Wanted] = []
    while pending:
        one = pending.pop()
        match one.condition:
            case And(conditions) | Or(conditions):
                if isinstance(one.condition, And) == one.true:
                    pending.extend(Wanted(c, one.true) for c in reversed(conditions))
                else:
                    choices.append(one)
            case Always(value):
                if value != one.true:
                    return False
            case literal:
                if not effort.spend():
                    return True
                if not _takes(literal, one.true, room, effort):
                    return False
    if not choices:
        return True
    first, *later = choices
    return any(
        _reach([*reversed(later), Wanted(branch, first.true)], room.copy(), effort)
        for branch in _branches(first.condition)
    )


def _branches(choice: Condition) -> tuple[Condition, ...]:
    return choice.conditions if isinstance(choice, And | Or) else (choice,)


def _takes(literal: Condition, true: bool, room: Room, effort: Effort) -> bool:
    """Narrow what is left by one literal; tell whether anything is."""
    plain = literal.condition if isinstance(literal, Not) else literal
    so = true != isinstance(literal, Not)
    if isinstance(plain, RowsExist) and true and so:
        inside = [Wanted(plain.condition)]
        if not _reach(inside, Room(with_row(room.types, plain)), effort):
            return False
    return room.takes(plain, so, known=true)
