"""The facts of one case, as ``decide`` and ``explain`` are given them: a file, or stdin."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from satupintu import documents
from satupintu.errors import BadAnswers, SatuPintuError

if TYPE_CHECKING:
    from satupintu.conditions.types import FactTypes
    from satupintu.conditions.values import Facts

STDIN = "-"


def read(source: str, types: FactTypes) -> Facts:
    """Return the facts in a file, or in stdin for ``-``. Raises BadAnswers, each with its place."""
    from satupintu.conditions.values import read_facts

    try:
        return read_facts(_json(source), types)
    except SatuPintuError as e:
        name = "stdin" if source == STDIN else source
        raise BadAnswers(*(p if p.file else p.within(name) for p in e.problems)) from e


def _json(source: str) -> documents.Json:
    if source == STDIN:
        return documents.parse(sys.stdin.buffer.read(documents.MAX_BYTES + 1))
    return documents.parse(documents.read(Path(source)))
