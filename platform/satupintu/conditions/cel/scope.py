"""What the names in a condition's text stand for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NoReturn

from satupintu.conditions.cel.syntax import Name
from satupintu.conditions.cel.tokens import refuse
from satupintu.conditions.nearest import or_nearest
from satupintu.conditions.types import FactType, FactTypes, Rows

PLAIN_FUNCTIONS = ("has", "date", "exists")
COMPUTING_FUNCTIONS = ("years_between", "hours_between", "days_between", "size")


@dataclass(frozen=True)
class Scope:
    """The facts in reach, the fields of the rows around included; whether functions may compute."""

    types: FactTypes
    functions: bool = False

    def type_of(self, name: Name) -> FactType:
        """Return the type of a fact. Raises BadDocument with the nearest right name."""
        found = self.types.get(name.text)
        if found is None:
            refuse_nearest("unknown_fact", name.column, name.text, self.types)
        return found

    def within(self, variable: Name, rows: Rows) -> Scope:
        """Return the scope inside a repeated group, where ``variable`` is one of its rows."""
        taken = variable.text + "."
        known = any((t + ".").startswith(taken) for t in self.types)
        if known or "." in variable.text:
            refuse("variable_taken", variable.column, name=variable.text)
        fields = {taken + field: of for field, of in rows.fields.items()}
        return replace(self, types={**self.types, **fields})

    def refuse_function(self, function: str, column: int) -> NoReturn:
        """Raise what is wrong with calling ``function`` here."""
        known = PLAIN_FUNCTIONS + COMPUTING_FUNCTIONS
        if function not in known:
            refuse_nearest("unknown_function", column, function, known)
        if function in COMPUTING_FUNCTIONS and not self.functions:
            refuse("function_not_here", column, name=function)
        refuse("function_misused", column, name=function)


def refuse_nearest(key: str, column: int, name: str, choices: Iterable[str]) -> NoReturn:
    """Raise that ``name`` is none of ``choices``, with the nearest of them."""
    full, params = or_nearest(key, name, choices)
    refuse(full, column, **params)
