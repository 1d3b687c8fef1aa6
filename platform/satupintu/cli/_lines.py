"""JSON values that a command is given one to a line, as other tools write many of them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from satupintu import documents
from satupintu.cli import _given
from satupintu.errors import BadAnswers, Problem


def read(source: str) -> Iterator[tuple[int, documents.Json]]:
    """Yield each value with the number of its line, empty lines left out. Raises BadAnswers."""
    if source == _given.STDIN:
        data = sys.stdin.buffer.read()
    else:
        with _given.named(source):
            data = documents.read(Path(source))
    for number, line in enumerate(data.splitlines(), 1):
        if line.strip():
            with _given.named(f"{_given.name_of(source)}:{number}"):
                value = documents.parse(line)
                if not isinstance(value, dict):
                    raise BadAnswers(Problem("commands.not_answers"))
            yield number, value
