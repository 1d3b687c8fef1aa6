"""From a condition back to its one canonical text, and to the text that other CEL tools read."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from satupintu.conditions.ast import (
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
from satupintu.conditions.cel.tokens import quoted


def write(condition: Condition) -> str:
    """Return the canonical text: ``read`` gives the same condition back."""
    return _Printer().condition(condition)


def write_value(value: Value) -> str:
    """Return the canonical text of a computed answer's expression."""
    match value:
        case str():
            return quoted(value)
        case Fact() | Number() | DayOf() | MomentOf() | Sum() | Call():
            return _Printer().term(value)
        case _:
            return write(value)


def write_standard(condition: Condition) -> str:
    """Return standard CEL over one map ``f`` of facts, where an unanswered fact is a missing key.

    Nested answers are nested maps, and asking for one asks for each map on the way.
    """
    return _Printer(standard=True).condition(condition)


_OR, _AND, _RELATION, _ATOM = range(4)


@dataclass(frozen=True)
class _Printer:
    standard: bool = False
    variables: dict[str, str] = field(default_factory=dict)

    def condition(self, condition: Condition, place: int = _OR) -> str:
        text, binds = self._bound(condition)
        return text if binds >= place else f"({text})"

    def _bound(self, condition: Condition) -> tuple[str, int]:
        match condition:
            case Always(value):
                return ("true" if value else "false"), _ATOM
            case Truth(fact):
                return self._name(fact), _ATOM
            case Compare(left, operator, right):
                return f"{self.term(left)} {operator} {self.term(right)}", _RELATION
            case OneOf(fact, options):
                return self._one_of(self._name(fact), options), _RELATION
            case Holds(fact, (option,)):
                return f"{quoted(option)} in {self._name(fact)}", _RELATION
            case Holds(fact, options):
                return f"{self._name(fact)}.exists(v, {self._one_of('v', options)})", _ATOM
            case Has(fact):
                return self._has(fact)
            case Not(OneOf(fact, (option,))):
                return f"{self._name(fact)} != {quoted(option)}", _RELATION
            case Not(inner):
                return "!" + self.condition(inner, _ATOM), _ATOM
            case And(conditions):
                return " && ".join(self.condition(c, _RELATION) for c in conditions), _AND
            case Or(conditions):
                return " || ".join(self.condition(c, _AND) for c in conditions), _OR
            case RowsExist(rows, variable, inner):
                within = self._within(variable)
                row = within.variables.get(variable, variable)
                return f"{self._name(rows)}.exists({row}, {within.condition(inner)})", _ATOM

    def term(self, term: Term) -> str:
        match term:
            case Fact():
                return self._name(term)
            case Number(value):
                return str(value)
            case DayOf(value):
                day = value.isoformat()
                return f"timestamp('{day}T00:00:00Z')" if self.standard else f"date('{day}')"
            case MomentOf(value):
                return f"{'timestamp' if self.standard else 'date'}('{value.isoformat()}')"
            case Sum(left, sign, right):
                after = self.term(right)
                return f"{self.term(left)} {sign} " + (
                    f"({after})" if isinstance(right, Sum) else after
                )
            case Call(function, arguments):
                return f"{function}({', '.join(self.term(a) for a in arguments)})"

    def _one_of(self, name: str, options: tuple[str, ...]) -> str:
        if len(options) == 1:
            return f"{name} == {quoted(options[0])}"
        return f"{name} in [{', '.join(quoted(o) for o in options)}]"

    def _name(self, fact: Fact) -> str:
        if not self.standard:
            return fact.name
        first, dot, rest = fact.name.partition(".")
        if first in self.variables:
            return self.variables[first] + dot + rest
        return "f." + fact.name

    def _has(self, fact: Fact) -> tuple[str, int]:
        name = self._name(fact)
        if not self.standard:
            return f"has({name})", _ATOM
        parts = name.split(".")
        steps = [f"has({'.'.join(parts[:n])})" for n in range(2, len(parts) + 1)]
        return " && ".join(steps), _ATOM if len(steps) == 1 else _AND

    def _within(self, variable: str) -> _Printer:
        # The map of facts is called f, so a row cannot be.
        own = f"row_{variable}" if self.standard and variable == "f" else variable
        return replace(self, variables={**self.variables, variable: own})
