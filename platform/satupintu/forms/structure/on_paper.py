"""A whole answer on a blank form of paper: a named place to write for each that may be asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from zoneinfo import ZoneInfo

from satupintu import words
from satupintu.documents import Json
from satupintu.forms import questions
from satupintu.forms.document import Question
from satupintu.forms.paper.blanks import Blank, Boxes, Lines, Part, Tick, Words
from satupintu.forms.questions.kinds import Typed
from satupintu.forms.structure.answer import read_held
from satupintu.forms.structure.names import beside
from satupintu.forms.structure.places import Place
from satupintu.forms.structure.schema import Structure, structure_of
from satupintu.forms.structure.titles import help_of, title_of
from satupintu.words import pick

DEPTH = 4
"""How deep rows in rows are drawn; whoever needs more writes on."""

MOST = 150
"""Places that are drawn; of a larger answer the rest is written freely."""

ROWS = ("0", "1")
"""Empty rows and entries, where they may be added."""


def paper(question: Question, language: str) -> tuple[Blank, ...]:
    """Return the places that an empty answer has, with two rows wherever there may be rows."""
    root = _opened(question)
    drawing = _Drawing(structure_of(question.schema), language, MOST)
    return tuple(drawing.own(root)) or (Lines(3),)


def _opened(question: Question) -> Place:
    held: dict[str, str | tuple[str, ...]] = {}
    root = _read(question, held)
    for _ in range(DEPTH):
        more = dict(_rows(root))
        if not more.keys() - held.keys():
            break
        held |= more
        root = _read(question, held)
    return root


def _read(question: Question, held: Typed) -> Place:
    return read_held(question, held, question.name, ZoneInfo("UTC"), None, (question.key,))


def _rows(root: Place) -> Iterator[tuple[str, tuple[str, ...]]]:
    for place in root.all():
        if place.leaf is None and place.more:
            if place.kind == "array":
                yield place.control, ROWS[: place.more + len(place.rows)]
            elif place.kind == "object":
                yield beside(place.control, "keys"), ROWS[: place.more + len(place.entries)]


class _Drawing:
    def __init__(self, of: Structure, language: str, left: int) -> None:
        self.of = of
        self.language = language
        self.left = left

    def part(self, place: Place, title: str) -> Iterator[Blank]:
        """Yield a place with its title, unless nothing is written there."""
        self.left -= 1
        if self.left < 0 or place.constant:
            return
        help_ = help_of(place.view)
        said = pick(help_, self.language) if help_ is not None else ""
        yield Part(title, said, tuple(self.own(place)) or (Lines(1),))

    def own(self, place: Place) -> Iterator[Blank]:
        """Yield the places to write of one place, without its title."""
        if place.leaf is not None:
            leaf = place.leaf.question
            yield from questions.of(leaf.kind).paper(leaf, self.language)
            return
        for fork in place.forks:
            titles = (self.alternative(b, n) for n, b in enumerate(fork.branches) if b is not False)
            yield Boxes(
                tuple(Tick(title) for title in titles),
                words.say("paper.tick_one", self.language),
            )
        if place.kinds:
            kinds = (words.say(f"questions.type_{kind}", self.language) for kind in place.kinds)
            yield Boxes(
                tuple(Tick(kind) for kind in kinds), words.say("paper.tick_one", self.language)
            )
        if place.there is False:
            yield Words(words.say("paper.write_on", self.language))
        for member in place.members:
            yield from self.part(member, pick(member.title, self.language))
        for number, row in enumerate(place.rows, 1):
            yield from self.part(row, str(number))
        for number, entry in enumerate(place.entries, 1):
            name = words.say("questions.entry_key", self.language)
            yield Part(f"{number}. {name}", "", (Lines(1),))
            yield from self.part(entry.place, words.say("questions.entry_value", self.language))
        if place.more and (place.rows or place.entries):
            yield Words(words.say("paper.more_rows", self.language))
        open_ = not place.members and not place.rows and not place.entries
        if open_ and (place.forks or place.kinds):
            yield Lines(3)

    def alternative(self, branch: Json, number: int) -> str:
        """Return what an alternative is called; one without a name has its number."""
        named = branch
        if isinstance(branch, Mapping) and "title" not in branch and "$ref" in branch:
            named = self.of.target(branch["$ref"])
        title = title_of(named) if isinstance(named, Mapping) else None
        if title is not None:
            return pick(title, self.language)
        return words.say("questions.alternative", self.language, number=number + 1)
