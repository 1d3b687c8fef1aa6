"""The nearest right name, so that a slip of the pen names its own correction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

MAX_SHOWN = 60


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """Return the choice that looks most like ``word``, or None where none is near."""
    if len(word) > MAX_SHOWN:  # comparing costs the square of the length, and no name is that long
        return None
    found = get_close_matches(word, choices, n=1, cutoff=0.6)
    return found[0] if found else None


def shown(word: str) -> str:
    """Return ``word`` short enough to stand in a sentence."""
    return word if len(word) <= MAX_SHOWN else word[: MAX_SHOWN - 1] + "…"


def or_nearest(key: str, name: str, choices: Iterable[str]) -> tuple[str, Mapping[str, object]]:
    """Return the catalogue key and parameters that say ``name`` is unknown, and what is near."""
    found = nearest(name, choices)
    if found is None:
        return key, {"name": shown(name)}
    return f"{key}_nearest", {"name": shown(name), "nearest": found}
