"""By way of which versions answers come from an older version of a form to a newer one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from satupintu.forms.document import Form
from satupintu.forms.migrating.document import migrations


def way(
    older: Form, newer: Form, between: Sequence[str], read: Callable[[str], Form]
) -> tuple[Form, ...]:
    """Return the versions that answers pass, ``older`` first and ``newer`` last.

    ``between`` are the hashes of those that were in force in the meantime, the oldest first, and
    ``read`` returns one. What the newer version says of the older one goes before everything.
    Otherwise the way with the fewest steps of which no document speaks is taken, and among those
    the one of which documents say most; where none says anything, ``x-id`` alone tells.
    """
    if older.hash == newer.hash:
        return (older,)
    if older.hash in _from(newer):
        return (older, newer)
    passed = [h for h in dict.fromkeys(between) if h not in (older.hash, newer.hash)]
    best = [_Way((older,))]
    for station in (*map(read, passed), newer):
        told = _from(station)
        best.append(min((way.on(station, told) for way in best), key=lambda way: way.cost))
    return best[-1].forms


@dataclass(frozen=True)
class _Way:
    forms: tuple[Form, ...]
    untold: int = 0
    told: int = 0

    @property
    def cost(self) -> tuple[int, int]:
        return self.untold, -self.told

    def on(self, station: Form, told: frozenset[str]) -> _Way:
        """Return this way with one more station, which speaks of those in ``told``."""
        here = self.forms[-1].hash in told
        return _Way((*self.forms, station), self.untold + (not here), self.told + here)


def _from(form: Form) -> frozenset[str]:
    return frozenset(one.source for one in migrations(form))
