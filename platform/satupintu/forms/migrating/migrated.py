"""Answers to one version of a form, as answers to another: moved hop by hop, judged at the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from satupintu.documents import Json
from satupintu.forms.document import Form
from satupintu.forms.facts import Answers
from satupintu.forms.migrating.applying import moved
from satupintu.forms.migrating.fate import Fate, How, Migrated, Place
from satupintu.forms.migrating.judging import judged


def migrate(older: Form, newer: Form, answers: Answers, *, keep_hidden: bool = False) -> Migrated:
    """Return answers to ``older`` as answers to ``newer``. Files keep their references.

    With ``keep_hidden``, as in a draft, what is not asked with these answers stays among them.
    """
    return migrate_along((older, newer), answers, keep_hidden=keep_hidden)


def migrate_along(
    forms: Sequence[Form], answers: Answers, *, keep_hidden: bool = False
) -> Migrated:
    """Return answers to the first version as answers to the last, by way of those between.

    Those between only say where an answer goes; only the last judges it.
    """
    found: dict[str, Json] = dict(answers)
    fates: tuple[Fate, ...] | None = None
    for older, newer in pairwise(forms):
        found, after = moved(older, newer, found)
        fates = after if fates is None else tuple(_further(fates, after))
    return judged(forms[-1], found, fates or (), keep_hidden=keep_hidden)


def _further(before: Sequence[Fate], after: Sequence[Fate]) -> Iterator[Fate]:
    """Yield what became of the first answers after two steps of the way."""
    by_place: dict[Place, list[Fate]] = {}
    for fate in after:
        by_place.setdefault(fate.place, []).append(fate)
    for fate in before:
        if fate.lost:
            yield fate
            continue
        then = [one for to in fate.to for one in by_place.get(to, ())]
        yield from (_lost_on_the_way(fate, one) for one in then if one.lost)
        to = tuple(dict.fromkeys(place for one in then if not one.lost for place in one.to))
        if to:
            hows = [fate.how, *(one.how for one in then if not one.lost)]
            yield replace(fate, to=to, how=max(hows, key=_TELLING.index))


_TELLING: tuple[How, ...] = ("kept", "renamed", "moved", "mapped", "joined", "split")


def _lost_on_the_way(fate: Fate, then: Fate) -> Fate:
    whole = len(fate.to) == 1
    return replace(then, question=fate.question, place=fate.place,
                   value=fate.value if whole else then.value)  # fmt: skip
