"""The expressions of an XLSForm as a tree: XPath as ODK writes it, with ``${name}`` for answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NoReturn

from satupintu.errors import BadDocument, Problem

MAX_LENGTH = 10_000
MAX_DEPTH = 60


class Unsayable(Exception):
    """What a form of ours cannot say; ``key`` names the reason in the catalogue."""

    def __init__(self, key: str, **params: object) -> None:
        self.key = key
        self.problem = Problem(f"xlsform.why_{key}", {"sample": "${name}", **params})
        super().__init__(key)


@dataclass(frozen=True)
class Ref:
    """``${name}``: another question's answer."""

    name: str


@dataclass(frozen=True)
class Dot:
    """``.``: the answer at hand."""


@dataclass(frozen=True)
class Column:
    """A bare name: in a choice filter, a column of the choices."""

    name: str


@dataclass(frozen=True)
class Text:
    """A quoted text."""

    value: str


@dataclass(frozen=True)
class Number:
    """A number as it is written."""

    written: str

    @property
    def whole(self) -> int | None:
        """The number where it is whole."""
        try:
            value = float(self.written)
        except ValueError:
            return None
        return int(value) if value.is_integer() and abs(value) < 2**53 else None


@dataclass(frozen=True)
class Call:
    """A function with its arguments."""

    function: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True)
class Op:
    """Two sides and what stands between them."""

    left: Node
    sign: str
    right: Node


Node = Ref | Dot | Column | Text | Number | Call | Op

_TOKEN = re.compile(
    r"""\s*(?:
    (?P<ref>\$\{\s*(?:[^{}\s]+)\s*\})
  | (?P<text>'[^']*'|"[^"]*")
  | (?P<number>(?:\d+(?:\.\d*)?|\.\d+))
  | (?P<name>[A-Za-z_][A-Za-z0-9_.-]*(?::[A-Za-z_][A-Za-z0-9_.-]*)?)
  | (?P<path>\.\.|//?|\[|\]|@|::|\|)
  | (?P<sign><=|>=|!=|=|<|>|\+|-|\*|\(|\)|,|\.)
  | (?P<end>$)
  )""",
    re.VERBOSE,
)
_STRAIGHT = str.maketrans("‘’“”", "''\"\"")
_MISWRITTEN = {
    "&&": "and", "||": "or", "==": "=", "<>": "!=", "≥": ">=", "≤": "<=", "≠": "!=",
    "AND": "and", "OR": "or", "And": "and",
    "Or": "or", "&": "and", "×": "*",
    "÷": "div", "/": "div", ";": ",", "−": "-", "–": "-",
}  # fmt: skip
"""What people write from other languages, and what it is here."""
_LEVELS = (("or",), ("and",), ("=", "!="), ("<", "<=", ">", ">="), ("+", "-"), ("*", "div", "mod"))


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    column: int


def parse(text: str) -> Node:
    """Return an expression as a tree. Curly quotes, which programs put in by themselves, are read
    as straight ones where it makes no sense otherwise.

    Raises Unsayable for paths, which no form of ours has, and BadDocument with the column where
    it is no expression at all.
    """
    if len(text) > MAX_LENGTH:
        raise BadDocument(Problem("xlsform.expression_long", {"limit": MAX_LENGTH}))
    straight = text.translate(_STRAIGHT)
    if straight != text:
        try:
            return _parsed(text)
        except BadDocument:
            return _parsed(straight)
    return _parsed(text)


def _parsed(text: str) -> Node:
    found = _Parser(list(_tokens(text)), text)
    node = found.level(0, 0)
    if found.here.kind != "end":
        found.refuse()
    return node


def refs(node: Node) -> frozenset[str]:
    """Return the names of all the answers that an expression reads."""
    match node:
        case Ref(name):
            return frozenset({name})
        case Call(_, arguments):
            return frozenset().union(*map(refs, arguments))
        case Op(left, _, right):
            return refs(left) | refs(right)
        case _:
            return frozenset()


def names_in(text: str) -> list[str]:
    """Return the names of the answers that a text mentions, a label too."""
    return [n.strip() for n in re.findall(r"\$\{([^{}]*)\}", text)]


def conjuncts(node: Node) -> Iterator[Node]:
    """Yield the parts that ``and`` joins."""
    match node:
        case Op(left, "and", right):
            yield from conjuncts(left)
            yield from conjuncts(right)
        case _:
            yield node


def _tokens(text: str) -> Iterator[_Token]:
    at = 0
    while True:
        found = _TOKEN.match(text, at)
        if found is None:
            rest = text[at:].lstrip()
            column = len(text) - len(rest) + 1
            raise BadDocument(_broken(text, column))
        kind = str(found.lastgroup)
        yield _Token(kind, found[kind], found.start(kind) + 1)
        if kind == "end":
            return
        at = found.end()


def _broken(text: str, column: int) -> Problem:
    """Return the problem of an expression that makes no sense from a column on."""
    rest = text[column - 1 :] or text[-20:]
    around = text[max(0, column - 2) :] if column > 1 else rest
    for sign, instead in _MISWRITTEN.items():
        if rest.startswith(sign) or (len(sign) == 2 and around.startswith(sign)):
            params = {"sign": sign, "instead": instead}
            return Problem("xlsform.sign_unknown", params, column=column)
    if rest[0] in "<>=!" and not text[: column - 1].strip():
        return Problem("xlsform.sign_first", {"sign": rest[0]}, column=column)
    if rest[0] in "${":
        params = {"part": rest[:20], "sample": "${name}"}
        return Problem("xlsform.braces", params, column=column)
    return Problem("xlsform.expression_broken", {"part": rest[:20]}, column=column)


class _Parser:
    def __init__(self, tokens: list[_Token], text: str) -> None:
        self.tokens = tokens
        self.text = text
        self.at = 0

    @property
    def here(self) -> _Token:
        return self.tokens[self.at]

    def take(self) -> _Token:
        token = self.here
        self.at += 1
        return token

    def refuse(self) -> NoReturn:
        if self.here.kind == "path":
            raise Unsayable("path")
        raise BadDocument(_broken(self.text, self.here.column))

    def level(self, level: int, depth: int) -> Node:
        if depth > MAX_DEPTH:
            raise Unsayable("deep")
        if level == len(_LEVELS):
            return self.unary(depth)
        left = self.level(level + 1, depth)
        while self.here.kind in ("sign", "name") and self.here.text in _LEVELS[level]:
            sign = self.take().text
            left = Op(left, sign, self.level(level + 1, depth))
        return left

    def unary(self, depth: int) -> Node:
        if self.here.text == "-" and self.here.kind == "sign":
            self.take()
            inner = self.unary(depth + 1)
            if isinstance(inner, Number):
                return Number("-" + inner.written)
            return Op(Number("0"), "-", inner)
        return self.atom(depth)

    def atom(self, depth: int) -> Node:
        token = self.here
        match token.kind, token.text:
            case "ref", text:
                self.take()
                node: Node = Ref(text[2:-1].strip())
            case "text", text:
                self.take()
                node = Text(text[1:-1])
            case "number", text:
                self.take()
                node = Number(text)
            case "name", name:
                self.take()
                node = self.call(name, depth) if self.here.text == "(" else Column(name)
            case "sign", ".":
                self.take()
                node = Dot()
            case "sign", "(":
                self.take()
                node = self.level(0, depth + 1)
                self.close()
            case _:
                self.refuse()
        if self.here.kind == "path":
            raise Unsayable("path")
        return node

    def call(self, name: str, depth: int) -> Node:
        self.take()
        arguments: list[Node] = []
        if self.here.text != ")" or self.here.kind != "sign":
            arguments.append(self.level(0, depth + 1))
            while self.here.text == "," and self.here.kind == "sign":
                self.take()
                arguments.append(self.level(0, depth + 1))
        self.close()
        return Call(name, tuple(arguments))

    def close(self) -> None:
        if self.here.text != ")" or self.here.kind != "sign":
            self.refuse()
        self.take()
