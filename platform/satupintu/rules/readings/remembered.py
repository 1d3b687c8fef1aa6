"""A look-up that is worked out once for each value."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

T = TypeVar("T")

MAX_REMEMBERED = 4096
"""Values that are kept; a fact with more is worked out again, so answers cannot fill the memory."""


class Remembered(dict[Any, T]):
    """From one fact's value to what follows from it; ``first`` are the values known beforehand."""

    def __init__(self, work_out: Callable[[Any], T], first: Iterable[Any] = ()) -> None:
        super().__init__((value, work_out(value)) for value in first)
        self._work_out = work_out

    def __missing__(self, value: Any) -> T:
        found = self._work_out(value)
        if len(self) < MAX_REMEMBERED:
            self[value] = found
        return found
