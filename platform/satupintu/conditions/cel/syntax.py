"""A condition's text as a tree, before anyone knows what its names mean.

Descends by hand, with bounds on depth and size, so that no text can exhaust the stack.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NoReturn, TypeVar

from satupintu.conditions.cel.tokens import RESERVED, WORDS_FOR_SIGNS, Token, refuse, tokens
from satupintu.conditions.nearest import shown
from satupintu.documents import MAX_INTEGER

MAX_DEPTH = 40
MAX_NODES = 2_000

RELATIONS = frozenset({"==", "!=", "<", "<=", ">", ">=", "in"})


@dataclass(frozen=True)
class Literal:
    """``true``, ``12`` or ``'text'``."""

    value: bool | int | str
    column: int


@dataclass(frozen=True)
class Name:
    """A dotted name."""

    text: str
    column: int


@dataclass(frozen=True)
class Items:
    """``[a, b]``."""

    items: tuple[Node, ...]
    column: int


@dataclass(frozen=True)
class Apply:
    """``function(a, b)`` or ``target.function(a, b)``."""

    function: str
    target: Name | None
    arguments: tuple[Node, ...]
    column: int


@dataclass(frozen=True)
class Negation:
    """``!a``."""

    inner: Node
    column: int


@dataclass(frozen=True)
class Chain:
    """``a && b && c`` or ``a || b``; at least two."""

    sign: str
    items: tuple[Node, ...]
    column: int


@dataclass(frozen=True)
class Relation:
    """``a < b`` or ``a in b``; ``column`` is where the sign stands."""

    left: Node
    sign: str
    right: Node
    column: int


@dataclass(frozen=True)
class Addition:
    """``a + b`` or ``a - b``; ``column`` is where the sign stands."""

    left: Node
    sign: str
    right: Node
    column: int


Node = Literal | Name | Items | Apply | Negation | Chain | Relation | Addition

_N = TypeVar("_N", bound=Node)
_Part = Callable[[], Node]


def parse(text: str) -> Node:
    """Return the tree of ``text``. Raises BadDocument with the column of the first thing wrong."""
    parser = _Parser(tokens(text))
    node = parser.either()
    parser.expect_end()
    return node


class _Parser:
    def __init__(self, found: tuple[Token, ...]) -> None:
        self._tokens = found
        self._at = 0
        self._depth = 0
        self._nodes = 0

    def either(self) -> Node:
        return self._chain("||", self._both)

    def expect_end(self) -> None:
        if self._next.kind != "end":
            self._unexpected()

    def _both(self) -> Node:
        return self._chain("&&", self._relation)

    def _chain(self, sign: str, part: _Part) -> Node:
        first = part()
        items = [first]
        while self._take(sign):
            items.append(part())
        return first if len(items) == 1 else Chain(sign, tuple(items), first.column)

    def _relation(self) -> Node:
        left = self._sum()
        if self._next.text not in RELATIONS or self._next.kind not in ("symbol", "name"):
            return left
        sign = self._advance()
        right = self._sum()
        if self._next.kind == "symbol" and self._next.text in RELATIONS:
            refuse("chained_comparison", self._next.column)
        return self._counted(Relation(left, sign.text, right, sign.column))

    def _sum(self) -> Node:
        left = self._unary()
        length = 0
        while self._next.kind == "symbol" and self._next.text in ("+", "-"):
            sign = self._advance()
            length += 1
            if length > MAX_DEPTH:
                refuse("too_deep", sign.column, limit=MAX_DEPTH)
            left = self._counted(Addition(left, sign.text, self._unary(), sign.column))
        return left

    def _unary(self) -> Node:
        column = self._next.column
        if self._take("!"):
            with self._deeper(column):
                return self._counted(Negation(self._unary(), column))
        if self._take("-"):
            if self._next.kind != "number":
                self._unexpected()
            return self._counted(Literal(-self._integer(), column))
        return self._primary()

    def _primary(self) -> Node:
        token = self._next
        if token.kind == "number":
            return self._counted(Literal(self._integer(), token.column))
        if token.kind == "text":
            return self._counted(Literal(self._advance().text, token.column))
        if token.kind == "name":
            return self._named()
        if self._take("("):
            with self._deeper(token.column):
                node = self.either()
            self._close(")", token)
            return node
        if self._take("["):
            return self._counted(Items(self._list("]", token), token.column))
        self._unexpected()

    def _named(self) -> Node:
        first = self._advance()
        if first.text in ("true", "false"):
            return self._counted(Literal(first.text == "true", first.column))
        parts = [self._word(first)]
        while self._take("."):
            if self._next.kind != "name":
                self._unexpected()
            parts.append(self._word(self._advance()))
        opening = self._next
        if not self._take("("):
            if len(parts) == 1:
                self._refuse_word_for_sign(first)
            return self._counted(Name(".".join(parts), first.column))
        target = Name(".".join(parts[:-1]), first.column) if len(parts) > 1 else None
        arguments = self._list(")", opening)
        return self._counted(Apply(parts[-1], target, arguments, first.column))

    def _word(self, token: Token) -> str:
        if token.text in RESERVED:
            refuse("reserved_word", token.column, found=token.text)
        return token.text

    def _list(self, closing: str, opening: Token) -> tuple[Node, ...]:
        items: list[Node] = []
        with self._deeper(opening.column):
            if self._take(closing):
                return ()
            items.append(self.either())
            while self._take(","):
                items.append(self.either())
        self._close(closing, opening)
        return tuple(items)

    def _close(self, closing: str, opening: Token) -> None:
        if self._take(closing):
            return
        if self._next.kind == "end":
            refuse("unclosed", opening.column, opening=opening.text, closing=closing)
        self._unexpected()

    def _integer(self) -> int:
        token = self._advance()
        if len(token.text) > 16 or int(token.text) > MAX_INTEGER:
            refuse("number_too_large", token.column, limit=MAX_INTEGER)
        return int(token.text)

    @property
    def _next(self) -> Token:
        return self._tokens[self._at]

    def _advance(self) -> Token:
        self._at += 1
        return self._tokens[self._at - 1]

    def _take(self, sign: str) -> bool:
        taken = self._next.kind == "symbol" and self._next.text == sign
        self._at += taken
        return taken

    def _counted(self, node: _N) -> _N:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            refuse("too_many_parts", node.column, limit=MAX_NODES)
        return node

    @contextmanager
    def _deeper(self, column: int) -> Iterator[None]:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            refuse("too_deep", column, limit=MAX_DEPTH)
        yield
        self._depth -= 1

    def _unexpected(self) -> NoReturn:
        token = self._next
        if token.kind == "end":
            refuse("unfinished", token.column)
        self._refuse_word_for_sign(token)
        refuse("unexpected", token.column, found=shown(token.text))

    def _refuse_word_for_sign(self, token: Token) -> None:
        instead = WORDS_FOR_SIGNS.get(token.text.lower())
        if token.kind == "name" and instead is not None:
            refuse("write_instead", token.column, found=token.text, instead=instead)
