"""A constraint as the keywords of a question, and as what other answers ask of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import re2

from satupintu.conditions.as_schema import value_schema
from satupintu.conditions.ast import FALSE, TRUE, And, Condition, Fact, Has, Not, Or
from satupintu.conditions.normal import all_of, any_of, simplify
from satupintu.conditions.types import Choice, Day, Many, Moment, Text
from satupintu.documents import Json
from satupintu.forms.closed import pattern
from satupintu.forms.xlsform import xpath
from satupintu.forms.xlsform.conditions import MIRROR, Answer, Reading
from satupintu.forms.xlsform.patterns import anchored, found_in
from satupintu.forms.xlsform.unfolding import unfolded
from satupintu.forms.xlsform.xpath import Call, Dot, Node, Op, Unsayable

MAX_PATTERN = 500
_TURNED: Mapping[str, str] = {
    "<": ">=", "<=": ">", ">": "<=", ">=": "<", "=": "!=", "!=": "=",
}  # fmt: skip
_BOUNDS = {
    ">=": "minimum", "<=": "maximum", ">": "exclusiveMinimum", "<": "exclusiveMaximum",
}  # fmt: skip

Literal = tuple[Node, bool]


@dataclass(frozen=True)
class Tightening:
    """Keywords that an answer obeys where a condition holds."""

    condition: Condition
    keywords: Mapping[str, Json]


def constrained(node: Node, reading: Reading, itself: Answer) -> Iterator[Tightening | Unsayable]:
    """Yield what each part of a constraint asks, or why it cannot be said."""
    own = replace(reading, itself=itself)
    for clause in clauses(node):
        try:
            yield _tightening(clause, own, itself)
        except Unsayable as e:
            yield Unsayable("against_another") if e.key == "two_answers" else e


def clauses(node: Node) -> Iterator[list[Literal]]:
    """Yield the parts that must all hold, each as what may hold instead of each other."""
    for part, true in _parts(_without_if(unfolded(node)), True, "and"):
        clause = [*_parts(part, true, "or")]
        if not any(_always(literal) is True for literal in clause):
            yield [literal for literal in clause if _always(literal) is None]


def _without_if(node: Node) -> Node:
    match node:
        case Op(left, "and" | "or" as sign, right):
            return Op(_without_if(left), sign, _without_if(right))
        case Call("not", (inner,)):
            return Call("not", (_without_if(inner),))
        case Call("if", (when, first, second)):
            when, first, second = map(_without_if, (when, first, second))
            return Op(Op(Call("not", (when,)), "or", first), "and", Op(when, "or", second))
        case _:
            return node


def _always(literal: Literal) -> bool | None:
    node, true = literal
    match node:
        case Call("true" | "false" as name, ()):
            return (name == "true") == true
        case Op(Dot(), "!=" | "=" as sign, xpath.Text("")):  # an answer that is given is not empty
            return (sign == "!=") == true
        case Op(Call("string-length", (Dot(),)), ">", xpath.Number("0")):
            return true
        case _:
            return None


def _parts(node: Node, true: bool, sign: str) -> Iterator[Literal]:
    match node:
        case Call("not", (inner,)):
            yield from _parts(inner, not true, sign)
        case Op(left, "and" | "or" as found, right) if (found == sign) == true:
            yield from _parts(left, true, sign)
            yield from _parts(right, true, sign)
        case _:
            yield node, true


def _tightening(clause: list[Literal], reading: Reading, itself: Answer) -> Tightening:
    mine = [literal for literal in clause if _reads_itself(literal[0])]
    others = [literal for literal in clause if not _reads_itself(literal[0])]
    if not mine:
        raise Unsayable("not_about_itself" if others else "never")
    asked = [_keywords(node, true, reading, itself) for node, true in mine]
    given = simplify(all_of(reading.condition(node, true=not true) for node, true in others))
    keywords = asked[0] if len(asked) == 1 else {"anyOf": asked}
    if isinstance(itself.type, Choice) and given != TRUE and len(asked) > 1:
        keywords = _one_list(asked) or keywords
    if isinstance(itself.type, Many) and "minItems" not in keywords and not _of_none(keywords):
        # a constraint asks nothing of what is left, and boxes that nobody ticked are an answer here
        keywords = {"anyOf": [{"maxItems": 0}, keywords]}
    return Tightening(given, keywords)


def _one_list(asked: list[dict[str, Json]]) -> dict[str, Json] | None:
    """Return the values that any of these keywords leaves as one list, None where they ask more."""
    left: list[Json] = []
    for keywords in asked:
        if len(keywords) != 1 or not keywords.keys() <= {"const", "enum"}:
            return None
        left += keywords.get("enum", [keywords.get("const")])
    return {"enum": list(dict.fromkeys(left))}


def _of_none(keywords: Mapping[str, Json]) -> bool:
    """Tell whether the empty list obeys keywords."""
    return all(_none_obeys(keyword, value) for keyword, value in keywords.items())


def _none_obeys(keyword: str, value: Json) -> bool:
    match keyword:
        case "contains":
            return False
        case "minItems":
            return bool(value == 0)
        case "not":
            return not _of_none(value)
        case "anyOf":
            return any(map(_of_none, value))
        case "allOf":
            return all(map(_of_none, value))
        case _:
            return True


def _reads_itself(node: Node) -> bool:
    match node:
        case Dot():
            return True
        case Call(_, arguments):
            return any(map(_reads_itself, arguments))
        case Op(left, _, right):
            return _reads_itself(left) or _reads_itself(right)
        case _:
            return False


def _keywords(node: Node, true: bool, reading: Reading, itself: Answer) -> dict[str, Json]:
    match node, itself.type:
        case Call("regex", (Dot(), xpath.Text(written))), Text():
            return _not_unless(true, {"pattern": _pattern(written)})
        case Call(
            "contains" | "starts-with" | "ends-with" as of, (Dot(), xpath.Text(part))
        ), Text():
            begins, ends = "^" * (of == "starts-with"), "$" * (of == "ends-with")
            return _not_unless(true, {"pattern": f"{begins}{re2.escape(part)}{ends}"})
        case Op(Op(Dot(), "mod", xpath.Number() as step), "=", xpath.Number("0")), Text(
            number=True
        ):
            return _not_unless(true, {"multipleOf": _value(step)})
        case Op(Call("string-length", (Dot(),)), sign, xpath.Number() as limit), Text():
            return _length(sign if true else _TURNED[sign], limit)
        case Op(xpath.Number() as limit, sign, Dot()), Text(number=True):
            return _bound(MIRROR[sign] if true else _TURNED[MIRROR[sign]], limit)
        case Op(Dot(), sign, xpath.Number() as limit), Text(number=True) if sign in MIRROR:
            return _bound(sign if true else _TURNED[sign], limit)
        case Op(Dot(), "=" | "!=" as sign, xpath.Text(value)), Text(number=False):
            return _not_unless((sign == "=") == true, {"const": value})
        case Op(Dot(), _, _), Day() | Moment():
            raise Unsayable("date_limits")
    found = _where_answered(reading.condition(node, true=true), itself.name)
    if found in (TRUE, FALSE):
        raise Unsayable("no_question")
    try:
        return value_schema(found)
    except ValueError as e:
        raise Unsayable("against_another") from e


def _where_answered(condition: Condition, name: str) -> Condition:
    match condition:
        case Has(Fact(read)) if read == name:
            return TRUE
        case Not(Has(Fact(read))) if read == name:
            return FALSE
        case And(parts):
            return simplify(all_of(_where_answered(p, name) for p in parts))
        case Or(parts):
            return simplify(any_of(_where_answered(p, name) for p in parts))
        case _:
            return condition


def _not_unless(true: bool, keywords: dict[str, Json]) -> dict[str, Json]:
    return keywords if true else {"not": keywords}


def _length(sign: str, limit: xpath.Number) -> dict[str, Json]:
    count = limit.whole
    if count is None or count < 0:
        raise Unsayable("not_whole", value=limit.written)
    match sign:
        case ">" | ">=":
            return {"minLength": max(1, count + (sign == ">"))}
        case "<" | "<=" if count - (sign == "<") >= 0:
            return {"maxLength": count - (sign == "<")}
        case "=":
            return {"minLength": count, "maxLength": count}
        case _:
            raise Unsayable("length")


def _bound(sign: str, limit: xpath.Number) -> dict[str, Json]:
    if sign in _BOUNDS:
        return {_BOUNDS[sign]: _value(limit)}
    if limit.whole is None:
        raise Unsayable("not_whole", value=limit.written)
    return _not_unless(sign == "=", {"const": limit.whole})


def _value(number: xpath.Number) -> int | float:
    return number.whole if number.whole is not None else float(number.written)


def _pattern(written: str) -> str:
    """Return a pattern that a whole answer matches, as ODK's ``regex`` wants. Raises Unsayable."""
    text = found_in(written) or anchored(written)
    if len(text) > MAX_PATTERN:
        raise Unsayable("pattern")
    try:
        pattern(text)
    except re2.error as e:
        raise Unsayable("pattern") from e
    return text


def merged(schema: dict[str, Json], keywords: Mapping[str, Json]) -> None:
    """Add keywords to a question's own; what is there already stays and both hold."""
    keywords = {k: v for k, v in keywords.items() if k not in schema or schema[k] != v}
    if "minLength" in keywords and schema.get("minLength") == 1:
        schema["minLength"] = keywords.pop("minLength")  # what every text has anyway
        merged(schema, keywords)
    elif schema.keys() & keywords.keys():
        schema.setdefault("allOf", []).append(dict(keywords))
    else:
        schema.update(keywords)
