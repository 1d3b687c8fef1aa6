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
    Term,
    Truth,
)
from satupintu.conditions.meaning import OPERATORS
from satupintu.conditions.normal import all_of, any_of
from satupintu.conditions.types import Boolean, Choice, Day, FactType, Integer, Many, Rows, Text
from satupintu.conditions.values import read_day
from satupintu.forms.xlsform import xpath
from satupintu.forms.xlsform.two_valued import opposite, refuted, settled, tidy
from satupintu.forms.xlsform.unfolding import SIGNS, number, unfolded
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
        return tidy(self._said(unfolded(node), true))

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
            case xpath.Column(word):
                raise Unsayable("unquoted", word=word)
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
                return settled(Holds(fact, (option,)), true)
            case Choice(options) if option in options:
                return settled(OneOf(fact, (option,)), true)
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
        for side in (left, right):
            if isinstance(side, xpath.Column):
                raise Unsayable("unquoted", word=side.name)
        if isinstance(right, Ref | Dot) and isinstance(left, Ref | Dot):
            return self._answers(left, sign, right, true)
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
                return settled(OneOf(fact, (value,)), true)
            case Many(options) if value in options:  # the one that is ticked, and no other
                rest = tuple(o for o in options if o != value)
                alone = [settled(Holds(fact, (value,)), true)]
                alone += [settled(Holds(fact, rest), not true)] if rest else []
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
                return settled(Compare(fact, "==", Number(whole)), true)
            case Day() if (day := read_day(value)) is not None:
                return settled(Compare(fact, "==", DayOf(day)), true)
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
                return settled(Holds(fact, options), not true)
            case _:
                return Not(Has(fact)) if true else Has(fact)

    def _ordered(self, answer: Answer, sign: str, value: str, true: bool) -> Condition:
        fact = Fact(answer.name)
        match answer.type:
            case Choice(options):
                passing = tuple(o for o in options if SIGNS[sign](number(o), number(value)))
                return settled(OneOf(fact, passing), true) if passing else Always(not true)
            case Integer():
                whole = xpath.Number(value).whole
                if whole is None:
                    raise Unsayable("not_whole", value=value)
                operator = cast(Comparison, sign)
                return settled(Compare(fact, operator, Number(whole)), true)
            case Day() if self.compares and (day := read_day(value)) is not None:
                operator = cast(Comparison, sign)
                return settled(Compare(fact, operator, DayOf(day)), true)
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
        operator = _operator(sign)
        size = Compare(Call("size", (Fact(answer.name),)), operator, Number(count))
        of_none = [Not(Has(Fact(answer.name)))] if OPERATORS[operator](0, count) == true else []
        return any_of((*of_none, size if true else opposite(size)))

    def _long(self, answer: Answer, sign: str, right: Node, true: bool) -> Condition:
        value = _constant(right)
        positive = (sign, value) in ((">", "0"), ("!=", "0"), (">=", "1"))
        negative = (sign, value) in (("=", "0"), ("<", "1"), ("<=", "0"))
        if not positive and not negative:
            raise Unsayable("length")
        return self._silent(answer, negative == true)

    def _answers(self, left: Node, sign: str, right: Node, true: bool) -> Condition:
        """Compare two answers: of two choices, option by option; nothing equals nothing."""
        first, second = self.answer(left), self.answer(right)
        if not isinstance(first.type, Choice) or not isinstance(second.type, Choice):
            return self._terms(left, sign, right, true)
        if sign not in ("=", "!="):
            raise Unsayable("no_order", name=first.name)
        facts = (Fact(first.name), Fact(second.name))
        shared = [o for o in first.type.options if o in second.type.options]
        same = [all_of(OneOf(fact, (option,)) for fact in facts) for option in shared]
        found = any_of((*same, all_of(Not(Has(fact)) for fact in facts)))
        return found if (sign == "=") == true else refuted(found)

    def _terms(self, left: Node, sign: str, right: Node, true: bool) -> Condition:
        if not self.compares:
            raise Unsayable("two_answers")
        sides = (self.term(left), self.term(right))
        return settled(Compare(sides[0], _operator(sign), sides[1]), true)

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
