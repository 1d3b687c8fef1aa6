"""What a PDF holds besides its pages: programs, other files, a lock."""

from __future__ import annotations

import re
import zlib

ACTIVE = re.compile(
    rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|GoToE|ImportData)(?![A-Za-z0-9_])"
)
_LOCKED = re.compile(rb"/Encrypt(?![A-Za-z0-9_])")
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_OBJECTS = re.compile(rb"/ObjStm(?![A-Za-z0-9_])")
_LIKE_OBJECTS = re.compile(rb"\s*[0-9]+\s+[0-9]+\s")
"""How packed objects begin, whatever their dictionary says: with a number and its place."""

_OBJECT = re.compile(rb"[0-9](?:\s|%[^\r\n]{0,80}[\r\n])+obj")
_OWN_PACKING = re.compile(rb"/(?!Flate|Fl\b)[A-Za-z0-9]+Decode|/DecodeParms")
DICTIONARY = 2048
"""Bytes before a stream in which its dictionary is looked for."""

MOST_STREAMS, MOST_OBJECTS, MOST_UNPACKED = 20_000, 2_000, 64 * 1024 * 1024
"""Bounds of what is looked through: streams, those of packed objects, bytes of these; no plain
document has as many."""


def is_whole(data: bytes) -> bool:
    """Tell whether content begins and ends as a PDF."""
    return re.match(rb"%PDF-[12]\.[0-9]", data) is not None and b"%%EOF" in data[-1024:]


def is_locked(data: bytes) -> bool:
    """Tell whether a PDF is locked: nobody could look into it, with a password or without."""
    return _LOCKED.search(_named(data)) is not None


def can_act(data: bytes) -> bool:
    """Tell whether a PDF holds a program or another file, or what cannot be looked through."""
    if ACTIVE.search(_named(_written_out(data))):
        return True
    room, packed = MOST_UNPACKED, 0
    for number, stream in enumerate(_STREAM.finditer(data)):
        if number >= MOST_STREAMS or packed >= MOST_OBJECTS or room <= 0:
            return True
        before = data[max(0, stream.start() - DICTIONARY) : stream.start()]
        dictionary = _named(before[max(0, before.rfind(b" obj")) :])
        listed = _OBJECTS.search(dictionary) is not None
        start = stream.end()
        if not listed and not _LIKE_OBJECTS.match(_unpacked(data[start : start + 512], 64) or b""):
            continue
        packed += 1
        objects = _objects(data, start, dictionary, room)
        if listed if objects is None else ACTIVE.search(_named(objects)):
            return True
        room -= len(objects or b"")
    return False


def _written_out(data: bytes) -> bytes:
    """Return what is written in the open: all but streams, in whose noise every short word occurs.

    A stream in which an object begins is kept, as a reader can be led into the middle of one.
    """
    kept, at = [], 0
    for stream in _STREAM.finditer(data):
        end = data.find(b"endstream", stream.end())
        if end < 0:
            break
        if stream.start() >= at and not _OBJECT.search(data, stream.end(), end):
            kept.append(data[at : stream.end()])
            at = end
    return b"".join((*kept, data[at:]))


def _objects(data: bytes, start: int, dictionary: bytes, room: int) -> bytes | None:
    """Return packed objects as they are read, None where they are packed in a way of their own."""
    end = data.find(b"endstream", start)
    if end < 0 or _OWN_PACKING.search(dictionary):
        return None
    if b"/Filter" not in dictionary and b"/F" not in dictionary:
        return data[start:end]
    return _unpacked(data[start:end], room, whole=True)


def _unpacked(packed: bytes, most: int, *, whole: bool = False) -> bytes | None:
    """Return up to ``most`` bytes of what was packed; None where it is not, or ends too early."""
    unpacking = zlib.decompressobj()
    try:
        plain = unpacking.decompress(packed, most)
    except zlib.error:
        return None
    return plain if unpacking.eof or not whole else None


def _named(data: bytes) -> bytes:
    """Return content with its names spelled out: ``/J#61vaScript`` is ``/JavaScript``."""
    return re.sub(rb"#([0-9A-Fa-f]{2})", lambda m: bytes([int(m[1], 16)]), data)
