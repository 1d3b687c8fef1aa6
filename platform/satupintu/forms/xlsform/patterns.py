"""Patterns of whole answers: ODK's ``regex`` wants all of an answer, JSON Schema any part of it."""

from __future__ import annotations

import re

BEFORE, AFTER = r"^[\s\S]*(?:", r")[\s\S]*$"


def is_whole(pattern: str) -> bool:
    """Tell whether a pattern surely begins and ends with its answer."""
    plain = re.sub(r"\\.|\[\^?\]?[^\]]*\]", "x", pattern, flags=re.DOTALL)
    if not (plain.startswith("^") and plain.endswith("$")):
        return False
    depth = 0
    for letter in plain:
        depth += (letter == "(") - (letter == ")")
        if letter == "|" and depth == 0:
            return False
    return True


def anchored(pattern: str) -> str:
    """Return what finds in an answer what ODK's ``regex`` matches all of."""
    return pattern if is_whole(pattern) else f"^(?:{pattern})$"


def widened(pattern: str) -> str:
    """Return what matches all of an answer that has a part which a pattern finds."""
    return pattern if is_whole(pattern) else f"{BEFORE}{pattern}{AFTER}"


def found_in(pattern: str) -> str | None:
    """Return what ``widened`` was given; None where a pattern is not of its making."""
    inner = pattern.removeprefix(BEFORE).removesuffix(AFTER)
    return inner if pattern == f"{BEFORE}{inner}{AFTER}" and not is_whole(inner) else None
