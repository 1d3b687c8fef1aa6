"""What became of answers that were carried from one version of a form to another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from satupintu.documents import Json, pointer
from satupintu.errors import Problem
from satupintu.words import Text

How = Literal[
    "kept", "renamed", "moved", "mapped", "split", "joined",
    "dropped", "gone", "computed", "hidden", "unfit",
]  # fmt: skip
"""What became of an answer. ``dropped``: a step says so; ``gone``: nothing asks it any more and no
step says what becomes of it; ``computed``: it is worked out now; ``hidden``: it is not asked with
these answers; ``unfit``: the newer question does not accept it.
"""

LOST: frozenset[How] = frozenset({"dropped", "gone", "computed", "hidden", "unfit"})

Reason = Literal["", "option", "too_much", "too_little", "type", "spelling", "other"]
"""Why a question does not accept an answer, without a word of the answer."""

Place = tuple[str | int, ...]


@dataclass(frozen=True)
class Fate:
    """What became of one answer.

    ``question`` is the older one's name (empty where none asked for it), ``place`` where the answer
    stood and ``to`` where it stands now: nowhere where it was lost. ``asks`` is the newer question
    that it was meant for. ``value`` is the older answer, or the part of it that was lost.
    """

    question: str
    place: Place
    value: Json
    how: How
    to: tuple[Place, ...] = ()
    why: Text | None = None
    reason: Reason = ""
    asks: str = ""

    @property
    def lost(self) -> bool:
        """Tell whether it is no answer any more."""
        return self.how in LOST

    @property
    def pointer(self) -> str:
        """Return the JSON pointer of the older answer."""
        return pointer(self.place)


@dataclass(frozen=True)
class Migrated:
    """Answers as a newer version has them.

    ``fates`` tell of every older answer what became of it, one that was cut in parts more than
    once. ``problems`` are what the newer version still refuses; none exactly where ``answers``,
    without what is not asked, are valid.
    """

    answers: dict[str, Json]
    fates: tuple[Fate, ...] = field(default=())
    problems: tuple[Problem, ...] = ()

    @property
    def lost(self) -> tuple[Fate, ...]:
        """The answers that are none any more, each with its reason."""
        return tuple(fate for fate in self.fates if fate.lost)

    @property
    def unfit(self) -> tuple[Fate, ...]:
        """The answers that the newer questions do not accept."""
        return tuple(fate for fate in self.fates if fate.how == "unfit")

    @property
    def fits(self) -> bool:
        """Tell whether the newer version accepts what came of it, with nothing refused."""
        return not self.problems and not self.unfit


def named(place: Place) -> str:
    """Return the name of the question that a place belongs to: rows count for nothing in it."""
    return ".".join(step for step in place if isinstance(step, str))


def stands(value: Json, place: Place) -> bool:
    """Tell whether anything stands at a place, ``null`` included."""
    for step in place:
        if isinstance(step, int):
            if not isinstance(value, list) or step >= len(value):
                return False
        elif not isinstance(value, Mapping) or step not in value:
            return False
        value = value[step]
    return True


def at(value: Json, place: Place) -> Json:
    """Return what stands at a place where something does."""
    for step in place:
        value = value[step]
    return value
