"""By way of which versions answers come from an older version of a form to a newer one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

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
    stations = [older, *(read(h) for h in passed), newer]
    best: list[tuple[int, int, tuple[Form, ...]]] = [(0, 0, (older,))]
    for here in stations[1:]:
        told = _from(here)
        ways = [
            (untold + (there.hash not in told), -(there.hash in told) - said, forms)
            for there, (untold, minus, forms) in zip(stations, best, strict=False)
            for said in (-minus,)
        ]
        untold, minus, forms = min(ways, key=lambda one: one[:2])
        best.append((untold, minus, (*forms, here)))
    return best[-1][2]


def _from(form: Form) -> frozenset[str]:
    return frozenset(one.source for one in migrations(form))
