"""A JSON value that a command is given: a file, or stdin for ``-``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from satupintu import documents
from satupintu.errors import BadAnswers, SatuPintuError

STDIN = "-"


def read(source: str) -> documents.Json:
    """Return the value in a file, or in stdin for ``-``. Raises BadAnswers with its name."""
    with named(source):
        if source == STDIN:
            return documents.parse(sys.stdin.buffer.read(documents.MAX_BYTES + 1))
        return documents.parse(documents.read(Path(source)))


def name_of(source: str) -> str:
    """Return how a place names the source."""
    return "stdin" if source == STDIN else source


@contextmanager
def named(source: str) -> Iterator[None]:
    """Turn every refusal into BadAnswers, each problem with the name of the source."""
    try:
        yield
    except SatuPintuError as e:
        name = name_of(source)
        raise BadAnswers(*(p if p.file else p.within(name) for p in e.problems)) from e
