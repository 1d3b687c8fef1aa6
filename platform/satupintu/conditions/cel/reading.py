"""From the tree of a text to a typed condition: names and options are checked against the facts."""

from __future__ import annotations

from typing import NoReturn, cast

from satupintu.conditions.ast import (
    Always,
    Compare,
    Comparison,
    Condition,
    Fact,
    Has,
    Holds,
    Not,
    Number,
    OneOf,
    RowsExist,
    Truth,
    Value,
)
from satupintu.conditions.cel.scope import Scope, refuse_nearest
from satupintu.conditions.cel.syntax import (
    Addition,
    Apply,
    Chain,
    Items,
    Literal,
    Name,
    Negation,
    Node,
    Relation,
    parse,
)
from satupintu.conditions.cel.terms import term
from satupintu.conditions.cel.tokens import refuse
from satupintu.conditions.names import facts_of
from satupintu.conditions.normal import all_of, any_of, negate
from satupintu.conditions.types import (
    Boolean,
    Choice,
    Day,
    FactTypes,
    Integer,
    Many,
    Moment,
    Rows,
    Text,
)

_TURNED: dict[Comparison, Comparison] = {
    "==": "==",
    "!=": "!=",
    "<": ">",
    "<=": ">=",
    ">": "<",
    ">=": "<=",
}


def read(text: str, types: FactTypes, *, functions: bool = False) -> Condition:
    """Read a condition in its canonical shape, typed against ``types``.

    ``functions`` allows what computed answers may use. Raises BadDocument with the column of the
    first thing that is wrong and, for a name or an option, the nearest right one.
    """
    return _condition(parse(text), Scope(types, functions))


def read_value(text: str, types: FactTypes) -> Value:
    """Read the expression of a computed answer: a number, a date, an option or a condition."""
    node, scope = parse(text), Scope(types, functions=True)
    match node:
        case Literal(str(option), _):
            return option
        case Name() if isinstance(scope.type_of(node), Integer | Day | Moment):
            return Fact(node.text)
        case Apply("has" | "exists"):
            return _condition(node, scope)
        case Literal(bool()) | Name() | Negation() | Chain() | Relation() | Items():
            return _condition(node, scope)
        case Literal() | Apply() | Addition():
            return term(node, scope)[0]


def _condition(node: Node, scope: Scope) -> Condition:
    match node:
        case Literal(bool(value), _):
            return Always(value)
        case Name(text, column):
            if not isinstance(scope.type_of(node), Boolean):
                refuse("not_yes_no", column, name=text)
            return Truth(Fact(text))
        case Negation(inner, _):
            return negate(_condition(inner, scope))
        case Chain("&&", items, _):
            return all_of(_condition(item, scope) for item in items)
        case Chain(_, items, _):
            return any_of(_condition(item, scope) for item in items)
        case Relation(left, "in", right, _):
            return _membership(left, right, scope)
        case Relation():
            return _comparison(node, scope)
        case Apply("has", None, (Name() as fact,), _):
            scope.type_of(fact)
            return Has(Fact(fact.text))
        case Apply("exists", Name() as target, (Name() as variable, body), _):
            return _exists(target, variable, body, scope)
        case Apply(function, _, _, column) if function in ("has", "exists"):
            scope.refuse_function(function, column)
        case _:
            _refuse_value(node, scope)


def _refuse_value(node: Node, scope: Scope) -> NoReturn:
    if isinstance(node, Apply | Addition):
        term(node, scope)  # says first what is wrong inside it
    refuse("not_a_condition", node.column)


def _membership(left: Node, right: Node, scope: Scope) -> Condition:
    match left, right:
        case Literal(str(option), column), Name():
            many = scope.type_of(right)
            if not isinstance(many, Many):
                refuse("not_a_list", right.column, name=right.text)
            _check_option(option, column, many.options)
            return Holds(Fact(right.text), (option,))
        case Name(), Items():
            return _among(left, right, scope)
        case _:
            refuse("membership_shape", right.column)


def _among(left: Name, right: Items, scope: Scope) -> Condition:
    match scope.type_of(left):
        case Choice(options):
            return OneOf(Fact(left.text), _options(right, options))
        case Integer():
            numbers = _numbers(right)
            return any_of(Compare(Fact(left.text), "==", Number(n)) for n in numbers)
        case Many():
            refuse("list_in_list", left.column, name=left.text)
        case _:
            refuse("not_a_choice", left.column, name=left.text)


def _numbers(items: Items) -> tuple[int, ...]:
    found: list[int] = []
    for item in items.items:
        if not isinstance(item, Literal) or isinstance(item.value, bool | str):
            refuse("not_a_number", item.column)
        if item.value in found:
            refuse("repeated_option", item.column, name=item.value)
        found.append(item.value)
    if not found:
        refuse("empty_list", items.column)
    return tuple(found)


def _options(items: Items, options: tuple[str, ...]) -> tuple[str, ...]:
    found: list[str] = []
    for item in items.items:
        if not isinstance(item, Literal) or not isinstance(item.value, str):
            refuse("not_an_option", item.column)
        _check_option(item.value, item.column, options)
        if item.value in found:
            refuse("repeated_option", item.column, name=item.value)
        found.append(item.value)
    if not found:
        refuse("empty_list", items.column)
    return tuple(found)


def _check_option(option: str, column: int, options: tuple[str, ...]) -> None:
    if option not in options:
        refuse_nearest("unknown_option", column, option, options)


def _comparison(node: Relation, scope: Scope) -> Condition:
    match node.left, node.right:
        case Literal(bool(value), _), other:
            return _equals_yes_no(other, value, node, scope)
        case other, Literal(bool(value), _):
            return _equals_yes_no(other, value, node, scope)
        case Literal(str(value), at), other:
            return _equals_option(other, value, at, node, scope)
        case other, Literal(str(value), at):
            return _equals_option(other, value, at, node, scope)
    left, left_kind = term(node.left, scope)
    right, right_kind = term(node.right, scope)
    if left_kind != right_kind:
        refuse("different_types", node.column)
    if not facts_of(left) and not facts_of(right):
        refuse("asks_nothing", node.left.column)
    operator = cast(Comparison, node.sign)
    if not facts_of(left):
        return Compare(right, _TURNED[operator], left)
    return Compare(left, operator, right)


def _equals_yes_no(other: Node, value: bool, node: Relation, scope: Scope) -> Condition:
    if node.sign not in ("==", "!="):
        refuse("yes_no_has_no_order", node.column)
    condition = _condition(other, scope)
    return condition if value == (node.sign == "==") else negate(condition)


def _equals_option(other: Node, option: str, at: int, node: Relation, scope: Scope) -> Condition:
    if not isinstance(other, Name):
        term(other, scope)  # says first what is wrong inside it
        refuse("different_types", node.column)
    match scope.type_of(other):
        case Choice(options):
            if node.sign not in ("==", "!="):
                refuse("options_have_no_order", node.column, name=other.text)
            _check_option(option, at, options)
            same = OneOf(Fact(other.text), (option,))
            return same if node.sign == "==" else Not(same)
        case Many():
            refuse("write_in", other.column, name=other.text)
        case Day() | Moment():
            refuse("text_has_no_order", at)
        case _:
            refuse("not_a_choice", other.column, name=other.text)


def _exists(target: Name, variable: Name, body: Node, scope: Scope) -> Condition:
    match scope.type_of(target):
        case Rows() as rows:
            inner = _condition(body, scope.within(variable, rows))
            return RowsExist(Fact(target.text), variable.text, inner)
        case Many(options):
            return Holds(Fact(target.text), _wanted(variable, body, options))
        case Text(listed=True):
            refuse("inner_rows_not_asked", target.column, name=target.text)
        case _:
            refuse("exists_over", target.column, name=target.text)


def _wanted(variable: Name, body: Node, options: tuple[str, ...]) -> tuple[str, ...]:
    match body:
        case Relation(Name(text, _), "in", Items() as items, _) if text == variable.text:
            return _options(items, options)
        case Relation(Name(text, _), "==", Literal(str(), at) as item, _) if text == variable.text:
            return _options(Items((item,), at), options)
        case _:
            refuse("exists_shape", body.column)
