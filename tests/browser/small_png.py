"""A screenshot with at most 256 colours: a third of its size, and nobody sees the difference."""

from __future__ import annotations

import struct
import zlib
from collections import Counter
from collections.abc import Iterator

SIGNATURE = b"\x89PNG\r\n\x1a\n"
MOST = 256
CHANNELS = {2: 3, 6: 4}
"""Bytes of a pixel by PNG's colour type: with 8 bits each, without or with transparency."""

Colour = bytes


def smaller(png: bytes) -> bytes:
    """Return the picture with a palette: its most frequent colours, the others as the nearest."""
    width, height, rows = _pixels(png)
    counted = Counter(colour for row in rows for colour in row)
    palette = [colour for colour, _ in counted.most_common(MOST)]
    place = {colour: n for n, colour in enumerate(palette)}
    for colour in counted.keys() - place.keys():
        place[colour] = min(range(len(palette)), key=lambda n: _apart(colour, palette[n]))
    lines = b"".join(b"\0" + bytes(place[colour] for colour in row) for row in rows)
    return b"".join(
        [
            SIGNATURE,
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
            _chunk(b"PLTE", b"".join(palette)),
            _chunk(b"IDAT", zlib.compress(lines, 9)),
            _chunk(b"IEND", b""),
        ]
    )


def _apart(one: Colour, other: Colour) -> int:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(SIGNATURE)
    while at < len(png):
        (length,) = struct.unpack_from(">I", png, at)
        yield png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        at += length + 12


def _pixels(png: bytes) -> tuple[int, int, list[list[Colour]]]:
    """Return width, height and the colours of each row (PNG, section 9: filters undone)."""
    found = list(_chunks(png))
    width, height, depth, kind = struct.unpack_from(">IIBB", dict(found)[b"IHDR"])
    assert depth == 8
    step = CHANNELS[kind]
    raw = zlib.decompress(b"".join(data for name, data in found if name == b"IDAT"))
    size = width * step
    above, rows = bytes(size), []
    for start in range(0, height * (size + 1), size + 1):
        row = _unfiltered(raw[start], bytearray(raw[start + 1 : start + 1 + size]), above, step)
        rows.append([bytes(row[x : x + 3]) for x in range(0, size, step)])
        above = bytes(row)
    return width, height, rows


def _unfiltered(kind: int, row: bytearray, above: bytes, step: int) -> bytearray:
    for x in range(len(row) if kind else 0):
        left = row[x - step] if x >= step else 0
        corner = above[x - step] if x >= step else 0
        match kind:
            case 1:
                guess = left
            case 2:
                guess = above[x]
            case 3:
                guess = (left + above[x]) // 2
            case _:
                guess = _paeth(left, above[x], corner)
        row[x] = (row[x] + guess) & 255
    return row


def _paeth(left: int, above: int, corner: int) -> int:
    guess = left + above - corner
    return min((left, above, corner), key=lambda value: abs(guess - value))
