"""Expressions in other words that mean the same and that a condition can say.

``if`` and ``coalesce`` inside a comparison become comparisons inside an ``if``, a list of words in
quotes becomes one comparison for each, and what compares constants becomes true or false.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping

from satupintu.forms.xlsform.xpath import Call, Node, Number, Op, Ref, Text

MAX_LEAVES = 64
"""Values that the two sides of a comparison may have together before it is left as it is."""

SIGNS: Mapping[str, Callable[[float, float], bool]] = {
    "=": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le,
    ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
ASKING = frozenset({"not", "selected", "boolean", "true", "false"})
TRUE, FALSE = Call("true", ()), Call("false", ())


def unfolded(node: Node) -> Node:
    """Return what is true exactly where an expression is."""
    match node:
        case Op(left, "and" | "or" as sign, right):
            return Op(unfolded(left), sign, unfolded(right))
        case Call("not" | "boolean" as function, (inner,)):
            return Call(function, (unfolded(inner),))
        case Call("if", (when, first, second)):
            return Call("if", (unfolded(when), unfolded(first), unfolded(second)))
        case Call("selected", (Text(words), Ref() as asked)):
            return _any([Op(asked, "=", Text(word)) for word in words.split()])
        case Op(left, sign, right) if sign in SIGNS:
            return _compared(left, sign, right)
        case Number():
            return FALSE if float(node.written) == 0 else TRUE
        case Text(value):
            return TRUE if value else FALSE
        case _:
            return node


def is_condition(node: Node) -> bool:
    """Tell whether an expression is true or false, rather than a text or a number."""
    match node:
        case Op(_, sign, _):
            return sign in SIGNS or sign in ("and", "or")
        case Call(function, _):
            return function in ASKING
        case _:
            return False


def number(text: str) -> float:
    """Return a text as XPath counts it; what is no number is one that equals nothing."""
    try:
        return float(text)
    except ValueError:
        return float("nan")


def _compared(left: Node, sign: str, right: Node) -> Node:
    if _leaves(left) * _leaves(right) > MAX_LEAVES:
        return Op(left, sign, right)
    match left, right:
        case Call("if", (when, first, second)), _:
            both = (_compared(first, sign, right), _compared(second, sign, right))
            return Call("if", (unfolded(when), *both))
        case Call("coalesce", (Ref() as first, second)), _:
            both = (_compared(first, sign, right), _compared(second, sign, right))
            return Call("if", (Op(first, "!=", Text("")), *both))
        case _, Call("if" | "coalesce"):
            return _compared(right, _MIRROR[sign], left)
        case Text() | Number(), Text() | Number():
            return TRUE if _constants(left, sign, right) else FALSE
        case _ if is_condition(left) and sign in ("=", "!=") and _yes(right) is not None:
            return _same(left, (sign == "=") == _yes(right))
        case _ if is_condition(right) and sign in ("=", "!=") and _yes(left) is not None:
            return _same(right, (sign == "=") == _yes(left))
        case _:
            return Op(left, sign, right)


_MIRROR: Mapping[str, str] = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}


def _same(node: Node, true: bool) -> Node:
    inner = unfolded(node)
    return inner if true else Call("not", (inner,))


def _yes(node: Node) -> bool | None:
    match node:
        case Call("true" | "false" as name, ()):
            return name == "true"
        case Number("1" | "0" as written):
            return written == "1"
        case _:
            return None


def _constants(left: Text | Number, sign: str, right: Text | Number) -> bool:
    if isinstance(left, Text) and isinstance(right, Text) and sign in ("=", "!="):
        return (left.value == right.value) == (sign == "=")
    values = (n.value if isinstance(n, Text) else n.written for n in (left, right))
    return SIGNS[sign](*map(number, values))


def _leaves(node: Node) -> int:
    match node:
        case Call("if", (_, first, second)) | Call("coalesce", (first, second)):
            return _leaves(first) + _leaves(second)
        case _:
            return 1


def _any(nodes: list[Node]) -> Node:
    found: Node = nodes[0] if nodes else FALSE
    for node in nodes[1:]:
        found = Op(found, "or", node)
    return found
