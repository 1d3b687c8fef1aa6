"""Search: by number, name or telephone number, among the cases that the person may see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from satupintu.actions.action import Act, action
from satupintu.actions.cases import lead_people
from satupintu.cases import matching, numbers
from satupintu.cases.access import may_see_case
from satupintu.cases.case import Case
from satupintu.errors import NotFound
from satupintu.store import cases
from satupintu.store import search as index

LONGEST = 200
"""Characters of a search; what is longer was not typed into this field."""

SHOWN = 50
"""Cases that one answer shows: whoever looks for one of more types another word of the name."""


@dataclass(frozen=True)
class Found:
    """What a search found. ``count`` is how many cases fit, where only the newest are shown;
    ``number`` is the case number that was meant, where it was one.
    """

    cases: tuple[Case, ...]
    count: int
    titles: Mapping[str, str]
    number: str | None = None


@action("case.search", reads=True)
def search(act: Act, typed: str) -> Found:
    """Return the cases that fit, newest first. The trail keeps what kind of search it was and what
    it found, never the words.
    """
    service = act.content.service()
    typed = typed[:LONGEST]
    meant = numbers.read(service.case_number, typed)
    number = None if meant is None else numbers.written(service.case_number, *meant)
    found = _by_number(act, number) if number is not None else _by_words(act, typed)
    seen = sorted(
        (c for c in found if _may_see(act, c, service.lead_agency)),
        key=lambda c: c.created_at,
        reverse=True,
    )
    kind = "words" if number is None else "number"
    shown = tuple(seen[:SHOWN])
    act.note("search", kind, cases=[case.id for case in shown])
    titles = {one.id: one.title for one in lead_people(act).values()}
    return Found(shown, len(seen), titles, number)


def _by_number(act: Act, number: str) -> tuple[Case, ...]:
    try:
        return (cases.by_number(act.tx, number),)
    except NotFound:
        return ()


def _by_words(act: Act, typed: str) -> tuple[Case, ...]:
    return tuple(cases.get(act.tx, one) for one in index.find(act.tx, matching.wanted(typed)))


def _may_see(act: Act, case: Case, lead: str) -> bool:
    return may_see_case(act.who, case, lead, cases.shared_with(act.tx, case.id))
