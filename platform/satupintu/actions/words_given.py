"""The words that a person gives with an act: why they did it, or what they noted."""

from __future__ import annotations

from satupintu.errors import BadAnswers, Problem

LONGEST = 4_000


def given(text: str, needed: str = "cases.reason_needed") -> str:
    """Return what was written. Raises BadAnswers with the sentence ``needed`` where nothing was."""
    found = problems(text, needed)
    if found:
        raise BadAnswers(*found)
    return text.strip()


def problems(text: str, needed: str = "cases.reason_needed") -> tuple[Problem, ...]:
    """Return what is wrong with the words: nothing written, or far too much."""
    if not text.strip():
        return (Problem(needed, pointer="/reason"),)
    if len(text.strip()) > LONGEST:
        return (Problem("staff.too_long", {"limit": LONGEST}, "/reason"),)
    return ()
