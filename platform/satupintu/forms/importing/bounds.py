"""What keeps the reading of a hostile document short: names that are told apart, steps counted."""

from __future__ import annotations

MOST_STEPS = 20_000


class TooMuch(Exception):
    """A document that asks for more work than any honest one."""


class Steps:
    """Steps that are left for one document."""

    def __init__(self, left: int = MOST_STEPS) -> None:
        self.left = left

    def take(self) -> None:
        """Take one. Raises TooMuch where none is left."""
        self.left -= 1
        if self.left < 0:
            raise TooMuch


class Names:
    """Names of which no two are the same."""

    def __init__(self) -> None:
        self._taken: dict[str, int] = {}

    def free(self, wanted: str) -> str:
        """Return a name that is like ``wanted`` and taken by nobody, and take it."""
        name, number = wanted, self._taken.get(wanted, 1)
        while name in self._taken:
            number += 1
            name = f"{wanted}-{number}"
        self._taken[wanted] = number
        self._taken.setdefault(name, 1)
        return name
