"""What differs between two documents, as data: one change at a time, each at its place."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from satupintu.documents import Json, canonical, pointer

Kind = Literal["added", "removed", "renamed", "changed", "moved"]
Weight = Literal["meaning", "wording", "spelling"]
"""``meaning``: what is asked or decided may change. ``wording``: only what people read.
``spelling``: nothing, it is written otherwise.
"""


@dataclass(frozen=True)
class Change:
    """One thing that differs.

    ``what`` says which kind of thing it is (rule, question), ``id`` which one (R08), ``part`` what
    of it (when, title.en), empty for all of it. ``where`` is a JSON pointer into the newer
    document; where something was removed, into the older one. ``before`` and ``after`` are the
    document's own values, None where there is none. ``loud`` is a change that takes protection
    away, and is said louder.
    """

    kind: Kind
    what: str
    id: str
    part: str = ""
    where: str = ""
    before: Json = None
    after: Json = None
    weight: Weight = "meaning"
    loud: bool = False


@dataclass
class Aligned:
    """Two lists of things with ids, thing by thing; each entry is a place in its list.

    ``pairs`` have the same id. ``renamed`` have another id and the same content. ``moved`` are
    those of the pairs that stand elsewhere among the others.
    """

    pairs: list[tuple[int, int]] = field(default_factory=list)
    added: list[int] = field(default_factory=list)
    removed: list[int] = field(default_factory=list)
    renamed: list[tuple[int, int]] = field(default_factory=list)
    moved: list[tuple[int, int]] = field(default_factory=list)


def same(one: Json, other: Json) -> bool:
    """Tell whether two values have one canonical spelling, and so one content hash."""
    return canonical(one) == canonical(other)


def aligned(old: Sequence[Json], new: Sequence[Json], key: str = "id") -> Aligned:
    """Pair two lists of objects by ``key``; of a key that stands twice, only the first."""
    before = {item[key]: n for n, item in reversed(list(enumerate(old)))}
    after = {item[key]: n for n, item in reversed(list(enumerate(new)))}
    found = Aligned()
    found.removed = [n for n, item in enumerate(old) if item[key] not in after]
    found.added = [n for n, item in enumerate(new) if item[key] not in before]
    twins = {_but(new[n], key): n for n in found.added}
    for place in list(found.removed):
        twin = twins.pop(_but(old[place], key), None)
        if twin is not None:
            found.removed.remove(place)
            found.added.remove(twin)
            found.renamed.append((place, twin))
    found.pairs = sorted((before[k], after[k]) for k in before if k in after)
    in_place = _rising([n for _, n in found.pairs])
    found.moved = [pair for pair in found.pairs if pair[1] not in in_place]
    return found


def leaves(before: Json, after: Json, where: str = "") -> Iterator[tuple[str, Json, Json]]:
    """Yield pointer, old and new value wherever two values differ; lists of two lengths whole."""
    if same(before, after):
        return
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in dict.fromkeys([*before, *after]):
            yield from leaves(before.get(key), after.get(key), where + pointer([key]))
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for n, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from leaves(one, other, f"{where}/{n}")
    else:
        yield where, before, after


def gone_and_come(old: Iterable[Json], new: Iterable[Json]) -> tuple[list[Json], list[Json]]:
    """Return what stands only in the old list and what only in the new, repetitions counted."""
    gone: list[Json] = []
    come = list(new)
    for item in old:
        twin = next((n for n, one in enumerate(come) if same(one, item)), None)
        if twin is None:
            gone.append(item)
        else:
            del come[twin]
    return gone, come


def _but(item: Mapping[str, Json], key: str) -> bytes:
    return canonical({k: v for k, v in item.items() if k != key})


def _rising(places: Sequence[int]) -> set[int]:
    """Return a longest rising part of different numbers: what kept its order."""
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for place in places:
        at = bisect_left(ends, place)
        before[place] = ends[at - 1] if at else None
        ends[at : at + 1] = [place]
    kept: set[int] = set()
    last = ends[-1] if ends else None
    while last is not None:
        kept.add(last)
        last = before[last]
    return kept
