"""Which alternative an answer was meant as, where it may fit several or none yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from satupintu.documents import Json
from satupintu.forms.closed import identity
from satupintu.forms.structure.types import named_types, types_of

if TYPE_CHECKING:
    from satupintu.forms.structure.schema import Structure

DEEPEST = 8
"""References followed one after the other; a circle ends here."""


def best(of: Structure, branches: tuple[Json, ...], value: Json) -> int | None:
    """Return the alternative that accepts a value and knows most of it, else the likest one.

    None where none has anything in common with it, or several are no more than of its kind.
    """
    ranks = [
        (of.holds(branch, value), _likeness(of, branch, value, DEEPEST), -place)
        for place, branch in enumerate(branches)
    ]
    accepts, alike, place = max(ranks, default=(False, 0, 0))
    alone = alike == 0 and sum(rank >= 0 for _, rank, _ in ranks) == 1
    return -place if accepts or alike > 0 or alone else None


def _likeness(of: Structure, branch: Json, value: Json, depth: int) -> int:
    """Return how much a value has of what an alternative asks for; below 0 it is of another kind.

    A constant that is met says most: it is there to tell alternatives apart. Of alternatives in an
    alternative the likest one counts.
    """
    if not isinstance(branch, Mapping):
        return 0 if branch else -1
    found = 0
    for part in _parts(of, branch, depth):
        if "type" in part and not set(types_of(value)) & set(named_types(part["type"])):
            return -1
        if "const" in part or "enum" in part:
            listed = part.get("enum", [part["const"]] if "const" in part else [])
            found += 100 if identity(value) in map(identity, listed) else -100
        if isinstance(value, Mapping):
            for key, below in part.get("properties", {}).items():
                if key not in value:
                    continue
                told = isinstance(below, Mapping) and ("const" in below or "enum" in below)
                met = of.holds(below, value[key])
                found += (100 if met else -100) if told else 2 if met else 1
        for inner in (part.get(keyword) for keyword in ("oneOf", "anyOf") if depth):
            found += max((_likeness(of, one, value, depth - 1) for one in inner or ()), default=0)
    return found


def _parts(of: Structure, schema: Mapping[str, Json], depth: int) -> Iterator[Mapping[str, Json]]:
    yield schema
    if depth and "$ref" in schema:
        target = of.target(schema["$ref"])
        if isinstance(target, Mapping):
            yield from _parts(of, target, depth - 1)
    for part in schema.get("allOf", ()) if depth else ():
        if isinstance(part, Mapping):
            yield from _parts(of, part, depth - 1)
