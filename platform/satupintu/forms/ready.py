"""A question as its type's template finds it: every constant as HTML of the second pass."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from markupsafe import Markup

from satupintu.forms.document import SENSITIVITIES

NOTHING = Markup()

MARKED_FROM = SENSITIVITIES.index("rahasia") + 1
"""The level from which a question says how sensitive it is while it is being asked."""


@dataclass(frozen=True)
class Choosable:
    """One option, ready for a template."""

    value: Markup
    literal: Markup
    title: Markup
    description: Markup | None


@dataclass(frozen=True)
class Listed:
    """Options under the answer that offers them."""

    title: Markup | None
    options: tuple[Choosable, ...]


@dataclass(frozen=True)
class Cell:
    """One question inside rows that are a table, under the title of its column."""

    title: Markup
    html: Markup


@dataclass(frozen=True)
class Asked:
    """One question, ready for its type's template; ``key`` is the name as an expression of the
    second pass.
    """

    name: Markup
    key: Markup
    title: Markup
    help: Markup | None
    cause: Markup | None
    level: int
    level_word: Markup
    optional: bool | Markup | None
    redraw: bool
    options: tuple[Choosable, ...] = ()
    narrowed: bool = False
    """Whether other answers decide which options are offered."""
    lists: tuple[Listed, ...] = ()
    """The options under what offers them, for as long as no answer decides."""
    waits_for: Markup | None = None
    """What to answer first, where the options are too many to show them all."""
    entry: tuple[tuple[str, Markup], ...] = ()
    parts: Mapping[str, object] = field(default_factory=dict)
    below: Markup = NOTHING
    cells: tuple[Cell, ...] = ()
    row: Markup = NOTHING
    around: Markup = NOTHING
    """The rows it stands in, for who does not see where: each after a comma."""

    @property
    def id(self) -> Markup:
        """Return the id of its first control, where the summary of problems leads."""
        return Markup("q-") + self.name

    @property
    def marked(self) -> bool:
        """Return whether its sensitivity is said while it is being asked."""
        return self.level >= MARKED_FROM

    def described(self, more: str = "") -> Markup:
        """Return the ids of the texts that describe its controls."""
        there = [("-why", self.cause), ("-help", self.help), (more, more)]
        return Markup(" ").join(self.id + suffix for suffix, text in there if text)
