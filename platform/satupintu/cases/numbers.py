"""Case numbers by the service's pattern, written and read back as people type them."""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache
from string import Formatter
from zoneinfo import ZoneInfo

_SEPARATORS = re.compile(r"[ ./_-]+")


def year_of(moment: datetime, zone: ZoneInfo) -> int:
    """Return the year that a case is counted in: the one on the service's own wall."""
    return moment.astimezone(zone).year


def written(pattern: str, year: int, number: int) -> str:
    """Return the number as people see it: ``PPA-{year}-{number:05d}`` gives "PPA-2026-00142".

    ``agencies.service`` has checked the pattern; a number wider than its place just gets longer.
    """
    if number < 1:
        raise ValueError(f"case numbers count from 1, not {number}")
    return pattern.format(year=f"{year:04d}", number=number)


def read(pattern: str, typed: str) -> tuple[int, int] | None:
    """Return year and number of what a person typed, or None where it is no case number.

    Upper and lower case, leading zeros and the kind of separator do not matter: "ppa 2026 142".
    """
    found = _expression(pattern).fullmatch(typed.strip())
    if found is None or int(found["number"]) < 1:
        return None
    return int(found["year"]), int(found["number"])


@cache
def _expression(pattern: str) -> re.Pattern[str]:
    parts = []
    for text, name, _, _ in Formatter().parse(pattern):
        parts.append(r"[ ./_-]*".join(re.escape(word) for word in _SEPARATORS.split(text)))
        if name is not None:
            parts.append(r"(?P<year>[0-9]{4})" if name == "year" else r"(?P<number>[0-9]{1,12})")
    return re.compile("".join(parts), re.IGNORECASE | re.ASCII)
