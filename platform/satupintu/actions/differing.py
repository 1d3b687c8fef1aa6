"""What differs between two versions of one document, as short lines to be read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from satupintu.documents import Json, pointer

How = Literal["added", "removed", "changed"]
LONGEST = 160
_IDS = ("id", "code", "x-id", "const")


@dataclass(frozen=True)
class Change:
    """One place that differs: where it stands, and the values there; None where there is none."""

    how: How
    where: str
    before: str | None = None
    after: str | None = None


def changes(before: Json, after: Json) -> Iterator[Change]:
    """Yield what differs, in the order of the newer document; what is gone comes last.

    Items of a list that have an id are followed by it, so that moving one is no change.
    """
    yield from _changes(before, after, ())


def _changes(before: Json, after: Json, at: tuple[str, ...]) -> Iterator[Change]:
    old, new = _parts(before), _parts(after)
    if old is None or new is None:
        if before != after:
            yield Change("changed", pointer(at), _shown(before), _shown(after))
        return
    for key, value in new.items():
        if key in old:
            yield from _changes(old[key], value, (*at, key))
        else:
            yield Change("added", pointer((*at, key)), None, _shown(value))
    for key in old.keys() - new.keys():
        yield Change("removed", pointer((*at, key)), _shown(old[key]), None)


def _parts(value: Json) -> Mapping[str, Json] | None:
    match value:
        case dict():
            return value
        case [*items] if any(isinstance(item, dict | list) for item in items):
            return {_name(item, str(n)): item for n, item in enumerate(items)}
        case _:
            return None


def _name(item: Json, otherwise: str) -> str:
    if isinstance(item, dict):
        found = (item[key] for key in _IDS if isinstance(item.get(key), str))
        return next(found, otherwise)
    return otherwise


def _shown(value: Json) -> str:
    match value:
        case dict():
            titled = value.get("title") or value.get("name") or value.get("id")
            text = _shown(titled) if titled is not None else ", ".join(sorted(value))
        case [*items]:
            text = ", ".join(_shown(item) for item in items)
        case bool():
            text = str(value).lower()
        case _:
            text = str(value)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
