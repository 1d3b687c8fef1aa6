"""What a choice filter leaves of a list, for the answers that it reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import product

from satupintu.conditions.ast import TRUE, Condition, Fact, Has, Holds, OneOf
from satupintu.conditions.normal import all_of, simplify
from satupintu.conditions.types import Choice as ChoiceType
from satupintu.conditions.types import Many
from satupintu.forms.xlsform import xpath
from satupintu.forms.xlsform.choices import Choice
from satupintu.forms.xlsform.conditions import Answer, Reading
from satupintu.forms.xlsform.two_valued import refuted
from satupintu.forms.xlsform.unfolding import FALSE, SIGNS, number
from satupintu.forms.xlsform.xpath import Call, Column, Node, Number, Op, Ref, Text, Unsayable

MAX_CASES = 1000
MAX_TESTS = 2_000_000
"""Choices times answers that are tried before a filter counts as too wide."""

Value = str | float | bool
Leaves = tuple[Condition, tuple[str, ...]]
"""Where a condition holds, these choices are left."""

_OF_TEXTS: Mapping[str, Callable[[str, str], bool]] = {
    "selected": lambda words, word: word in words.split(),
    "starts-with": str.startswith,
    "ends-with": str.endswith,
    "contains": lambda text, part: part in text,
}


def kept(node: Node, choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """Return the choices that the parts of a filter leave which read no answer."""
    for part in xpath.conjuncts(node):
        if not xpath.refs(part):
            choices = tuple(c for c in choices if _true(_value(part, c, {})))
    return choices


def narrowings(node: Node, choices: tuple[Choice, ...], reading: Reading) -> Iterator[Leaves]:
    """Yield what each part of a filter leaves where the answers that it reads are given.

    Raises Unsayable where a form cannot say it.
    """
    for part in xpath.conjuncts(node):
        names = sorted(xpath.refs(part))
        if not names:
            continue
        read = [reading.names(name) for name in names]
        if all(isinstance(answer.type, ChoiceType) for answer in read):
            yield from _by_value(part, names, read, choices)
        else:
            yield from _by_choice(part, dict(zip(names, read, strict=True)), choices, reading)


def _by_value(
    part: Node, names: list[str], read: list[Answer], choices: tuple[Choice, ...]
) -> Iterator[Leaves]:
    """Try every answer that may be given."""
    listed = [a.type.options for a in read if isinstance(a.type, ChoiceType)]
    cases = 1
    for options in listed:
        cases *= len(options)
    equal = _column_that_equals(part)
    if cases > MAX_CASES or (equal is None and cases * len(choices) > MAX_TESTS):
        raise Unsayable("wide")
    by_column: dict[str, list[str]] = {}
    for choice in choices if equal is not None else ():
        by_column.setdefault(choice.column(equal or ""), []).append(choice.name)
    for values in product(*listed):
        given = dict(zip(names, values, strict=True))
        left = (
            by_column.get(values[0], [])
            if equal is not None
            else [c.name for c in choices if _true(_value(part, c, given))]
        )
        where = all_of(
            OneOf(Fact(answer.name), (value,)) for answer, value in zip(read, values, strict=True)
        )
        yield where, tuple(dict.fromkeys(left))


def _column_that_equals(part: Node) -> str | None:
    match part:
        case Op(Column(column), "=", Ref()) | Op(Ref(), "=", Column(column)):
            return column
        case _:
            return None


def _by_choice(
    part: Node, read: Mapping[str, Answer], choices: tuple[Choice, ...], reading: Reading
) -> Iterator[Leaves]:
    """Say for each choice where it is left; what is not answered yet takes nothing away."""
    gone: dict[Condition, list[str]] = {}
    options = {
        name: answer.type.options
        for name, answer in read.items()
        if isinstance(answer.type, ChoiceType | Many)
    }
    for choice in choices:
        where = reading.condition(_possible(_of(part, choice), options))
        if where != TRUE:
            gone.setdefault(where, []).append(choice.name)
    if len(gone) > MAX_CASES // 10:
        raise Unsayable("wide")
    given = [_given(answer) for answer in read.values()]
    for where, names in gone.items():
        left = tuple(dict.fromkeys(c.name for c in choices if c.name not in names))
        yield simplify(all_of((*given, refuted(where)))), left


def _given(answer: Answer) -> Condition:
    fact = Fact(answer.name)
    return Holds(fact, answer.type.options) if isinstance(answer.type, Many) else Has(fact)


def _of(node: Node, choice: Choice) -> Node:
    """Return a filter with what the row of a choice says in place of its columns."""
    match node:
        case Column(name):
            return Text(choice.column(name))
        case Call(function, arguments):
            return Call(function, tuple(_of(a, choice) for a in arguments))
        case Op(left, sign, right):
            return Op(_of(left, choice), sign, _of(right, choice))
        case _:
            return node


def _possible(node: Node, options: Mapping[str, tuple[str, ...]]) -> Node:
    """Return a filter in which what can never be is false: a word of a cell that is no option."""
    match node:
        case Call("selected", (Ref(name), Text(word))) if word not in options.get(name, (word,)):
            return FALSE
        case Op(Text(word), "<" | "<=" | ">" | ">=", _) if number(word) != number(word):
            return FALSE
        case Call(function, arguments):
            return Call(function, tuple(_possible(a, options) for a in arguments))
        case Op(left, sign, right):
            return Op(_possible(left, options), sign, _possible(right, options))
        case _:
            return node


def _value(node: Node, choice: Choice, given: Mapping[str, str]) -> Value:
    """Work a filter out for one choice, as XPath does. Raises Unsayable."""

    def value(inner: Node) -> Value:
        return _value(inner, choice, given)

    match node:
        case Text(text):
            return text
        case Number(written):
            return float(written)
        case Column(name):
            return choice.column(name)
        case Ref(name):
            return given[name]
        case Op(left, "and", right):
            return _true(value(left)) and _true(value(right))
        case Op(left, "or", right):
            return _true(value(left)) or _true(value(right))
        case Op(left, sign, right) if sign in SIGNS:
            return _compared(value(left), sign, value(right))
        case Call("not", (inner,)):
            return not _true(value(inner))
        case Call("true" | "false" as name, ()):
            return name == "true"
        case Call("if", (when, first, second)):
            return value(first) if _true(value(when)) else value(second)
        case Call("coalesce", (first, second)):
            return value(first) or value(second)
        case Call(function, (first, second)) if function in _OF_TEXTS:
            return _OF_TEXTS[function](_text(value(first)), _text(value(second)))
        case Call(function, _):
            raise Unsayable("function", function=function)
        case _:
            raise Unsayable("filter")


def _compared(left: Value, sign: str, right: Value) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return SIGNS[sign](_true(left), _true(right))
    if isinstance(left, str) and isinstance(right, str) and sign in ("=", "!="):
        return (left == right) == (sign == "=")
    return SIGNS[sign](*(v if isinstance(v, float) else number(v) for v in (left, right)))


def _true(value: Value) -> bool:
    return value == value and bool(value)  # what is no number is not true


def _text(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
