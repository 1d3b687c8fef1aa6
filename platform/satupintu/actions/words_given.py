"""The words that a person gives with an act: why they did it, or what they noted."""

from __future__ import annotations

from satupintu.errors import BadAnswers, Problem

LONGEST = 4_000


def given(text: str, needed: str = "cases.reason_needed", pointer: str = "/reason") -> str:
    """Return what was written. Raises BadAnswers with the sentence ``needed`` where nothing was."""
    found = text.strip()
    if not found:
        raise BadAnswers(Problem(needed, pointer=pointer))
    if len(found) > LONGEST:
        raise BadAnswers(Problem("staff.too_long", {"limit": LONGEST}, pointer))
    return found
