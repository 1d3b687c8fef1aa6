"""What has a value: facts, numbers, dates, and in computed answers sums and functions."""

from __future__ import annotations

from typing import Literal as OneWordOf
from typing import cast

from satupintu.conditions.ast import Call, DayOf, Fact, MomentOf, Number, Sum, Term
from satupintu.conditions.cel.scope import Scope
from satupintu.conditions.cel.syntax import Addition, Apply, Literal, Name, Node
from satupintu.conditions.cel.tokens import refuse
from satupintu.conditions.types import Boolean, Choice, Day, Integer, Many, Moment, Rows, Text
from satupintu.conditions.values import read_day, read_moment

Kind = OneWordOf["integer", "day", "moment"]


def term(node: Node, scope: Scope) -> tuple[Term, Kind]:
    """Return a term with what it counts in. Raises BadDocument."""
    match node:
        case Literal(bool(), column):
            refuse("yes_no_has_no_order", column)
        case Literal(int(value), _):
            return Number(value), "integer"
        case Literal(_, column):
            refuse("text_has_no_order", column)
        case Name():
            return Fact(node.text), _kind(node, scope)
        case Apply("date", None, arguments, column):
            return _date(arguments, column)
        case Apply("size", None, (Name() as listed,), column) if scope.functions:
            return _size(listed, scope, column), "integer"
        case Apply(function, None, (first, second), column) if _between(function, scope):
            return _call(function, first, second, scope), "integer"
        case Apply(function, _, _, column):
            scope.refuse_function(function, column)
        case Addition(left, sign, right, column):
            if not scope.functions:
                refuse("sums_not_here", column, sign=sign)
            return Sum(
                _integer(left, scope), cast(OneWordOf["+", "-"], sign), _integer(right, scope)
            ), "integer"
        case _:
            refuse("not_a_value", node.column)


def _kind(name: Name, scope: Scope) -> Kind:
    match scope.type_of(name):
        case Integer():
            return "integer"
        case Day():
            return "day"
        case Moment():
            return "moment"
        case Boolean():
            refuse("yes_no_has_no_order", name.column)
        case Choice() | Many():
            refuse("options_have_no_order", name.column, name=name.text)
        case Text(listed=True):
            refuse("inner_rows_not_asked", name.column, name=name.text)
        case Text():
            refuse("text_not_asked", name.column, name=name.text)
        case Rows():
            refuse("rows_not_asked", name.column, name=name.text)


def _between(function: str, scope: Scope) -> bool:
    return scope.functions and function in ("years_between", "hours_between", "days_between")


def _integer(node: Node, scope: Scope) -> Term:
    found, kind = term(node, scope)
    if kind != "integer":
        refuse("not_a_number", node.column)
    return found


def _call(function: str, first: Node, second: Node, scope: Scope) -> Term:
    arguments: list[Term] = []
    for node in (first, second):
        found, kind = term(node, scope)
        if kind == "integer":
            refuse("not_a_date", node.column, name=function)
        if kind == "day" and function == "hours_between":
            refuse("day_without_hours", node.column)
        arguments.append(found)
    return Call(function, tuple(arguments))


def _size(listed: Name, scope: Scope, column: int) -> Term:
    of = scope.type_of(listed)
    if isinstance(of, Text) and of.listed:
        refuse("inner_rows_not_asked", listed.column, name=listed.text)
    if not isinstance(of, Many | Rows):
        scope.refuse_function("size", column)
    return Call("size", (Fact(listed.text),))


def _date(arguments: tuple[Node, ...], column: int) -> tuple[Term, Kind]:
    match arguments:
        case (Literal(str(text), at),):
            day, moment = read_day(text), read_moment(text)
        case _:
            refuse("date_of_text", column)
    if day is not None:
        return DayOf(day), "day"
    if moment is not None:
        return MomentOf(moment), "moment"
    refuse("bad_date", at)
