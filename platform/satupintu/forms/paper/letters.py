"""Which letters the shipped fonts can print, and what is written for those they cannot.

Nothing that a person wrote is lost in silence: a letter without a drawing becomes its number
(``[U+738B]``), and the last page says so.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
SUFFIXES = (".otf", ".ttf")

JOINERS = frozenset("\u200c\u200d")
"""Invisible letters that some scripts are written with; every other one is left out."""

BREAK = "\u200b"
"""Where a line may end: a word longer than a line would run over the edge of the paper."""

RUN = 22
"""Letters after which a word that has no place to break gets one."""

ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
WIDE = re.compile("[\ufdf0-\ufdff]")
"""Letters that are words or sentences in one drawing, some half as wide as a line."""

LONG = re.compile(rf"\S{{{RUN + 1}}}")


def printable(text: str) -> tuple[str, bool]:
    """Return a text as the fonts can print it, and whether letters had to be written as numbers.

    Line ends become LF, invisible letters go, and a word too long for a line may break.
    """
    plain = ENDS.sub("\n", text).replace("\t", " ")
    if plain.replace("\n", "").isascii() and plain.replace("\n", "").isprintable():
        return _breakable(plain, plain), False
    units: list[str] = []
    numbered = False
    for cluster in _clusters(plain):
        if cluster == "\n" or _drawn(cluster):
            units.append(cluster)
        else:
            numbered = True
            units += (f"[U+{ord(letter):04X}]" for letter in cluster)
    return _breakable("".join(units), units), numbered


@cache
def families() -> tuple[frozenset[int], ...]:
    """Return the code points that each shipped family draws in all of its weights."""
    found: dict[str, frozenset[int]] = {}
    for path in sorted(FONTS.iterdir()):
        if path.suffix in SUFFIXES:
            family, points = path.stem.partition("-")[0], frozenset(code_points(path.read_bytes()))
            found[family] = found.get(family, points) & points
    return tuple(found.values())


def code_points(font: bytes) -> Iterator[int]:
    """Yield the code points that an OpenType font has a drawing for, as its ``cmap`` says."""
    count = struct.unpack_from(">H", font, 4)[0]
    tables = (struct.unpack_from(">4sIII", font, 12 + 16 * n) for n in range(count))
    start = next(offset for tag, _, offset, _ in tables if tag == b"cmap")
    for n in range(struct.unpack_from(">H", font, start + 2)[0]):
        table = start + struct.unpack_from(">HHI", font, start + 4 + 8 * n)[2]
        match struct.unpack_from(">H", font, table)[0]:
            case 4:
                yield from _segments(font, table)
            case 12:
                yield from _groups(font, table)


def _segments(font: bytes, table: int) -> Iterator[int]:
    """Yield the code points of a subtable of format 4."""
    double = struct.unpack_from(">H", font, table + 6)[0]
    half = double // 2
    ends = struct.unpack_from(f">{half}H", font, table + 14)
    starts = struct.unpack_from(f">{half}H", font, table + 16 + double)
    deltas = struct.unpack_from(f">{half}H", font, table + 16 + 2 * double)
    ranges = table + 16 + 3 * double
    offsets = struct.unpack_from(f">{half}H", font, ranges)
    for n, (first, last) in enumerate(zip(starts, ends, strict=True)):
        for point in range(first, min(last, 0xFFFE) + 1):
            glyph = point
            if offsets[n]:
                place = ranges + 2 * n + offsets[n] + 2 * (point - first)
                glyph = struct.unpack_from(">H", font, place)[0]
                if not glyph:
                    continue
            if (glyph + deltas[n]) & 0xFFFF:
                yield point


def _groups(font: bytes, table: int) -> Iterator[int]:
    """Yield the code points of a subtable of format 12."""
    for n in range(struct.unpack_from(">I", font, table + 12)[0]):
        first, last, glyph = struct.unpack_from(">III", font, table + 16 + 12 * n)
        yield from (p for p in range(first, last + 1) if glyph + p - first)


def _clusters(text: str) -> Iterator[str]:
    """Yield each letter with the marks on it; what is invisible is left out."""
    cluster = ""
    for letter in text:
        category = unicodedata.category(letter)
        if letter == "\n" or (category[0] != "C" and category[0] != "M"):
            if cluster:
                yield cluster
            cluster = letter
        elif category[0] == "M" or letter in JOINERS:
            cluster += letter
        elif category in ("Co", "Cn"):  # for private use, or of a newer Unicode: no invisible one
            if cluster:
                yield cluster
            cluster = letter
    if cluster:
        yield cluster


def _drawn(cluster: str) -> bool:
    """Tell whether one family has a drawing for all of a cluster, so that it is set as one."""
    points = {ord(letter) for letter in cluster if letter not in JOINERS}
    return any(points <= family for family in families()) and cluster[0] not in JOINERS


def _breakable(text: str, units: Iterable[str]) -> str:
    if LONG.search(text) is None and WIDE.search(text) is None:
        return text
    made: list[str] = []
    length = 0
    for unit in units:
        width = RUN if WIDE.match(unit) else len(unit)
        length = 0 if unit.isspace() else length + width
        if length > RUN:
            made.append(BREAK)
            length = width
        made.append(unit)
    return "".join(made)
