"""A form document checked: everything wrong with it, and everything that could be better."""

from __future__ import annotations

from collections.abc import Iterator

from satupintu.conditions import cel
from satupintu.conditions.doubts import Doubts
from satupintu.documents import parse
from satupintu.errors import BadDocument, Problem
from satupintu.forms.reading import Examined, examine


def check(document: bytes, file: str) -> list[Problem]:
    """Return problems and warnings, each with file and JSON pointer; none where it is clean."""
    try:
        problems = list(everything(examine(parse(document))))
    except BadDocument as e:
        problems = list(e.problems)
    return [p.within(file) for p in problems]


def everything(examined: Examined) -> Iterator[Problem]:
    """Yield what reading a form found and, where it can be used, what is doubtful about it."""
    yield from examined.problems
    if examined.when is None:
        return
    doubts = Doubts(examined.when.types)
    for one in examined.when.ifs():
        found = list(doubts.of(one.condition, one.where))
        yield from found
        together = (one.around, one.condition)
        if not found and doubts.never(*together) and not doubts.never(one.around):
            params = {"part": cel.write(one.condition), "around": cel.write(one.around)}
            yield Problem("forms.if_never_here", params, one.where, level="warning")
    for where, conditions in examined.when.cases():
        yield from doubts.of_cases(
            conditions, [f"{where}/{n}/when" for n in range(len(conditions))]
        )
