"""When two JSON values are equal, at a cost that grows with their size only."""

from __future__ import annotations

from collections.abc import Hashable

from satupintu.documents import Json


class Sameness:
    """Gives equal values the same number: ``1`` and ``1.0`` share one, ``true`` has another.

    A value is numbered once, from the inside out, however often it is compared; it must stay in
    memory for as long as this does.
    """

    def __init__(self) -> None:
        self._numbers: dict[Hashable, int] = {}
        self._known: dict[int, int] = {}

    def number(self, value: Json) -> int:
        """Return the number of a value."""
        key: Hashable
        match value:
            case bool():
                key = ("boolean", value)
            case dict() | list():
                return self._of_many(value)
            case _:
                key = ("plain", value)
        return self._numbers.setdefault(key, len(self._numbers))

    def _of_many(self, value: Json) -> int:
        known = self._known.get(id(value))
        if known is None:
            key: Hashable
            if isinstance(value, dict):
                key = ("object", frozenset((k, self.number(v)) for k, v in value.items()))
            else:
                key = ("array", tuple(self.number(v) for v in value))
            known = self._numbers.setdefault(key, len(self._numbers))
            self._known[id(value)] = known
        return known
