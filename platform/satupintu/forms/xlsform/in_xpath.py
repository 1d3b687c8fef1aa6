"""Conditions, computed answers and keywords of a form as the XPath that ODK reads.

A condition's text is true exactly where the condition is: an unanswered question is an empty text,
of which every order and every equality fails.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from satupintu.conditions.ast import (
    TRUE,
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
from satupintu.conditions.computed import Computed
from satupintu.conditions.normal import push_negations, simplify
from satupintu.conditions.types import Many
from satupintu.documents import Json
from satupintu.forms.document import Question
from satupintu.forms.xlsform.kinds import LEAST, MOST
from satupintu.forms.xlsform.patterns import widened

_SIGNS = {"==": "=", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
_OR, _AND, _ATOM = range(3)
_BOUNDS = {
    "minimum": ">=", "maximum": "<=", "exclusiveMinimum": ">", "exclusiveMaximum": "<",
}  # fmt: skip
_LENGTHS = {
    "minLength": "string-length(.) >=", "maxLength": "string-length(.) <=",
    "minItems": "count-selected(.) >=", "maxItems": "count-selected(.) <=",
}  # fmt: skip


_PAIRS = (("minLength", "maxLength"), ("minItems", "maxItems"))


class Unwritable(Exception):
    """What XPath, or ODK's part of it, cannot say; ``what`` names it."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(what)


@dataclass(frozen=True)
class Printer:
    """Prints over the names that a workbook has for the questions; ``itself`` becomes ``.``."""

    named: Callable[[str], str]
    questions: Mapping[str, Question]
    itself: str = ""

    def condition(self, condition: Condition) -> str:
        """Return where a condition is true. Raises Unwritable."""
        return self._said(simplify(push_negations(condition)))[0]

    def atom(self, condition: Condition) -> str:
        """Return a condition that may stand beside ``and``."""
        text, binds = self._said(simplify(push_negations(condition)))
        return text if binds >= _AND else f"({text})"

    def _said(self, condition: Condition) -> tuple[str, int]:
        match condition:
            case Always(value):
                return ("true()" if value else "false()"), _ATOM
            case And(parts):
                return self._joined(parts, " and ", _AND)
            case Or(parts):
                # of an empty list nothing is selected, so it need not be said apart
                lists = {_list_without(p) for p in parts}
                left = [p for p in parts if not any(p == Not(Has(f)) for f in lists if f)]
                return self._joined(left, " or ", _OR)
            case Has(fact):
                return self._there(fact), _ATOM
            case Not(Has(fact)):
                return self._there(fact, there=False), _ATOM
            case Truth(fact):
                return self._truth(fact, True), _ATOM
            case Not(Truth(fact)):
                return self._truth(fact, False), _ATOM
            case OneOf(fact, options):
                return self._any([f"{self._name(fact)} = {quoted(o)}" for o in options])
            case Not(OneOf(fact, options)):
                name = self._name(fact)
                said = [f"{name} != ''", *(f"{name} != {quoted(o)}" for o in options)]
                return " and ".join(said), _AND
            case Holds(fact, options):
                return self._any([f"selected({self._name(fact)}, {quoted(o)})" for o in options])
            case Not(Holds(fact, options)):
                name = self._name(fact)
                said = [f"not(selected({name}, {quoted(o)}))" for o in options]
                return " and ".join(said), _AND
            case Compare(left, operator, right):
                text = f"{self.term(left)} {_SIGNS[operator]} {self.term(right)}"
                if operator == "!=" and isinstance(left, Fact):
                    return f"{self._name(left)} != '' and {text}", _AND
                return text, _ATOM
            case RowsExist() | Not(RowsExist()):
                raise Unwritable("exists")
            case Not(inner):
                return f"not({self._said(inner)[0]})", _ATOM

    def _joined(self, parts: Iterable[Condition], sign: str, level: int) -> tuple[str, int]:
        said = [self._said(part) for part in parts]
        return sign.join(t if binds > level else f"({t})" for t, binds in said), level

    def _any(self, parts: list[str]) -> tuple[str, int]:
        return " or ".join(parts), _ATOM if len(parts) == 1 else _OR

    def _there(self, fact: Fact, *, there: bool = True) -> str:
        question = self.questions.get(fact.name)
        if question is not None and question.is_rows:
            return f"count({self._name(fact)}) {'>' if there else '='} 0"
        return f"{self._name(fact)} {'!=' if there else '='} ''"

    def _truth(self, fact: Fact, true: bool) -> str:
        question = self.questions.get(fact.name)
        if question is not None and question.schema.get("const") is True:
            return f"{self._name(fact)} = 'OK'" if true else "false()"
        return f"{self._name(fact)} = '{'true' if true else 'false'}'"

    def _name(self, fact: Fact) -> str:
        return "." if fact.name == self.itself else f"${{{self.named(fact.name)}}}"

    def term(self, term: Term) -> str:
        """Return a number or a date. Raises Unwritable."""
        match term:
            case Fact():
                return self._name(term)
            case Number(value):
                return str(value)
            case DayOf(value):
                return f"date('{value.isoformat()}')"
            case MomentOf(value):
                return f"date-time('{value.isoformat()}')"
            case Sum(left, sign, right):
                after = self.term(right)
                after = f"({after})" if isinstance(right, Sum) else after
                return f"{self.term(left)} {sign} {after}"
            case Call("size", (Fact(name) as fact,)):
                many = isinstance(self.questions[name].fact_type, Many)
                return f"{'count-selected' if many else 'count'}({self._name(fact)})"
            case Call(function, (Fact() as start, Fact() as end)):
                return between(function, self._name(start), self._name(end))
            case _:
                raise Unwritable("sum")

    def computed(self, computed: Computed) -> str:
        """Return a calculation. Raises Unwritable."""
        text = "''"
        for case in reversed(computed.cases):
            value = self._value(case.value)
            text = (
                value if case.when == TRUE else f"if({self.condition(case.when)}, {value}, {text})"
            )
        return text

    def _value(self, value: Value) -> str:
        match value:
            case str():
                return quoted(value)
            case Fact() | Number() | DayOf() | MomentOf() | Sum() | Call():
                return self.term(value)
            case condition:
                return self.condition(condition)

    def keywords(self, schema: Mapping[str, Json], question: Question) -> str:
        """Return what keywords ask of ``.``; "" where nothing. Raises Unwritable."""
        exact = {k for pair in _PAIRS for k in pair if schema.get(pair[0]) == schema.get(pair[1])}
        said = {k: v for k, v in schema.items() if k not in exact}
        parts = [text for k, v in said.items() if (text := self._keyword(k, v, question))]
        parts += [_exactly(k, schema[k]) for k, _ in _PAIRS if k in exact and k in schema]
        return " and ".join(f"({p})" if " or " in p and len(parts) > 1 else p for p in parts)

    def _keyword(self, keyword: str, value: Json, question: Question) -> str:
        match keyword:
            case "minimum" | "maximum" if value in (LEAST, MOST):
                return ""
            case "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum":
                return f". {_BOUNDS[keyword]} {value}"
            case "minLength" if value == 1:
                return ""
            case "minLength" | "maxLength" | "minItems" | "maxItems":
                return f"{_LENGTHS[keyword]} {value}"
            case "multipleOf":
                return f". mod {value} = 0"
            case "pattern":
                return f"regex(., {quoted(widened(value))})"
            case "const" if value is True and question.schema.get("const") is True:
                return ""
            case "const":
                return self._equals(value)
            case "enum" if "enum" not in question.schema:
                return " or ".join(self._equals(v) for v in value)
            case "contains":
                listed = [value["const"]] if "const" in value else value.get("enum", ())
                if not listed:
                    raise Unwritable(keyword)
                return " or ".join(f"selected(., {quoted(v)})" for v in listed)
            case "items" if question.options and "enum" in value:
                left = [o.const for o in question.options if o.const not in value["enum"]]
                return " and ".join(f"not(selected(., {quoted(o)}))" for o in left)
            case "not":
                return f"not({self.keywords(value, question) or 'true()'})"
            case "allOf" | "anyOf":
                said = [self.keywords(v, question) or "true()" for v in value]
                sign = " and " if keyword == "allOf" else " or "
                return sign.join(f"({s})" if " and " in s or " or " in s else s for s in said)
            case _:
                return self._other(keyword, question)

    @staticmethod
    def _other(keyword: str, question: Question) -> str:
        """Return nothing for what says what a question is rather than what its answer obeys."""
        silent = ("type", "format", "uniqueItems", "title", "description", "default", "examples")
        about = keyword.startswith(("x-", "$")) or keyword in silent or keyword == "deprecated"
        listed = keyword in ("oneOf", "enum", "items") and bool(question.options)
        if about or listed or keyword in ("properties", "required", "readOnly", "writeOnly"):
            return ""
        raise Unwritable(keyword)

    @staticmethod
    def _equals(value: Json) -> str:
        if isinstance(value, bool):
            return f". = '{'true' if value else 'false'}'"
        if isinstance(value, int | float):
            return f". = {value}"
        return f". = {quoted(value)}"


def _list_without(part: Condition) -> Fact | None:
    """Return the list of which a test says that something is not in it."""
    match part:
        case Not(Holds(fact)):
            return fact
        case _:
            return None


def _exactly(least: str, count: int) -> str:
    return f"{_LENGTHS[least].removesuffix(' >=')} = {count}"


def between(function: str, start: str, end: str) -> str:
    """Return how many whole years, days or hours lie between two questions, in XPath."""
    match function:
        case "years_between":
            years = [f"int(format-date({day}, '%Y'))" for day in (end, start)]
            turned = [f"number(format-date({day}, '%m%d'))" for day in (end, start)]
            return f"{years[0]} - {years[1]} - if({turned[0]} < {turned[1]}, 1, 0)"
        case "days_between":
            return f"int({end} - {start})"
        case _:
            moments = [f"decimal-date-time({moment})" for moment in (end, start)]
            return f"int(({moments[0]} - {moments[1]}) * 24)"


def quoted(text: str) -> str:
    """Return a text in quotes; XPath has no way to write one with both kinds. Raises Unwritable."""
    if "'" not in text:
        return f"'{text}'"
    if '"' not in text:
        return f'"{text}"'
    raise Unwritable("quotes")
