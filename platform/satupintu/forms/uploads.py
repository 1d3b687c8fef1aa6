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
from satupintu.forms import pdf
from satupintu.forms.pictures import FORMATS, LONGEST_SIDE, Picture, made_anew

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


@dataclass(frozen=True)
class Limits:
    """What one question takes: media types, size of a file in MB, and how many pixels the longer
    side of a picture keeps.
    """

    accepted: tuple[str, ...]
    megabytes: int = MEGABYTES
    longest_side: int = LONGEST_SIDE


def accept(file: File, limits: Limits, pointer: str = "") -> Upload | Problem:
    """Return the file, or what to do where it is empty, too large, of another type, locked, broken
    or two types at once.

    A picture is made anew from its pixels, so its media type and size are those of the new one.
    """
    file.stream.seek(0)  # a page may be read more than once, until what it asks is settled
    data = file.stream.read(limits.megabytes * 1024 * 1024 + 1)
    if not data:
        return Problem("questions.file_empty", pointer=pointer)
    if len(data) > limits.megabytes * 1024 * 1024:
        return Problem("questions.file_too_large", {"limit": limits.megabytes}, pointer)
    media_type = content_type(data)
    if media_type is None or media_type not in limits.accepted:
        types = {"types": names_of(limits.accepted)}
        return Problem(f"questions.{_why_not(data)}", types, pointer)
    if media_type == "application/pdf" and pdf.is_locked(data):
        return Problem("questions.file_locked", pointer=pointer)
    if hides_another(data, media_type):
        return Problem("questions.file_not_clean", pointer=pointer)
    if media_type in FORMATS:
        anew = made_anew(data, media_type, limits.longest_side)
        if not isinstance(anew, Picture):
            return Problem(f"questions.picture_{anew}", pointer=pointer)
        data, media_type = anew.data, anew.media_type
    return Upload(str(uuid4()), data, media_type, clean_name(file.filename or "", media_type))


def _why_not(data: bytes) -> str:
    """Return what to say of content of no accepted type; what telephones often send has its own."""
    if data[4:8] == b"ftyp" and data[8:12] in HEIF:
        return "file_heic"
    return "file_wrong_type"


HEIF = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"hevx", b"mif1", b"msf1", b"avif")
"""Brands of the picture formats of newer telephones, which few others can open."""


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
            return True  # whether all of its pixels came is told when they are read
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


def _webp(data: bytes) -> bool:
    """Tell whether the chunks of a WebP fill it exactly, and one of them is its picture."""
    at, kinds = 12, []
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        return False
    if int.from_bytes(data[4:8], "little") + 8 != len(data):
        return False
    while at + 8 <= len(data):
        length = int.from_bytes(data[at + 4 : at + 8], "little")
        kinds.append(data[at : at + 4])
        at += 8 + length + length % 2
    return at == len(data) and any(kind in (b"VP8 ", b"VP8L", b"ANMF") for kind in kinds)


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
    "image/webp": (".webp", _webp),
    "application/pdf": (".pdf", pdf.is_whole),
    "video/mp4": (".mp4", _mp4),
    "audio/mpeg": (".mp3", _mp3),
}
"""The types that can be told from their content: file name ending, and the check of the whole."""

# What no sound, film or document holds, but a file made to be read as two types does.
FOREIGN = re.compile(rb"<script|<\?php|<html|<!doctype html|<svg xmlns|javascript:", re.IGNORECASE)


def hides_another(data: bytes, media_type: str) -> bool:
    """Return whether the content could also be read as a page, an archive or a program.

    Words of another language in a picture are no matter: they are not among its pixels.
    """
    if _ends_as_archive(data):
        return True
    if media_type == "application/pdf":
        return pdf.can_act(data) or FOREIGN.search(data) is not None
    if b"%PDF-" in data:
        return True
    return media_type not in FORMATS and FOREIGN.search(data) is not None


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
    name = plain_name(name)
    ending = RECOGNISED[media_type][0]
    known = (*(e for e, _ in RECOGNISED.values()), ".jpeg")
    stem = next((name[: -len(e)] for e in known if name.lower().endswith(e)), name)
    return (stem[:LONGEST_NAME].strip(" .") or "berkas") + ending


def plain_name(name: str) -> str:
    """Return a file name without folders, control or direction characters, ending as it came."""
    name = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    name = "".join(c for c in name if unicodedata.category(c)[0] not in "CZ" or c == " ")
    return re.sub(r'[<>:"|?*;]', "", name).strip(" .")


def names_of(media_types: tuple[str, ...]) -> str:
    """Return media types as people call them: ``JPG, PNG, PDF``."""
    known = (RECOGNISED[m][0][1:].upper() if m in RECOGNISED else m for m in media_types)
    return ", ".join(known)
