"""The types that facts have; a condition is checked against them before anything runs it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Boolean:
    """Yes or no."""


@dataclass(frozen=True)
class Integer:
    """A whole number between bounds; both ends belong to it, None is unbounded."""

    minimum: int | None = None
    maximum: int | None = None


@dataclass(frozen=True)
class Choice:
    """One of a closed list of options."""

    options: tuple[str, ...]


@dataclass(frozen=True)
class Many:
    """Any number of a closed list of options, each at most once; the empty list is an answer."""

    options: tuple[str, ...]
    min_items: int = 0
    max_items: int | None = None


@dataclass(frozen=True)
class Day:
    """A calendar date."""


@dataclass(frozen=True)
class Moment:
    """A date and time with its offset."""


@dataclass(frozen=True)
class Text:
    """Free text: only whether it is answered can be asked, and rules may not even ask that.

    So it is with a ``number`` that need not be whole, as engines and proofs know whole ones only,
    and with what is ``listed`` inside a row of a repeated group.
    """

    number: bool = False
    listed: bool = False


@dataclass(frozen=True)
class Rows:
    """A repeated group: each row answers the same questions."""

    fields: Mapping[str, FactType]
    max_items: int


FactType = Boolean | Integer | Choice | Many | Day | Moment | Text | Rows

FactTypes = Mapping[str, FactType]
"""The vocabulary of a condition: fact name to type. Nested answers have dotted names."""
