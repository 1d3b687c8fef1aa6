"""What stands beside a JPEG's pixels: left out before it is opened, but for which way is up."""

from __future__ import annotations

ORIENTATION = 0x0112
APP0, APP1, APP14, LAST_APP, COMMENT, SCAN = 0xE0, 0xE1, 0xEE, 0xEF, 0xFE, 0xDA
NEEDED = (APP0, APP14)
"""Application segments that a decoder reads: JFIF, and Adobe's word on how colours are kept."""


def bare(jpeg: bytes) -> tuple[bytes, bytes]:
    """Return a JPEG without place, time, preview, colour profile or comments, and its EXIF."""
    kept, exif, at = [jpeg[:2]], b"", 2
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF and jpeg[at + 1] != SCAN:
        marker = jpeg[at + 1]
        if marker == 0xFF:  # a filling
            at += 1
            continue
        end = at + 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
        aside = marker == COMMENT or (APP0 <= marker <= LAST_APP and marker not in NEEDED)
        if not aside:
            kept.append(jpeg[at:end])
        elif marker == APP1 and jpeg[at + 4 : at + 10] == b"Exif\0\0":
            exif = exif or jpeg[at + 4 : end]
        at = end
    return b"".join((*kept, jpeg[at:])), exif


def orientation(exif: bytes) -> int:
    """Return how a picture is to be turned, 1 to 8 as EXIF counts; 1, upright, where it is silent.

    A telephone that writes EXIF badly takes good pictures all the same, so nothing here fails.
    """
    tiff = exif.removeprefix(b"Exif\0\0")
    if tiff[:4] not in (b"MM\0*", b"II*\0"):
        return 1

    def number(at: int, size: int) -> int:
        return int.from_bytes(tiff[at : at + size], "big" if tiff[:2] == b"MM" else "little")

    start = number(4, 4)
    for entry in range(start + 2, start + 2 + 12 * min(number(start, 2), 200), 12):
        if number(entry, 2) == ORIENTATION:
            found = number(entry + 8, 2)
            return found if 1 <= found <= 8 else 1
    return 1
