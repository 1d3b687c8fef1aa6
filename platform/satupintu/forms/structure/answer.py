"""A whole answer and its places: the tree that a kept answer makes, its controls, what is left."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from zoneinfo import ZoneInfo

from satupintu.conditions.ast import TRUE
from satupintu.conditions.values import read_moment
from satupintu.documents import Json
from satupintu.forms import questions
from satupintu.forms.closed import identity
from satupintu.forms.document import Question
from satupintu.forms.questions.kinds import Posted, Typed
from satupintu.forms.structure.controls import controls
from satupintu.forms.structure.places import Path, Place
from satupintu.forms.structure.reading import Reading
from satupintu.forms.structure.schema import Structure, structure_of
from satupintu.words import Text

SILENT: tuple[Json, ...] = ({}, [], "")
"""What a page makes of silence."""


class Held:
    """Controls as a browser would post them, from what stands in them."""

    def __init__(self, typed: Typed) -> None:
        self._typed = typed

    def getlist(self, key: str) -> list[str]:
        """Return every text under a control name."""
        if key not in self._typed:
            return []
        text = self._typed[key]
        return [text] if isinstance(text, str) else list(text)

    def __contains__(self, key: object) -> bool:
        return key in self._typed

    def __iter__(self) -> Iterator[str]:
        return iter(self._typed)


def read_held(
    question: Question, held: Typed, name: str, zone: ZoneInfo, value: Json,
    path: tuple[str | int, ...],
) -> Place:  # fmt: skip
    """Return the places that controls make; ``value`` is the answer they were filled from."""
    posted = Posted(Held(held), {}, zone, path, name, value)
    reading = Reading(structure_of(question.schema), posted)
    return reading.root(name, question.title, question.required_when == TRUE)


def typed(question: Question, value: Json, name: str, zone: ZoneInfo) -> Typed:
    """Return what the controls of an answer hold."""
    if value is None and not nullable(question):
        return {}
    return controls(
        structure_of(question.schema), value, name,
        lambda q, answer, control: questions.of(q.kind).typed(q, answer, control, zone),
        needed=question.required_when == TRUE,
    )  # fmt: skip


def entered(question: Question, value: Json, name: str, language: str) -> Typed:
    """Return what a person types in controls whose words the page finds, as those of a list that is
    searched.
    """

    def typed_by_person(leaf: Question, answer: Json, control: str) -> Typed:
        own = questions.of(leaf.kind).entered
        return {} if own is None else own(leaf, answer, control, language)

    if value is None and not nullable(question):
        return {}
    needed = question.required_when == TRUE
    return controls(structure_of(question.schema), value, name, typed_by_person, needed=needed)


def tree(question: Question, value: Json, zone: ZoneInfo, path: tuple[str | int, ...]) -> Place:
    """Return the places of a kept answer."""
    name = question.name
    return read_held(question, typed(question, value, name, zone), name, zone, value, path)


def inside(question: Question, value: Json) -> frozenset[str]:
    """Return the control names of what an answer asks to be filled in."""
    root = tree(question, value, ZoneInfo("UTC"), (question.key,))
    return frozenset(p.control for p in root.all() if p.leaf is not None or p.forks or p.kinds)


def asked(question: Question, value: Json) -> Json:
    """Return an answer without what is not asked with it; unknown keys stay, to be told."""
    zone = ZoneInfo("UTC")
    place = tree(question, value, zone, (question.key,))
    return _without_hidden(structure_of(question.schema), place, value)


def _without_hidden(structure: Structure, place: Place, value: Json) -> Json:
    if isinstance(value, Mapping) and place.kind == "object" and place.leaf is None:
        known = structure.declared(place.view)
        by_key = {str(p.path[-1]): p for p in place.below()}
        return {
            k: _without_hidden(structure, by_key[k], v) if k in by_key else v
            for k, v in value.items()
            if k in by_key or k not in known
        }
    if isinstance(value, list) and place.kind == "array" and place.leaf is None:
        by_index = {p.path[-1]: p for p in place.below()}
        return [
            _without_hidden(structure, by_index[n], v) if n in by_index else v
            for n, v in enumerate(value)
        ]
    return value


def is_alike(question: Question, given: Json, back: Json) -> bool:
    """Tell whether two answers say the same: silence, the order of ticks, spaces around a text,
    and how a moment is written make no difference.
    """
    trees = [tree(question, value, ZoneInfo("UTC"), (question.key,)) for value in (given, back)]
    back = _as_given(trees[0], given, back)
    sames = [identity(_normal(t, value)) for t, value in zip(trees, (given, back), strict=True)]
    return sames[0] == sames[1]


def is_silent(question: Question, value: Json) -> bool:
    """Tell whether an answer says no more than an empty page does."""
    if value in SILENT:
        return True
    if not question.is_whole or not value:
        return False
    return _normal(tree(question, value, ZoneInfo("UTC"), (question.key,)), value) in SILENT


def differing(question: Question, given: Json, back: Json) -> Iterator[tuple[Path, Text | None]]:
    """Yield each place whose answer is another one than was given, or else is not there.

    With what it is called, None where nothing of the kind is asked.
    """
    asked, again = (
        tree(question, value, ZoneInfo("UTC"), (question.key,)) for value in (given, back)
    )
    mine, theirs = _normal(asked, given), _normal(again, _as_given(asked, given, back))
    known = {place.path: place.title for place in asked.all()}
    for path in _unlike(mine, theirs, (question.key,)):
        yield path, known.get(path)


def _unlike(mine: Json, theirs: Json, path: Path) -> Iterator[Path]:
    if isinstance(mine, Mapping) and isinstance(theirs, Mapping):
        for key in dict.fromkeys((*mine, *theirs)):
            if key in mine and key in theirs:
                yield from _unlike(mine[key], theirs[key], (*path, key))
            else:
                yield (*path, key)
    elif isinstance(mine, list) and isinstance(theirs, list) and len(mine) == len(theirs):
        for number, (one, other) in enumerate(zip(mine, theirs, strict=True)):
            yield from _unlike(one, other, (*path, number))
    elif identity(mine) != identity(theirs):
        yield path


def _as_given(place: Place, given: Json, back: Json) -> Json:
    """Return a value with what the platform itself adds, such as a moment, as it was given."""
    if place.leaf is not None:
        alike = questions.of(place.leaf.question.kind).alike
        if alike is None or given is None:
            return back
        return given if alike(place.leaf.question, given, back) else back
    steps = {one.path[-1]: one for one in place.below()}
    if isinstance(given, Mapping) and isinstance(back, Mapping):
        return {
            k: _as_given(steps[k], given[k], v) if k in steps and k in given else v
            for k, v in back.items()
        }
    if isinstance(given, list) and isinstance(back, list):
        return [
            _as_given(steps[n], given[n], v) if n in steps and n < len(given) else v
            for n, v in enumerate(back)
        ]
    return back


def _normal(place: Place, value: Json) -> Json:
    if place.leaf is not None and isinstance(value, list) and place.leaf.several:
        return sorted(json.dumps(v, sort_keys=True) for v in value)
    if place.leaf is not None and isinstance(value, str) and not place.leaf.choices:
        moment = read_moment(value) if place.leaf.question.kind == "date-time" else None
        plain = value.replace("\r\n", "\n").replace("\r", "\n").strip()
        return plain if moment is None else moment.astimezone(ZoneInfo("UTC")).isoformat()
    steps = {place.path[-1]: place for place in place.below()}
    if isinstance(value, Mapping):
        told = {k: _normal(steps[k], v) if k in steps else v for k, v in value.items()}
        return {k: v for k, v in told.items() if v not in SILENT}
    if isinstance(value, list):
        items = [_normal(steps[n], v) if n in steps else v for n, v in enumerate(value)]
        silent = not place.rows and all(v in SILENT for v in items)
        return [] if silent else items
    return value


def nullable(question: Question) -> bool:
    """Tell whether null is an answer of this question."""
    return structure_of(question.schema).closed.accepts(None)
