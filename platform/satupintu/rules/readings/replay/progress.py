"""How far a replay is, told to whoever waits for it."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[int, int], None]
"""Told how many cases of how many are done."""


def untold(_done: int, _total: int) -> None:
    """Tell nobody."""
