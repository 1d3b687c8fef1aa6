"""JSON that a command is given beside its documents: in a file, or in stdin."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from satupintu import documents
from satupintu.errors import BadAnswers, SatuPintuError

STDIN = "-"


def read(source: str) -> documents.Json:
    """Return the JSON of a file, or of stdin for ``-``. Raises BadDocument."""
    if source == STDIN:
        return documents.parse(sys.stdin.buffer.read(documents.MAX_BYTES + 1))
    return documents.parse(documents.read(Path(source)))


@contextmanager
def named(source: str) -> Iterator[None]:
    """Turn whatever is refused into BadAnswers that name the file, or stdin."""
    try:
        yield
    except SatuPintuError as e:
        name = "stdin" if source == STDIN else source
        raise BadAnswers(*(p if p.file else p.within(name) for p in e.problems)) from e
