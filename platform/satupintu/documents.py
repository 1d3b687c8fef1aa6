"""Documents as bytes: read strictly, hashed canonically, pointed into."""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from pathlib import Path
from threading import Lock
from typing import Any, Concatenate, NoReturn, ParamSpec

from satupintu.errors import BadDocument, Problem

MAX_BYTES = 4 * 1024 * 1024
MAX_DEPTH = 64
MAX_INTEGER = 2**53 - 1  # what every JSON reader in the world keeps exactly (RFC 8259, section 6)

SOUND_KEPT = 128
"""Documents of which a check remembers that they are sound: several cities' content."""

Json = Any
"""A value that JSON can hold: dict, list, str, int, float, bool or None."""

P = ParamSpec("P")
Check = Callable[Concatenate[Json, P], list[Problem]]


def parse(data: bytes, *, max_bytes: int = MAX_BYTES) -> Json:
    """Read JSON strictly: UTF-8, no repeated keys, no NaN, bounded size and depth. Raises
    BadDocument.
    """
    if len(data) > max_bytes:
        raise BadDocument(Problem("documents.too_large", {"limit": max_bytes // 1024}))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as e:
        raise BadDocument(Problem("documents.not_utf8", {"byte": e.start})) from e
    try:
        value = json.loads(
            text,
            object_pairs_hook=_without_repeats,
            parse_constant=_no_constant,
            parse_float=_finite,
        )
    except json.JSONDecodeError as e:
        raise BadDocument(_not_json(e)) from e
    except RecursionError as e:
        raise BadDocument(Problem("documents.too_deep", {"limit": MAX_DEPTH})) from e
    except ValueError as e:  # more digits than Python reads at once
        digits = re.search("[0-9]{4000,}", text)
        shown = digits[0][:24] if digits is not None else ""
        raise BadDocument(Problem("documents.integer_too_large", {"value": shown})) from e
    _measure(value)
    return value


def read(path: Path) -> bytes:
    """Return a document's bytes; a missing or unreadable file is a BadDocument that names it."""
    try:
        return path.read_bytes()
    except OSError as e:
        raise BadDocument(
            Problem("documents.unreadable", {"reason": e.strerror or "?"}, file=str(path))
        ) from e


def canonical(value: Json) -> bytes:
    """Return the one spelling of ``value``: sorted keys, no spaces, UTF-8."""
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode("utf-8")


def readable(value: Json) -> bytes:
    """Return ``value`` spelled for people to go on with: in lines, keys in their own order."""
    return (json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode("utf-8")


def content_hash(value: Json) -> str:
    """Return the SHA-256 of the canonical spelling, in hexadecimal: a document version's name."""
    return hashlib.sha256(canonical(value)).hexdigest()


def once_sound(check: Check[P]) -> Check[P]:
    """Let a check that depends on content alone pass over what it found nothing wrong with before.

    One import reads a document several times, and each time its shape is what takes longest.
    """
    sound: dict[bytes, None] = {}
    lock = Lock()

    @wraps(check)
    def problems(document: Json, /, *args: P.args, **kwargs: P.kwargs) -> list[Problem]:
        spelled = json.dumps([document, args, kwargs], sort_keys=True)
        name = hashlib.sha256(spelled.encode()).digest()
        if name in sound:
            return []
        found = check(document, *args, **kwargs)
        if not found:
            with lock:
                sound[name] = None
                if len(sound) > SOUND_KEPT:
                    del sound[next(iter(sound))]
        return found

    return problems


def pointer(parts: Sequence[str | int]) -> str:
    """Return the JSON pointer (RFC 6901) for a path of keys and indices."""
    return "".join("/" + str(p).replace("~", "~0").replace("/", "~1") for p in parts)


def at(value: Json, where: str) -> Json:
    """Return what a JSON pointer points at. Raises KeyError where there is nothing."""
    for part in where.split("/")[1:]:
        key = part.replace("~1", "/").replace("~0", "~")
        if isinstance(value, list):
            if not key.isdigit() or int(key) >= len(value):
                raise KeyError(where)
            value = value[int(key)]
        elif isinstance(value, Mapping) and key in value:
            value = value[key]
        else:
            raise KeyError(where)
    return value


_SAID = {
    "Expecting value": "documents.json_value",
    "Expecting property name": "documents.json_key",
    "Expecting ':'": "documents.json_colon",
    "Expecting ','": "documents.json_comma",
    "Illegal trailing comma": "documents.json_trailing_comma",
    "Extra data": "documents.json_more",
    "Unterminated string": "documents.json_open_text",
    "Invalid control character": "documents.json_control",
    "Invalid \\u": "documents.json_code",
    "Invalid \\escape": "documents.json_escape",
    "Unexpected UTF-8 BOM": "documents.json_mark",
}
"""What the decoder's English messages begin with, and the sentence that says what to do."""


def _not_json(error: json.JSONDecodeError) -> Problem:
    """Return what is wrong with a text that is no JSON, with line and column, both from 1."""
    place = {"line": error.lineno, "position": error.colno}
    if not error.doc.strip():
        return Problem("documents.json_empty")
    before = error.doc[: error.pos].rstrip()
    if before[-1:] == "," and error.doc[error.pos : error.pos + 1] in ("]", "}"):
        return Problem("documents.json_trailing_comma", place)
    known = (key for start, key in _SAID.items() if error.msg.startswith(start))
    return Problem(next(known, "documents.not_json"), place)


def _finite(text: str) -> float:
    found = float(text)
    if math.isinf(found):
        raise BadDocument(Problem("documents.integer_too_large", {"value": text[:24]}))
    return found


def _without_repeats(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise BadDocument(Problem("documents.repeated_key", {"key": key}))
            seen.add(key)
    return found


def _no_constant(name: str) -> NoReturn:
    raise BadDocument(Problem("documents.not_a_number", {"name": name}))


def _measure(value: Json) -> None:
    pending: list[tuple[Sequence[Json], int]] = [([value], 0)]
    while pending:
        items, depth = pending.pop()
        if items and depth >= MAX_DEPTH:
            raise BadDocument(Problem("documents.too_deep", {"limit": MAX_DEPTH}))
        for item in items:
            if isinstance(item, dict):
                pending.append((list(item.values()), depth + 1))
            elif isinstance(item, list):
                pending.append((item, depth + 1))
            elif isinstance(item, int) and abs(item) > MAX_INTEGER:
                shown = str(item)[:24]
                raise BadDocument(Problem("documents.integer_too_large", {"value": shown}))
