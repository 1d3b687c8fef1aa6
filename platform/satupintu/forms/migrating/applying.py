"""The older answers put where the newer version has them; nothing is judged yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, assert_never

from satupintu.documents import Json
from satupintu.forms.document import Form
from satupintu.forms.facts import Answers
from satupintu.forms.migrating.document import Drop, Join, Map, Move, Split
from satupintu.forms.migrating.fate import Fate, How, Place, at, stands
from satupintu.forms.migrating.routes import Path, Route, Routes, routes
from satupintu.forms.migrating.values import joined, mapped, split

KEPT = 32
Tree = dict[str, Any]
"""The keys that routes read, groups by what stands in them."""


def moved(older: Form, newer: Form, answers: Answers) -> tuple[dict[str, Json], tuple[Fate, ...]]:
    """Return the answers where ``newer`` has them, and what became of each.

    Whether the newer questions accept them is for ``judging`` to say.
    """
    moving = _Moving()
    found = moving.object(_routes(older, newer), answers, (), ())
    return found, tuple(moving.fates)


_kept: dict[tuple[str, str], Routes] = {}


def _routes(older: Form, newer: Form) -> Routes:
    """Return the routes between two versions, which never change; worked out once and kept."""
    found = _kept.get((older.hash, newer.hash))
    if found is None:
        while len(_kept) >= KEPT:
            _kept.pop(next(iter(_kept)), None)
        found = _kept[older.hash, newer.hash] = routes(older, newer)
    return found


@dataclass
class _Moving:
    fates: list[Fate] = field(default_factory=list)

    def object(self, known: Routes, value: Answers, was: Place, now: Place) -> dict[str, Json]:
        """Return one object of answers, or one row; ``was`` and ``now`` are where it stands."""
        found: dict[str, Json] = {}
        joins: dict[str, list[Route]] = {}
        for route in known.each:
            if not stands(value, route.path):
                continue
            if isinstance(route.step, Join):
                joins.setdefault(route.step.where, []).append(route)
            else:
                self.one(route, at(value, route.path), was, now, found)
        for several in joins.values():
            self.join(several, value, was, now, found)
        for path, to in known.groups:
            if to is not None and stands(value, path) and isinstance(at(value, path), Mapping):
                _group(found, to)
        self.strays(known, value, was)
        return found

    def one(
        self, route: Route, value: Json, was: Place, now: Place, found: dict[str, Json]
    ) -> None:
        """Put the answer to one question where it goes."""
        match route.step:
            case Drop(why=why):
                self.tell(route, value, was, "dropped", why=why)
            case Split() as step:
                self.split(route, step, value, was, now, found)
            case None | Move() | Map():
                if not route.to:
                    self.tell(route, value, was, "gone")
                    return
                place = route.to[0][1]
                new = mapped(route.step, value) if isinstance(route.step, Map) else value
                how = _how(route)
                if isinstance(route.step, Map) and new != value:
                    how = "mapped"
                self.tell(route, value, was, how, ((*now, *place),))
                if route.inner is not None and isinstance(value, list):
                    new = [
                        self.object(route.inner, row, (*was, *route.path, n), (*now, *place, n))
                        if isinstance(row, Mapping)
                        else row
                        for n, row in enumerate(value)
                    ]
                _put(found, place, new)
            case Join():
                pass  # all of its answers together: see ``join``
            case other:
                assert_never(other)

    def split(
        self,
        route: Route,
        step: Split,
        value: Json,
        was: Place,
        now: Place,
        found: dict[str, Json],
    ) -> None:
        parts = split(step, value, [question for question, _ in route.to])
        if parts is None or not route.to:
            how: How = "unfit" if route.to else "gone"
            self.tell(route, value, was, how)
            return
        there = [(p, path) for p, (_, path) in zip(parts, route.to, strict=True) if p is not None]
        for part, path in there:
            _put(found, path, part)
        if there:
            self.tell(route, value, was, "split", tuple((*now, *path) for _, path in there))
        if step.parts and isinstance(value, Mapping):
            for key in value.keys() - step.parts.keys():
                place = (*was, *route.path, key)
                self.fates.append(Fate(route.question.name, place, value[key], "gone"))
        elif not there:
            self.tell(route, value, was, "gone")

    def join(
        self, several: list[Route], value: Answers, was: Place, now: Place, found: dict[str, Json]
    ) -> None:
        step = several[0].step
        if not isinstance(step, Join):
            return
        values = {route.question.name: at(value, route.path) for route in several}
        new = joined(step, values)
        for route in several:
            if not route.to or new is None:
                how: How = "unfit" if route.to else "gone"
                self.tell(route, values[route.question.name], was, how)
                continue
            path = route.to[0][1]
            self.tell(route, values[route.question.name], was, "joined", ((*now, *path),))
            _put(found, path, new)

    def tell(
        self, route: Route, value: Json, was: Place, how: How, to: tuple[Place, ...] = (),
        **more: Any,
    ) -> None:  # fmt: skip
        asks = route.to[0][0].name if route.to else ""
        place = (*was, *route.path)
        self.fates.append(Fate(route.question.name, place, value, how, to, asks=asks, **more))

    def strays(self, known: Routes, value: Answers, was: Place) -> None:
        """Tell of what stands where the older version asks nothing."""
        for place, stray in _strays(value, _tree(known)):
            self.fates.append(Fate("", (*was, *place), stray, "gone"))


def _how(route: Route) -> How:
    before, after = route.question.name, route.to[0][0].name
    if before == after:
        return "kept"
    return "renamed" if _above(before) == _above(after) else "moved"


def _above(name: str) -> str:
    return name.rpartition(".")[0]


def _put(found: dict[str, Json], path: Path, value: Json) -> None:
    *groups, key = path
    for group in groups:
        found = found.setdefault(group, {})
    found[key] = value


def _group(found: dict[str, Json], path: Path) -> None:
    for group in path:
        found = found.setdefault(group, {})


@lru_cache(maxsize=KEPT)
def _tree_of(paths: tuple[Path, ...], groups: tuple[Path, ...]) -> Tree:
    tree: Tree = {}
    for path in groups:
        _group(tree, path)
    for path in paths:
        _put(tree, path, None)
    return tree


def _tree(known: Routes) -> Tree:
    return _tree_of(tuple(r.path for r in known.each), tuple(path for path, _ in known.groups))


def _strays(value: Answers, tree: Tree) -> Iterator[tuple[Place, Json]]:
    for key, below in value.items():
        if key not in tree:
            yield (key,), below
        elif tree[key] is not None:
            if isinstance(below, Mapping):
                yield from (((key, *place), stray) for place, stray in _strays(below, tree[key]))
            else:
                yield (key,), below
