"""What stands on paper, as data: the template draws it and decides nothing."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from typing import Any

from satupintu.forms.paper.blanks import Blank


@dataclass(frozen=True)
class Mark:
    """How secret an answer is, in bars (1 to 4) and in words."""

    level: int
    word: str


@dataclass(frozen=True)
class Letterhead:
    """Whose form it is: the service and, below it, who runs it."""

    name: str
    owner: str = ""


@dataclass(frozen=True)
class Asked:
    """One question of a blank form; ``number`` is what conditions call it by."""

    number: str
    title: str
    help: str
    left: str
    """That it may be left empty, in words; empty where not."""
    mark: Mark | None
    blanks: tuple[Blank, ...]


@dataclass(frozen=True)
class Told:
    """One question with its answer; ``muted`` where it is said that there is none."""

    title: str
    text: str
    muted: bool
    mark: Mark | None


@dataclass(frozen=True)
class Branch:
    """What is filled in only where a condition holds, said in words."""

    why: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Group:
    """Several blocks under one title; ``level`` is that of its heading, 3 directly in a section."""

    title: str
    help: str
    level: int
    mark: Mark | None
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Columns:
    """An empty table: a row of it for each person or thing."""

    columns: tuple[str, ...]
    rows: int


@dataclass(frozen=True)
class Table:
    """Answers that repeat, one row for each person or thing."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    marks: tuple[Mark | None, ...]
    """By column."""


@dataclass(frozen=True)
class Note:
    """One paragraph that is no question."""

    text: str


Block = Asked | Told | Branch | Group | Columns | Table | Note


@dataclass(frozen=True)
class Section:
    """One page of a form, or one set of answers."""

    title: str
    intro: str
    blocks: tuple[Block, ...]
    number: str = ""


@dataclass(frozen=True)
class Sheet:
    """One document on paper.

    ``kind`` says in words whether it is blank or filled in, ``facts`` stand below the title as
    label and value, ``running`` at the head of every further page, ``warning`` at the foot of all.
    ``at`` is the moment it was made, None where it says nothing of anybody.
    """

    language: str
    title: str
    kind: str
    letterhead: Letterhead
    about: str
    facts: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    sections: tuple[Section, ...]
    running: str
    warning: str
    version: str
    page_of: str
    """Page n of m, with ``{page}`` and ``{pages}``."""
    unprintable: str
    """What is said at the end where letters had to be written as numbers."""
    at: datetime | None = None


def as_data(part: Any) -> Any:
    """Return any part of a sheet as JSON; ``is`` names what it is, for the template."""
    if is_dataclass(part):
        inner = {field.name: as_data(getattr(part, field.name)) for field in fields(part)}
        return {"is": type(part).__name__.lower(), **inner}
    if isinstance(part, tuple):
        return [as_data(one) for one in part]
    return [part.year, part.month, part.day] if isinstance(part, datetime) else part
