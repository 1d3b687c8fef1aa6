"""Pictures made anew from their pixels: nothing else of the file that came is kept.

Where a picture was taken, when and with which telephone stands beside its pixels (EXIF, XMP, IPTC,
comments, a preview, whatever follows its end), so none of that is copied.
"""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass
from threading import Lock
from typing import Literal

from PIL import Image, UnidentifiedImageError

from satupintu.forms.exif import bare, orientation

LONGEST_SIDE = 2560
"""How many pixels the longer side keeps where its question does not say."""

MOST_PIXELS = {"JPEG": 80_000_000, "PNG": 40_000_000, "WEBP": 40_000_000}
"""What is decoded at all: a JPEG can be read at a fraction of its size, the others cannot."""

FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}

Unfit = Literal["broken", "too_many_pixels", "moves"]
"""Why a picture cannot be made anew."""

_ONE_AT_A_TIME = Lock()
"""A picture takes up to some 250 MB while it is open; many at once must not fill the memory."""

_BROKEN = (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, struct.error)
_BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)


@dataclass(frozen=True)
class Picture:
    """A picture made anew: JPEG, or PNG where it was one or shines through."""

    data: bytes
    media_type: str


def made_anew(data: bytes, media_type: str, longest_side: int) -> Picture | Unfit:
    """Return a picture from the pixels alone, upright, at most ``longest_side`` pixels long.

    What is broken, of too many pixels or moves is refused before its pixels are read.
    """
    format, exif = FORMATS[media_type], b""
    if format == "JPEG":
        data, exif = bare(data)
    try:
        with _ONE_AT_A_TIME, Image.open(io.BytesIO(data), formats=(format,)) as found:
            if found.width * found.height > MOST_PIXELS[format]:
                return "too_many_pixels"
            if getattr(found, "n_frames", 1) > 1:
                return "moves"
            turn = _TURNS.get(orientation(exif or found.info.get("exif", b"")))
            return _written(_upright(found, longest_side, turn), media_type)
    except _BOMBS:
        return "too_many_pixels"
    except _BROKEN:
        return "broken"


def _upright(found: Image.Image, longest_side: int, turn: Image.Transpose | None) -> Image.Image:
    """Return the pixels as they are meant to be seen, no larger than they may be."""
    if found.format == "JPEG":
        found.draft(None, (longest_side, longest_side))
    found.load()
    see_through = found.mode in ("RGBA", "LA", "PA") or "transparency" in found.info
    mode = "RGBA" if see_through else "L" if found.mode in ("L", "1") else "RGB"
    # A new picture, as saving some formats copies what stands beside the pixels of an opened one.
    plain = Image.new(mode, found.size)
    plain.paste(found.convert(mode))
    plain.thumbnail((longest_side, longest_side), Image.Resampling.LANCZOS)
    return plain if turn is None else plain.transpose(turn)


_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What each orientation of EXIF asks for."""


def _written(plain: Image.Image, media_type: str) -> Picture:
    written = io.BytesIO()
    if media_type == "image/png" or plain.mode == "RGBA":
        plain.save(written, "PNG")
        return Picture(written.getvalue(), "image/png")
    plain.save(written, "JPEG", quality=85)
    return Picture(written.getvalue(), "image/jpeg")
