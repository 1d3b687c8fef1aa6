"""An expression that is true or false as a condition of ours.

XPath has no unknown: an answer that is not there is an empty text, of which ``!=`` holds and every
order fails. So each test says here what it means of the unanswered, and the condition is *true*
exactly where ODK would have it true.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import cast

from satupintu.conditions.ast import (
    FALSE,
    TRUE,
    Always,
    And,
    Call,
    Compare,
    Comparison,
    Condition,
    DayOf,
    Fact,
    Has,
    Holds,
    Not,
    Number,
    OneOf,
    Or,
    Term,
    Truth,
)
from satupintu.conditions.meaning import OPERATORS
from satupintu.conditions.names import facts_of
from satupintu.conditions.normal import OPPOSITE, all_of, any_of, simplify
from satupintu.conditions.presence import never_true_without, without_needless_presence
from satupintu.conditions.types import Boolean, Choice, Day, FactType, Integer, Many, Rows, Text
from satupintu.conditions.values import read_day
from satupintu.forms.xlsform import xpath
from satupintu.forms.xlsform.xpath import Dot, Node, Op, Ref, Unsayable

MIRROR: Mapping[str, str] = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
TICKED = "OK"
"""What ODK keeps where somebody acknowledged."""


@dataclass(frozen=True)
class Answer:
    """A question that an expression may read: its full name, its type, and whether a repeated
    group that it stands in is not the one at hand.
    """

    name: str
    type: FactType


Names = Callable[[str], Answer]
"""Gives the question that a name stands for; raises Unsayable where it cannot be read."""


@dataclass(frozen=True)
class Reading:
    """Reads expressions over ``names``; ``itself`` is what ``.`` stands for.

    ``compares`` tells whether two answers may be compared, as computed answers can.
    """

    names: Names
    itself: Answer | None = None
    compares: bool = False

    def condition(self, node: Node, *, true: bool = True) -> Condition:
        """Return where an expression is true (or where it is not). Raises Unsayable."""
        return tidy(self._said(node, true))

    def _said(self, node: Node, true: bool) -> Condition:
        match node:
            case Op(left, "and" | "or" as sign, right):
                join = all_of if (sign == "and") == true else any_of
                return join((self._said(left, true), self._said(right, true)))
            case xpath.Call("not", (inner,)):
                return self._said(inner, not true)
            case xpath.Call("boolean", (inner,)):
                return self._said(inner, true)
            case xpath.Call("true", ()):
                return TRUE if true else FALSE
            case xpath.Call("false", ()):
                return FALSE if true else TRUE
            case xpath.Call("selected", (asked, option)):
                return self._selected(self.answer(asked), _text(option), true)
            case xpath.Call("if", (when, first, second)):
                return self._either(when, first, second, true)
            case Op(left, sign, right) if sign in MIRROR:
                return self._compared(left, sign, right, true)
            case xpath.Call(function, _):
                raise Unsayable("function", function=function)
            case _:
                raise Unsayable("no_question")

    def _either(self, when: Node, first: Node, second: Node, true: bool) -> Condition:
        return any_of(
            (
                all_of((self._said(when, True), self._said(first, true))),
                all_of((self._said(when, False), self._said(second, true))),
            )
        )

    def answer(self, node: Node) -> Answer:
        """Return the question that a node names. Raises Unsayable."""
        match node:
            case Ref(name):
                return self.names(name)
            case Dot() if self.itself is not None:
                return self.itself
            case _:
                raise Unsayable("no_answer")

    def _selected(self, answer: Answer, option: str, true: bool) -> Condition:
        fact = Fact(answer.name)
        match answer.type:
            case Many(options) if option in options:
                return _settled(Holds(fact, (option,)), true)
            case Choice(options) if option in options:
                return _settled(OneOf(fact, (option,)), true)
            case Boolean():
                return self._equal(answer, option, true)
            case Many() | Choice():
                raise Unsayable("option", option=option, name=answer.name)
            case _:
                raise Unsayable("not_a_choice", name=answer.name)

    def _compared(self, left: Node, sign: str, right: Node, true: bool) -> Condition:
        if isinstance(left, xpath.Text | xpath.Number) or _constant(left):
            left, sign, right = right, MIRROR[sign], left
        match left:
            case xpath.Call("count-selected" | "count", (asked,)):
                return self._counted(self.answer(asked), sign, right, true)
            case xpath.Call("string-length", (asked,)):
                return self._long(self.answer(asked), sign, right, true)
            case xpath.Call("number" | "int" | "string" | "once", (inner,)):
                return self._compared(inner, sign, right, true)
            case xpath.Call(function, _) if not self.compares:
                raise Unsayable("function", function=function)
            case Op() if _constant(right) is not None and not self.compares:
                raise Unsayable("sum")
        if isinstance(right, Ref) or not isinstance(left, Ref | Dot):
            return self._terms(left, sign, right, true)
        answer = self.answer(left)
        value = _constant(right)
        if value is None:
            return self._terms(left, sign, right, true)
        if sign in ("=", "!="):
            return self._equal(answer, value, (sign == "=") == true)
        return self._ordered(answer, sign, value, true)

    def _equal(self, answer: Answer, value: str, true: bool) -> Condition:
        fact = Fact(answer.name)
        if value == "":
            return self._silent(answer, true)
        match answer.type:
            case Choice(options) if value in options:
                return _settled(OneOf(fact, (value,)), true)
            case Many(options) if value in options:  # the one that is ticked, and no other
                rest = tuple(o for o in options if o != value)
                alone = [_settled(Holds(fact, (value,)), true)]
                alone += [_settled(Holds(fact, rest), not true)] if rest else []
                return (all_of if true else any_of)(alone)
            case Choice() | Many():
                raise Unsayable("option", option=value, name=answer.name)
            case Boolean() if value.lower() in ("true", "false", "1", "0", TICKED.lower()):
                yes = value.lower() in ("true", "1", TICKED.lower())
                if yes == true:
                    return Truth(fact) if true else any_of((Not(Has(fact)), Truth(fact)))
                return Not(Truth(fact)) if true else any_of((Not(Has(fact)), Not(Truth(fact))))
            case Integer():
                whole = xpath.Number(value).whole
                if whole is None:
                    raise Unsayable("not_whole", value=value)
                return _settled(Compare(fact, "==", Number(whole)), true)
            case Day() if (day := read_day(value)) is not None:
                return _settled(Compare(fact, "==", DayOf(day)), true)
            case Text(number=True):
                raise Unsayable("fraction", name=answer.name)
            case Text():
                raise Unsayable("free_text", name=answer.name)
            case _:
                raise Unsayable("value", value=value, name=answer.name)

    def _silent(self, answer: Answer, true: bool) -> Condition:
        fact = Fact(answer.name)
        match answer.type:
            case Many(options):  # boxes that nobody ticked are an answer of ours
                return _settled(Holds(fact, options), not true)
            case _:
                return Not(Has(fact)) if true else Has(fact)

    def _ordered(self, answer: Answer, sign: str, value: str, true: bool) -> Condition:
        match answer.type:
            case Integer():
                whole = xpath.Number(value).whole
                if whole is None:
                    raise Unsayable("not_whole", value=value)
                operator = cast(Comparison, sign)
                return _settled(Compare(Fact(answer.name), operator, Number(whole)), true)
            case Day() if self.compares and (day := read_day(value)) is not None:
                operator = cast(Comparison, sign)
                return _settled(Compare(Fact(answer.name), operator, DayOf(day)), true)
            case Day():
                raise Unsayable("date_order")
            case Text(number=True):
                raise Unsayable("fraction", name=answer.name)
            case _:
                raise Unsayable("no_order", name=answer.name)

    def _counted(self, answer: Answer, sign: str, right: Node, true: bool) -> Condition:
        if not isinstance(answer.type, Many | Rows):
            raise Unsayable("not_a_list", name=answer.name)
        count = xpath.Number(_constant(right) or "").whole
        if count is None:
            raise Unsayable("two_answers")
        size = Compare(Call("size", (Fact(answer.name),)), _operator(sign), Number(count))
        operator = _operator(sign)
        size = Compare(Call("size", (Fact(answer.name),)), operator, Number(count))
        of_none = [Not(Has(Fact(answer.name)))] if OPERATORS[operator](0, count) == true else []
        return any_of((*of_none, size if true else _opposite(size)))

    def _long(self, answer: Answer, sign: str, right: Node, true: bool) -> Condition:
        value = _constant(right)
        positive = (sign, value) in ((">", "0"), ("!=", "0"), (">=", "1"))
        negative = (sign, value) in (("=", "0"), ("<", "1"), ("<=", "0"))
        if not positive and not negative:
            raise Unsayable("length")
        return self._silent(answer, negative == true)

    def _terms(self, left: Node, sign: str, right: Node, true: bool) -> Condition:
        if not self.compares:
            raise Unsayable("two_answers")
        sides = (self.term(left), self.term(right))
        return _settled(Compare(sides[0], _operator(sign), sides[1]), true)

    def term(self, node: Node) -> Term:
        """Return a number or a date that answers give. Raises Unsayable."""
        match node:
            case xpath.Number():
                if node.whole is None:
                    raise Unsayable("not_whole", value=node.written)
                return Number(node.whole)
            case Ref() | Dot():
                answer = self.answer(node)
                if isinstance(answer.type, Integer | Day):
                    return Fact(answer.name)
                raise Unsayable("no_order", name=answer.name)
            case xpath.Call("date", (xpath.Text(value),)) if (day := read_day(value)) is not None:
                return DayOf(day)
            case _:
                raise Unsayable("sum")


def _operator(sign: str) -> Comparison:
    return "==" if sign == "=" else cast(Comparison, sign)


def _settled(test: Condition, true: bool) -> Condition:
    """Return where XPath has a test of answers true, or not: of an empty one only ``!=`` holds."""
    if isinstance(test, Compare) and test.operator == "!=":
        return any_of((*_silent(test), test)) if true else _opposite(test)
    return test if true else refuted(test)


def _silent(test: Condition) -> list[Condition]:
    return [Not(Has(Fact(name))) for name in sorted(facts_of(test))]


def _opposite(test: Condition) -> Condition:
    match test:
        case Compare(left, operator, right):
            return Compare(left, OPPOSITE[operator], right)
        case Not(inner):
            return inner
        case _:
            return Not(test)


def refuted(condition: Condition) -> Condition:
    """Return where a condition is not true: false, or unknown for want of an answer."""
    match condition:
        case Always(value):
            return Always(not value)
        case Has() | Not(Has()):
            return _opposite(condition)
        case And(parts):
            return any_of(refuted(p) for p in parts)
        case Or(parts):
            return all_of(refuted(p) for p in parts)
        case _:
            return any_of((*_silent(condition), _opposite(condition)))


def tidy(condition: Condition) -> Condition:
    """Return a condition that is true of the same facts, as a person would write it.

    What must be answered anyway is not asked about again, and options of one choice stand together.
    """
    match simplify(condition):
        case And(parts):
            found = [tidy(p) for p in parts]
            found = [_without(p, [o for o in found if o is not p]) for p in found]
            joined = without_needless_presence(simplify(all_of(found)))
            return _together(joined) if isinstance(joined, And) else joined
        case Or(parts):
            return _together(simplify(any_of(tidy(p) for p in parts)))
        case other:
            return other


def _without(part: Condition, others: list[Condition]) -> Condition:
    """Return a part without the alternatives that the parts beside it rule out."""
    if not isinstance(part, Or):
        return part
    left = [
        p
        for p in part.conditions
        if not isinstance(p, Not)
        or not isinstance(p.condition, Has)
        or not any(never_true_without(o, facts_of(p)) for o in others)
    ]
    return any_of(left)


def _together(condition: Condition) -> Condition:
    """Join tests of one choice: any of its options, or none of them."""
    if not isinstance(condition, And | Or):
        return condition
    negated = isinstance(condition, And)
    made: list[Condition] = []
    at: dict[str, int] = {}
    for part in condition.conditions:
        test = part.condition if negated and isinstance(part, Not) else part
        if isinstance(test, OneOf) and negated == isinstance(part, Not):
            if test.fact.name in at:
                place = at[test.fact.name]
                known = made[place]
                inner = known.condition if isinstance(known, Not) else known
                options = inner.options if isinstance(inner, OneOf) else ()
                both = OneOf(test.fact, tuple(dict.fromkeys((*options, *test.options))))
                made[place] = Not(both) if negated else both
                continue
            at[test.fact.name] = len(made)
        made.append(part)
    return all_of(made) if negated else any_of(made)


def unanswered(condition: Condition, name: str) -> Condition:
    """Return what is left of a condition where one answer is not there."""
    match condition:
        case Has(Fact(read)) if read == name:
            return FALSE
        case Not(Has(Fact(read))) if read == name:
            return TRUE
        case And(parts):
            return simplify(all_of(unanswered(p, name) for p in parts))
        case Or(parts):
            return simplify(any_of(unanswered(p, name) for p in parts))
        case _:
            return FALSE if name in facts_of(condition) else condition


def _constant(node: Node) -> str | None:
    match node:
        case xpath.Text(value):
            return value
        case xpath.Number(written):
            return written
        case xpath.Call("date", (xpath.Text(value),)):
            return value
        case xpath.Call("true" | "false" as name, ()):
            return name
        case _:
            return None


def _text(node: Node) -> str:
    value = _constant(node)
    if value is None:
        raise Unsayable("two_answers")
    return value
