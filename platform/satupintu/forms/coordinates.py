"""A place on the earth as people write or paste it, read into plain decimal degrees.

Decimal degrees with a point or a comma, degrees with minutes and seconds, letters for the four
winds in Indonesian or English, a ``geo:`` address, and the links that map services give. Nothing is
ever fetched: a short link that only its own service can open holds no place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlsplit

DECIMALS = 6
"""Of a degree: about a tenth of a metre, more than any phone knows."""

LONGEST = 2000

LATITUDE, LONGITUDE = 90, 180

SOUTH_OR_WEST = frozenset({"S", "LS", "W", "BB"})
NORTH_OR_SOUTH = frozenset({"N", "S", "LU", "LS"})

_NUMBER = r"\d{1,3}(?:[.,]\d{1,20})?"
_ANGLE = (
    rf"(?P<sign>[-−–+])?(?P<degrees>{_NUMBER})\s*"
    rf"(?:[°º]\s*(?:(?P<minutes>{_NUMBER})\s*['’′]\s*(?:(?P<seconds>{_NUMBER})\s*(?:[\"”″]|'')\s*)?)?)?"
)
_WIND = r"(?P<wind>LU|LS|BT|BB|[NSEW])"


def _numbered(pattern: str, number: int) -> str:
    return re.sub(r"\(\?P<(\w+)>", rf"(?P<\g<1>{number}>", pattern)


def _pair(angle: str) -> re.Pattern[str]:
    between = r"(?:\s*[,;/]\s*|\s+|(?<=[A-Z°'\"”″]))"
    return re.compile(_numbered(angle, 1) + between + _numbered(angle, 2))


_WRITTEN = (_pair(_ANGLE), _pair(rf"{_ANGLE}\s*{_WIND}"), _pair(rf"{_WIND}\s*{_ANGLE}"))
_AMBIGUOUS = re.compile(r"[-−–+]?\d+,\d+")
"""One number with a comma, or two without a fraction: nobody can tell."""

_DECIMALS = r"(-?\d{1,3}(?:\.\d{1,20})?)"
_IN_LINKS = (
    re.compile(rf"!3d{_DECIMALS}!4d{_DECIMALS}"),
    re.compile(rf"@{_DECIMALS},{_DECIMALS}"),
    re.compile(rf"#map=\d+(?:\.\d+)?/{_DECIMALS}/{_DECIMALS}"),
    re.compile(rf"/{_DECIMALS},\+?\s*{_DECIMALS}(?:[/?]|$)"),
)
_PAIRS = (("mlat", "mlon"), ("lat", "lon"), ("lat", "lng"))
_NAMES = ("q", "query", "ll", "center", "destination", "daddr", "cp")


@dataclass(frozen=True)
class Coordinates:
    """Degrees, north and east of zero positive, rounded to ``DECIMALS``."""

    lat: float
    lon: float


def coordinates(text: str) -> Coordinates | None:
    """Return the place that a text says, None where it says none or more than one."""
    text = " ".join(text[:LONGEST].split())
    if is_link(text):
        return next(_in_link(unquote(text)), None)
    geo = re.match(rf"geo:\s*{_DECIMALS},{_DECIMALS}(?:[,;?]|$)", text, re.IGNORECASE)
    if geo is not None:
        return _place(float(geo[1]), float(geo[2]))
    if _AMBIGUOUS.fullmatch(text):
        return None
    for written in _WRITTEN:
        found = written.fullmatch(text.upper())
        if found is not None:
            return _read(found)
    return None


def is_link(text: str) -> bool:
    """Return whether a text is a link to a page."""
    return re.match("https?://", text.strip(), re.IGNORECASE) is not None


def written(place: Coordinates) -> str:
    """Return a place as text: latitude first, as map services take it."""
    return f"{_plain(place.lat)}, {_plain(place.lon)}"


def _plain(degrees: float) -> str:
    return f"{degrees:.{DECIMALS}f}".rstrip("0").rstrip(".")


def _read(found: re.Match[str]) -> Coordinates | None:
    one, other = (_angle(found, number) for number in (1, 2))
    if one is None or other is None:
        return None
    winds = [found.groupdict().get(f"wind{number}") for number in (1, 2)]
    if winds[0] is None:
        # A latitude has no more than ninety degrees: written the other way round, it still is one.
        return _place(other, one) if abs(one) > LATITUDE else _place(one, other)
    upright = [wind in NORTH_OR_SOUTH for wind in winds]
    if upright[0] == upright[1]:
        return None
    return _place(one, other) if upright[0] else _place(other, one)


def _angle(found: re.Match[str], number: int) -> float | None:
    said = {name: found.groupdict().get(f"{name}{number}") for name in ("sign", "wind")}
    degrees, minutes, seconds = (
        float((found[f"{name}{number}"] or "0").replace(",", "."))
        for name in ("degrees", "minutes", "seconds")
    )
    if minutes >= 60 or seconds >= 60 or (said["sign"] and said["wind"]):
        return None
    size = degrees + minutes / 60 + seconds / 3600
    below = said["wind"] in SOUTH_OR_WEST or said["sign"] in ("-", "−", "–")
    return -size if below else size


def _in_link(text: str) -> Iterator[Coordinates]:
    try:
        parts = urlsplit(text)
    except ValueError:  # a bracket that no address has
        return
    said = dict(parse_qsl(parts.query))
    pairs = [f"{said[a]},{said[b]}" for a, b in _PAIRS if a in said and b in said]
    for value in (*pairs, *(said[name] for name in _NAMES if name in said)):
        found = re.fullmatch(rf"(?:loc:)?\s*{_DECIMALS}\s*[,~]\s*{_DECIMALS}", value)
        if found is not None and (place := _place(float(found[1]), float(found[2]))):
            yield place
    for pattern in _IN_LINKS:
        at = pattern.search(text)
        if at is not None and (place := _place(float(at[1]), float(at[2]))):
            yield place


def _place(lat: float, lon: float) -> Coordinates | None:
    if abs(lat) > LATITUDE or abs(lon) > LONGITUDE:
        return None
    return Coordinates(round(lat, DECIMALS) + 0.0, round(lon, DECIMALS) + 0.0)
