"""A form document checked: everything wrong with it, and everything that could be better."""

from __future__ import annotations

from satupintu.documents import parse
from satupintu.errors import BadDocument, Problem
from satupintu.forms.reading import examine


def check(document: bytes, file: str) -> list[Problem]:
    """Return problems and warnings, each with file and JSON pointer; none where it is clean."""
    try:
        problems = examine(parse(document)).problems
    except BadDocument as e:
        problems = e.problems
    return [p.within(file) for p in problems]
