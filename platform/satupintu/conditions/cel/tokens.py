"""The words and signs of a condition's text, each with the column it stands at."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, NoReturn

from satupintu.conditions.nearest import shown
from satupintu.errors import BadDocument, Problem

MAX_LENGTH = 10_000

RESERVED = frozenset(
    {"true", "false", "null", "in", "as", "break", "const", "continue", "else", "for", "function"}
    | {"if", "import", "let", "loop", "package", "namespace", "return", "var", "void", "while"}
)
"""Words that CEL keeps for itself: no fact, and no part of a dotted name, may be called so."""

WORDS_FOR_SIGNS = {"and": "&&", "or": "||", "not": "!"}
"""What people write who know other languages; a whole name cannot be one of them."""

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_SCAN = re.compile(
    r"""(?P<space>[ \t\r\n]+)
      | (?P<number>[0-9](?:[0-9A-Za-z_]|\.[0-9])*)
      | (?P<name>[A-Za-z_][A-Za-z0-9_]*)
      | (?P<text>'(?:[^'\\\r\n]|\\.)*'|"(?:[^"\\\r\n]|\\.)*")
      | (?P<symbol>&&|\|\||==|!=|<=|>=|[<>!()\[\],.+-])""",
    re.VERBOSE,
)
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|.)", re.DOTALL)
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", "\\": "\\", "'": "'", '"': '"'}
_INSTEAD = {"=": "==", "&": "&&", "|": "||"}


@dataclass(frozen=True)
class Token:
    """One word or sign; a quoted text's ``text`` is what it says. Columns count from 1."""

    kind: Literal["name", "number", "text", "symbol", "end"]
    text: str
    column: int


def is_name(text: str) -> bool:
    """Tell whether a condition can name a fact so: words joined by dots, none of them reserved."""
    parts = text.split(".")
    return text.lower() not in WORDS_FOR_SIGNS and all(
        _NAME.fullmatch(part) and part not in RESERVED for part in parts
    )


def refuse(key: str, column: int, **params: object) -> NoReturn:
    """Raise what is wrong with a condition's text, at its column."""
    raise BadDocument(Problem(f"conditions.{key}", params, column=column))


def tokens(text: str) -> tuple[Token, ...]:
    """Cut ``text`` into tokens, with an end token after the last. Raises BadDocument."""
    if len(text) > MAX_LENGTH:
        refuse("too_long", MAX_LENGTH, limit=MAX_LENGTH)
    found: list[Token] = []
    at = 0
    while at < len(text):
        match = _SCAN.match(text, at)
        if match is None:
            _unreadable(text, at)
        kind, piece = match.lastgroup, match.group()
        if kind == "number":
            if not piece.isdigit():
                refuse("not_whole_number", at + 1, found=shown(piece))
            found.append(Token("number", piece, at + 1))
        elif kind == "name":
            found.append(Token("name", piece, at + 1))
        elif kind == "text":
            found.append(Token("text", _unquoted(piece, at + 1), at + 1))
        elif kind == "symbol":
            found.append(Token("symbol", piece, at + 1))
        at = match.end()
    found.append(Token("end", "", len(text) + 1))
    return tuple(found)


def _unreadable(text: str, at: int) -> NoReturn:
    character = text[at]
    if character in "'\"":
        refuse("unclosed_text", at + 1)
    if character in _INSTEAD:
        refuse("write_instead", at + 1, found=character, instead=_INSTEAD[character])
    refuse("bad_character", at + 1, found=character)


def _unquoted(quoted: str, column: int) -> str:
    def said(match: re.Match[str]) -> str:
        escape = match.group(1)
        value = chr(int(escape[1:], 16)) if len(escape) == 5 else _ESCAPED.get(escape)
        if value is None or "\ud800" <= value <= "\udfff":
            refuse("bad_escape", column + 1 + match.start(), found=match.group())
        return value

    return _ESCAPE.sub(said, quoted[1:-1])


def quoted(text: str) -> str:
    """Return the literal that says ``text``: single quotes, and escapes where they must be."""

    def escaped(character: str) -> str:
        if character in "\\'":
            return "\\" + character
        return character if character.isprintable() else f"\\u{ord(character):04x}"

    return "'" + "".join(escaped(c) for c in text) + "'"
