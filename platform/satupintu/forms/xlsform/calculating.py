"""A calculation as a computed answer of ours: cases of which the first true one gives the value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from satupintu.conditions import cel
from satupintu.conditions.ast import TRUE, Call, Condition, Fact, Has, Number, OneOf, Sum, Term
from satupintu.conditions.cel import quoted
from satupintu.conditions.normal import all_of
from satupintu.conditions.types import Boolean, Choice, Day, Integer, Many, Moment, Rows
from satupintu.documents import Json
from satupintu.forms.xlsform import xpath
from satupintu.forms.xlsform.conditions import Reading
from satupintu.forms.xlsform.in_xpath import between
from satupintu.forms.xlsform.two_valued import tidy
from satupintu.forms.xlsform.unfolding import is_condition
from satupintu.forms.xlsform.xpath import Node, Op, Ref, Unsayable

YEAR_DAYS = ("365.25", "365", "365.2425", "365.24")
MAX_CASES = 100


@dataclass(frozen=True)
class Calculated:
    """The ``x-computed`` of a calculation and the schema of what comes of it."""

    computed: Json
    schema: dict[str, Json]


@dataclass(frozen=True)
class _Case:
    when: Condition
    value: str
    kind: str
    """The JSON type of the value, ``date`` for a date, ``text`` for an option."""
    options: tuple[str, ...] = ()
    term: Term | None = None
    """The value of a number."""


def calculated(node: Node, reading: Reading) -> Calculated:
    """Return a calculation as a computed answer. Raises Unsayable."""
    cases = _cases(node, reading, TRUE)
    kinds = {case.kind for case in cases}
    if len(cases) > MAX_CASES:
        raise Unsayable("wide")
    if not cases:
        raise Unsayable("nothing")
    if len(kinds) != 1:
        raise Unsayable("kinds_mixed")
    computed: Json
    if len(cases) == 1 and cases[0].when == TRUE:
        computed = cases[0].value
    else:
        computed = {"cases": [{"when": cel.write(c.when), "value": c.value} for c in cases]}
    match kinds.pop():
        case "date":
            return Calculated(computed, {"type": "string", "format": "date"})
        case "text":
            options = dict.fromkeys(option for case in cases for option in case.options)
            return Calculated(computed, {"type": "string", "enum": list(options)})
        case kind:
            return Calculated(computed, {"type": kind})


def _cases(node: Node, reading: Reading, when: Condition) -> list[_Case]:
    match node:
        case xpath.Call("if", (test, first, second)):
            found = _cases(first, reading, _both(when, reading.condition(test)))
            if not found or _may_be_empty(first):  # else it is passed over where true
                when = _both(when, reading.condition(test, true=False))
            return [*found, *_cases(second, reading, when)]
        case xpath.Call("coalesce", (Ref() as first, second)):
            answered = _both(when, Has(Fact(reading.answer(first).name)))
            return [*_cases(first, reading, answered), *_cases(second, reading, when)]
        case xpath.Call("once" | "string", (inner,)):
            return _cases(inner, reading, when)
        case xpath.Text(""):
            return []  # a case that nothing follows leaves the answer empty
        case xpath.Text(value):
            return [_Case(when, quoted(value), "text", (value,))]
        case Ref():
            return _answer(node, reading, when)
        case Op(left, "+" | "-" as sign, right) if _branches(node) and _between(node) is None:
            return _summed(left, "+" if sign == "+" else "-", right, reading, when)
    try:
        return [_number(when, _term(node, reading))]
    except Unsayable:
        if not is_condition(node):
            raise
    return [_Case(when, cel.write(reading.condition(node)), "boolean")]


def _number(when: Condition, term: Term) -> _Case:
    return _Case(when, cel.write_value(term), "integer", term=term)


def _branches(node: Node) -> bool:
    match node:
        case xpath.Call("if" | "coalesce", _):
            return True
        case Op(left, "+" | "-", right):
            return _branches(left) or _branches(right)
        case _:
            return False


def _summed(
    left: Node, sign: Literal["+", "-"], right: Node, reading: Reading, when: Condition
) -> list[_Case]:
    """Add what may have several values: every one of the first with every one of the second.

    In this order the first pair of which both are true is made of the first true one of each.
    """
    found: list[_Case] = []
    for one in _cases(left, reading, when):
        for other in _cases(right, reading, one.when):
            if one.term is None or other.term is None:
                raise Unsayable("kinds_mixed")
            found.append(_number(other.when, _sum(one.term, sign, other.term)))
            if len(found) > MAX_CASES:
                raise Unsayable("wide")
    return found


def _sum(left: Term, sign: Literal["+", "-"], right: Term) -> Term:
    if isinstance(left, Number) and isinstance(right, Number):
        return Number(left.value + right.value if sign == "+" else left.value - right.value)
    return Sum(left, sign, right)


def _may_be_empty(node: Node) -> bool:
    return isinstance(node, xpath.Call) and node.function in ("if", "coalesce")


def _both(when: Condition, test: Condition) -> Condition:
    return tidy(all_of((when, test)))


def _answer(node: Ref, reading: Reading, when: Condition) -> list[_Case]:
    answer = reading.answer(node)
    match answer.type:
        case Integer():
            return [_number(when, Fact(answer.name))]
        case Boolean():
            return [_Case(when, answer.name, "boolean")]
        case Day():
            return [_Case(when, answer.name, "date")]
        case Choice(options):
            fact = Fact(answer.name)
            return [
                _Case(_both(when, OneOf(fact, (option,))), quoted(option), "text", (option,))
                for option in options
            ]
        case _:
            raise Unsayable("no_order", name=answer.name)


def _term(node: Node, reading: Reading) -> Term:
    match node:
        case xpath.Number():
            if node.whole is None:
                raise Unsayable("not_whole", value=node.written)
            return Number(node.whole)
        case xpath.Call("count-selected" | "count", (asked,)):
            answer = reading.answer(asked)
            if not isinstance(answer.type, Many | Rows):
                raise Unsayable("not_a_list", name=answer.name)
            return Call("size", (Fact(answer.name),))
        case xpath.Call("int" | "floor" | "round", (inner, *_)) if _between(inner) is not None:
            return _spanned(inner, reading)
        case xpath.Call("int" | "floor" | "round" | "number", (inner, *_)):
            return _term(inner, reading)
        case Op(_, "-", _) if _between(node) is not None and _counts_days(node, reading):
            return _spanned(node, reading)
        case Op(left, "+" | "-" as sign, right):
            first, second = _term(left, reading), _term(right, reading)
            return Sum(first, "+" if sign == "+" else "-", second)
        case Ref():
            answer = reading.answer(node)
            if not isinstance(answer.type, Integer):
                raise Unsayable("no_order", name=answer.name)
            return Fact(answer.name)
        case xpath.Call(function, _) if not is_condition(node):
            raise Unsayable("function", function=function)
        case _:
            raise Unsayable("sum")


def _counts_days(node: Node, reading: Reading) -> bool:
    """Tell whether a difference is one of dates rather than of numbers."""
    found = _between(node)
    if found is None:
        return False
    name = _day_name(found[2])
    return name is not None and isinstance(reading.names(name).type, Day | Moment)


def _between(node: Node) -> tuple[str, Node, Node] | None:
    """Return which function counts from one date to another, with the two: ``b - a``."""
    match node:
        case Op(Op(end, "-", start), "div", xpath.Number(days)) if days in YEAR_DAYS:
            return "years_between", start, end
        case Op(Op(end, "-", start), "*", xpath.Number("24")):
            return "hours_between", start, end
        case Op(Op(xpath.Call(), "-", xpath.Call()), "-", xpath.Call("if", _)):
            return _exact_years(node)
        case Op(end, "-", start) if _day_name(end) and _day_name(start):
            return "days_between", start, end
        case _:
            return None


def _exact_years(node: Node) -> tuple[str, Node, Node] | None:
    """Recognise the years between two dates as this platform writes them."""
    names = sorted(xpath.refs(node))
    for start, end in ((a, b) for a in names for b in names):
        if node == xpath.parse(between("years_between", f"${{{start}}}", f"${{{end}}}")):
            return "years_between", Ref(start), Ref(end)
    return None


def _day_name(node: Node) -> str | None:
    match node:
        case Ref(name):
            return name
        case xpath.Call("date" | "decimal-date-time" | "once" | "number", (inner,)):
            return _day_name(inner)
        case xpath.Call("today" | "now" as function, ()):
            return f"{function}()"
        case _:
            return None


def _spanned(node: Node, reading: Reading) -> Term:
    found = _between(node)
    if found is None:
        raise Unsayable("sum")
    function, *ends = found
    facts: list[Term] = []
    for end in ends:
        name = _day_name(end)
        if name is None:
            raise Unsayable("sum")
        answer = reading.names(name)
        if not isinstance(answer.type, Day | Moment):
            raise Unsayable("no_date", name=answer.name)
        facts.append(Fact(answer.name))
    return Call(function, tuple(facts))
