"""Files that people attach: accepted by what they contain, never by what they call themselves."""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import IO, Protocol
from uuid import uuid4

import puremagic

from satupintu.errors import Problem

MEGABYTES = 10
"""How large a file may be where its question does not say."""

LONGEST_NAME = 100


class File(Protocol):
    """One posted file, as Werkzeug's FileStorage keeps it."""

    @property
    def filename(self) -> str | None:
        """Return the name the browser gave it."""
        ...

    @property
    def stream(self) -> IO[bytes]:
        """Return its content."""
        ...


@dataclass(frozen=True)
class Upload:
    """One accepted file; ``id`` stands in the answers, ``media_type`` is what the content is."""

    id: str
    data: bytes
    media_type: str
    name: str


def accept(
    file: File, accepted: tuple[str, ...], megabytes: int, pointer: str = ""
) -> Upload | Problem:
    """Return the file, or what to do where it is empty, too large, of another type or two types at
    once.
    """
    limit = megabytes * 1024 * 1024
    file.stream.seek(0)  # a page may be read more than once, until what it asks is settled
    data = file.stream.read(limit + 1)
    if not data:
        return Problem("questions.file_empty", pointer=pointer)
    if len(data) > limit:
        return Problem("questions.file_too_large", {"limit": megabytes}, pointer)
    media_type = content_type(data)
    if media_type is None or media_type not in accepted:
        return Problem("questions.file_wrong_type", {"types": names_of(accepted)}, pointer)
    if hides_another(data, media_type):
        return Problem("questions.file_not_clean", pointer=pointer)
    return Upload(str(uuid4()), data, media_type, clean_name(file.filename or "", media_type))


def content_type(data: bytes) -> str | None:
    """Return the media type whose whole structure the content has and puremagic does not
    contradict.
    """
    for media_type, (_, whole) in RECOGNISED.items():
        if whole(data):
            return media_type if _agrees(data, media_type) else None
    return None


def _agrees(data: bytes, media_type: str) -> bool:
    try:
        found = puremagic.magic_string(data[:65536])
    except puremagic.PureError:
        return media_type == "audio/mpeg"  # a bare stream of frames has no signature to find
    family = media_type.partition("/")[0]
    return any(m.mime_type == media_type or m.mime_type.partition("/")[0] == family for m in found)


# What each type's content must have, from the first byte to the last.


def _jpeg(data: bytes) -> bool:
    at = 2
    if data[:3] != b"\xff\xd8\xff":
        return False
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if marker == 0xFF:
            at += 1
            continue
        if marker == 0xDA:
            return b"\xff\xd9" in data[at:]
        if length < 2 or marker in (0x00, 0xD8, 0xD9):
            return False
        at += 2 + length
    return False


def _png(data: bytes) -> bool:
    at, first = 8, True
    if data[:8] != b"\x89PNG\r\n\x1a\n":
        return False
    while at + 12 <= len(data):
        length, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        end = at + 12 + length
        if end > len(data) or (first and kind != b"IHDR"):
            return False
        if zlib.crc32(data[at + 4 : end - 4]) != int.from_bytes(data[end - 4 : end], "big"):
            return False
        if kind == b"IEND":
            return end == len(data)
        at, first = end, False
    return False


def _pdf(data: bytes) -> bool:
    return re.match(rb"%PDF-[12]\.[0-9]", data) is not None and b"%%EOF" in data[-1024:]


def _mp3(data: bytes) -> bool:
    at = 0
    if data[:3] == b"ID3" and len(data) > 10:
        size = 0
        for byte in data[6:10]:
            size = (size << 7) | (byte & 0x7F)
        at = 10 + size
        while at < len(data) and data[at] == 0:
            at += 1
    lengths = []
    for _ in range(2):
        length = _mp3_frame(data[at : at + 4])
        if not length:
            return False
        lengths.append(length)
        at += length
        if at >= len(data):
            break
    return bool(lengths)


def _mp3_frame(head: bytes) -> int:
    """Return the length in bytes of the MPEG audio frame (layer III) that starts with ``head``,
    else 0.
    """
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2 or head[1] & 0x18 == 0x08:
        return 0
    first = head[1] & 0x18 == 0x18
    rates = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0) if first else (
        0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0)  # fmt: skip
    kilobits = rates[head[2] >> 4]
    sampling = (44100, 48000, 32000, 0)[(head[2] >> 2) & 3]
    if not kilobits or not sampling:
        return 0
    sampling //= 1 if first else 2 if head[1] & 0x18 == 0x10 else 4
    return (144 if first else 72) * kilobits * 1000 // sampling + ((head[2] >> 1) & 1)


def _mp4(data: bytes) -> bool:
    at, kinds = 0, []
    while at + 8 <= len(data):
        size, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        if size == 1 and at + 16 <= len(data):
            size = int.from_bytes(data[at + 8 : at + 16], "big")
        elif size == 0:
            size = len(data) - at
        if size < 8:
            return False
        kinds.append(kind)
        at += size
    return at == len(data) and kinds[:1] == [b"ftyp"] and b"moov" in kinds


RECOGNISED: Mapping[str, tuple[str, Callable[[bytes], bool]]] = {
    "image/jpeg": (".jpg", _jpeg),
    "image/png": (".png", _png),
    "application/pdf": (".pdf", _pdf),
    "video/mp4": (".mp4", _mp4),
    "audio/mpeg": (".mp3", _mp3),
}
"""The types that can be told from their content: file name ending, and the check of the whole."""

# What no picture, sound or film holds, but a file made to be read as two types does.
FOREIGN = re.compile(rb"<script|<\?php|<html|<!doctype html|<svg xmlns|javascript:", re.IGNORECASE)
ACTIVE_PDF = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA)\b")


def hides_another(data: bytes, media_type: str) -> bool:
    """Return whether the content could also be read as a page, an archive or a program."""
    if _ends_as_archive(data):
        return True
    if media_type == "application/pdf":
        named = re.sub(rb"#([0-9A-Fa-f]{2})", lambda m: bytes([int(m[1], 16)]), data)
        return ACTIVE_PDF.search(named) is not None or FOREIGN.search(data) is not None
    return b"%PDF-" in data or FOREIGN.search(data) is not None


def _ends_as_archive(data: bytes) -> bool:
    at = data.rfind(b"PK\x05\x06", max(0, len(data) - 65557))
    if at < 0 or at + 22 > len(data):
        return False
    directory = int.from_bytes(data[at + 12 : at + 16], "little")
    return directory <= at and (
        directory == 0 or b"PK\x01\x02" in data[max(0, at - directory) : at]
    )


# Names.


def clean_name(name: str, media_type: str) -> str:
    """Return a file name without folders, control or direction characters, with its type's own
    ending.
    """
    name = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    name = "".join(c for c in name if unicodedata.category(c)[0] not in "CZ" or c == " ")
    name = re.sub(r'[<>:"|?*;]', "", name).strip(" .")
    ending = RECOGNISED[media_type][0]
    stem = name[: -len(ending)] if name.lower().endswith(ending) else name
    return (stem[:LONGEST_NAME].strip(" .") or "berkas") + ending


def names_of(media_types: tuple[str, ...]) -> str:
    """Return media types as people call them: ``JPG, PNG, PDF``."""
    known = (RECOGNISED[m][0][1:].upper() if m in RECOGNISED else m for m in media_types)
    return ", ".join(known)
