"""What differs in the migrations of two form versions: what becomes of answers to older ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from satupintu.changes import Change, gone_and_come, same
from satupintu.documents import Json

STEP = "step"
"""The part of a change that holds one step of a migration; its id is the older version's hash."""

_PLACE = "/x-form/migrations"


def between(old: Mapping[str, Json], new: Mapping[str, Json]) -> Iterator[Change]:
    """Yield each step that came or went, and migrations that are only ordered otherwise."""
    before, after = old.get("migrations"), new.get("migrations")
    if same(before, after):
        return
    found = list(_steps(before or [], after or []))
    yield from found
    if not found:
        yield Change("changed", "form", "", "migrations", _PLACE, before, after, "spelling")


def _steps(before: list[Json], after: list[Json]) -> Iterator[Change]:
    was = {one["from"]: one["steps"] for one in before}
    now = {one["from"]: one["steps"] for one in after}
    here = [*was], [*now]
    for version in dict.fromkeys([*was, *now]):
        old, new = (f"{_PLACE}/{h.index(version)}" if version in h else "" for h in here)
        gone, come = gone_and_come(was.get(version, ()), now.get(version, ()))
        for step in come:
            n = now[version].index(step)
            yield Change("added", "migration", version, STEP, f"{new}/steps/{n}", None, step)
        for step in gone:
            n = was[version].index(step)
            yield Change("removed", "migration", version, STEP, f"{old}/steps/{n}", step, None)
        named: Json = {"from": version, "steps": []}
        if not gone and not come and version not in was:
            yield Change("added", "migration", version, "", new, None, named, "spelling")
        if not gone and not come and version not in now:
            yield Change("removed", "migration", version, "", old, named, None, "spelling")
