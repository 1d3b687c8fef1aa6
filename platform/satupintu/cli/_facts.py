"""The facts of one case, as ``decide`` and ``explain`` are given them: a file, or stdin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from satupintu.cli import _source

if TYPE_CHECKING:
    from satupintu.conditions.types import FactTypes
    from satupintu.conditions.values import Facts


def read(source: str, types: FactTypes) -> Facts:
    """Return the facts in a file, or in stdin for ``-``. Raises BadAnswers, each with its place."""
    from satupintu.conditions.values import read_facts

    with _source.named(source):
        return read_facts(_source.read(source), types)
