"""How a question is drawn where it is answered by hand: the places to write, tick or attach."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Lines:
    """Lines to write on, over the whole width."""

    count: int = 1


@dataclass(frozen=True)
class Short:
    """One short line with the words that stand before and after it."""

    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Cells:
    """Some cells of a comb, under one label."""

    count: int
    label: str = ""


@dataclass(frozen=True)
class Comb:
    """A cell for each letter or digit."""

    cells: tuple[Cells, ...]


@dataclass(frozen=True)
class Tick:
    """One box to tick, with its words."""

    title: str
    about: str = ""


@dataclass(frozen=True)
class Boxes:
    """Boxes to tick; ``rule`` says how many."""

    ticks: tuple[Tick, ...]
    rule: str = ""


@dataclass(frozen=True)
class Listed:
    """A long list of what may be written on the line below it."""

    rule: str
    options: tuple[str, ...]


@dataclass(frozen=True)
class Space:
    """An empty frame to draw or sign in; ``height`` in millimetres."""

    height: int
    words: str = ""


@dataclass(frozen=True)
class Words:
    """Nothing to write: only what a person should know or do."""

    text: str


@dataclass(frozen=True)
class Part:
    """One of several named places that make an answer together."""

    title: str
    help: str
    blanks: tuple[Blank, ...]


@dataclass(frozen=True)
class Again:
    """The questions below, so many times of at most ``most``; ``rule`` says what to do where that
    is too few.
    """

    times: int
    most: int
    rule: str


Blank = Lines | Short | Comb | Boxes | Listed | Space | Words | Part | Again
