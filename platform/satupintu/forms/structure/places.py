"""The places of a whole answer: what is asked where, with the answer that stands there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from satupintu.documents import Json
from satupintu.errors import Problem
from satupintu.forms import questions
from satupintu.forms.questions.kinds import Read
from satupintu.forms.structure.leaves import Choice, Leaf
from satupintu.forms.structure.names import beside
from satupintu.forms.structure.schema import MISSING, Fork, Missing, Structure, View
from satupintu.forms.structure.types import JsonType, types_of
from satupintu.words import Text

Path = tuple[str | int, ...]


@dataclass
class Place:
    """One place: ``control`` names it, ``path`` leads to its answer, ``value`` is the answer.

    ``kinds`` are the types to choose from, None where only one is possible; ``emptied`` tells
    whether "no answer, on purpose" is ticked, None where that is no answer.
    """

    control: str
    path: Path
    title: Text
    needed: bool
    view: View
    value: Json | Missing = MISSING
    forks: tuple[Fork, ...] = ()
    kinds: tuple[JsonType, ...] = ()
    kind: JsonType | None = None
    emptied: bool | None = None
    there: bool | None = None
    """Of what holds its like, as a tree does: whether it is opened. None of anything else."""
    constant: bool = False
    leaf: Leaf | None = None
    read: Read = field(default_factory=Read)
    problems: tuple[Problem, ...] = ()
    """What could not be read here."""
    members: tuple[Place, ...] = ()
    rows: tuple[Place, ...] = ()
    entries: tuple[Entry, ...] = ()
    said: bool = False
    """Whether a person gave anything of it: what must be there and is empty says nothing."""
    more: int | None = None
    """How many rows or entries may still be added; None where it has none."""

    def below(self) -> Iterator[Place]:
        """Yield the places in it."""
        yield from self.members
        yield from self.rows
        yield from (entry.place for entry in self.entries)

    def held(self, zone: ZoneInfo) -> dict[str, str | tuple[str, ...]]:
        """Return what stands in the controls of all of it, numbered as they are drawn next."""
        held: dict[str, str | tuple[str, ...]] = {}
        for place in self.all():
            held |= place._own(zone)
        return held

    def _own(self, zone: ZoneInfo) -> Iterator[tuple[str, str | tuple[str, ...]]]:
        for fork in self.forks:
            if fork.chosen is not None:
                yield beside(self.control, fork.id), str(fork.chosen)
        if self.kinds and self.kind is not None:
            yield beside(self.control, "type"), self.kind
        if self.there:
            yield beside(self.control, "there"), "true"
        if self.emptied:
            yield beside(self.control, "null"), "true"
        if self.more is not None and self.kind == "array":
            yield self.control, tuple(str(row.path[-1]) for row in self.rows)
        if self.more is not None and self.kind == "object":
            yield beside(self.control, "keys"), tuple(map(str, range(len(self.entries))))
            yield from ((entry.control, entry.key) for entry in self.entries)
        if self.leaf is not None and not self.constant:
            question, answer = self.leaf.question, self.read.value
            kind = questions.of(question.kind)
            if answer is not None and not isinstance(self.value, Missing):
                yield from kind.typed(question, answer, self.control, zone).items()
            yield from self.read.typed.items()

    def all(self) -> Iterator[Place]:
        """Yield it and every place in it, each before those in it."""
        yield self
        for place in self.below():
            yield from place.all()


@dataclass(frozen=True)
class Entry:
    """One key with its value, both of them written by a person."""

    control: str
    key: str
    place: Place


def ids(view: View) -> tuple[int, ...]:
    """Return what tells the parts of a view apart from others."""
    return tuple(id(part) for part in view.parts)


def again(of: Structure, view: View, around: tuple[int, ...], needed: bool) -> bool:
    """Tell whether a view may ask for its like for ever, with nothing chosen on the way.

    So it does where it leads back to itself by references; of what must be there the first is open.
    """
    chosen = any(fork.chosen is not None for fork in view.forks)
    if chosen or not {"object", "array"} & set(view.types) or not around:
        return False
    mine = {id(part) for part in view.parts}
    if needed:
        return bool(mine & of.circular) and bool(of.circular & set(around))
    return bool(mine & of.circular) or any(one in mine for one in around)


def is_constant(view: View, choices: tuple[Choice, ...], needed: bool) -> bool:
    """Tell whether an answer must be the one value there is, so that nobody is asked.

    A widget may ask for it all the same: a statement to agree to.
    """
    widget = view.get("x-ui", {}).get("widget")
    return len(choices) == 1 and needed and widget in (None, "hidden")


def needed_keys(view: View, value: Mapping[str, Json]) -> frozenset[str]:
    """Return the keys that an object must have, given what it has."""
    needed = {key for keys in view.all("required") for key in keys}
    for wanted in view.all("dependentRequired"):
        needed |= {key for cause, keys in wanted.items() if cause in value for key in keys}
    return frozenset(needed)


def typed_as(value: Json | Missing, types: tuple[JsonType, ...]) -> JsonType | None:
    """Return the type that a value has among those a place may have."""
    if isinstance(value, Missing):
        return None
    return next((t for t in types if t in types_of(value)), None)
