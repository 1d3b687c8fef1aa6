"""What a person would not mean by a condition, though it can be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from satupintu.conditions import cel
from satupintu.conditions.ast import TRUE, And, Condition, Has, Not, Or, RowsExist
from satupintu.conditions.names import facts_of
from satupintu.conditions.nearest import MAX_SHOWN
from satupintu.conditions.normal import negate
from satupintu.conditions.possible import Effort, Wanted, possible, wanted, with_row
from satupintu.conditions.types import FactTypes
from satupintu.errors import Problem


@dataclass(frozen=True)
class Doubts:
    """What is doubted about conditions over facts of these types, as far as ``effort`` goes: one
    for each document.
    """

    types: FactTypes
    effort: Effort = field(default_factory=Effort)

    def of(self, condition: Condition, where: str) -> Iterator[Problem]:
        """Yield what is doubtful about a condition of which only true matters; ``true`` is meant.

        Of parts that are doubtful for one reason, the widest is named.
        """
        if condition != TRUE and not self.effort.spent:
            for problem in self._part(condition, True):
                yield replace(problem, pointer=where, level="warning")

    def never(self, *conditions: Condition) -> bool:
        """Tell whether these conditions are surely never true together."""
        return not possible(map(wanted, conditions), self.types, self.effort)

    def always(self, condition: Condition) -> bool:
        """Tell whether a condition is surely true of all facts, unanswered ones too."""
        return not possible([wanted(condition, true=False)], self.types, self.effort)

    def of_cases(self, conditions: Sequence[Condition], where: Sequence[str]) -> Iterator[Problem]:
        """Yield what is doubtful about cases of which the first true one counts, and which never
        count because those before them are true wherever they are.
        """
        before: list[Wanted] = []
        for condition, place in zip(conditions, where, strict=True):
            found = list(self.of(condition, place))
            yield from found
            if not found and self._passed_over(condition, before):
                yield Problem("conditions.case_passed_over", {}, place, level="warning")
            before.append(wanted(condition, true=False))

    def _passed_over(self, condition: Condition, before: Sequence[Wanted]) -> bool:
        return not possible([wanted(condition), *before], self.types, self.effort)

    def _part(self, condition: Condition, positive: bool) -> Iterator[Problem]:
        key = self._verdict(condition)
        if key is not None:
            yield Problem(key, {"part": _shown(condition)})
            return
        match condition:
            case Not(inner):
                yield from self._part(inner, not positive)
            case RowsExist() if condition.condition != TRUE:  # else: there are any rows
                inside = Doubts(with_row(self.types, condition), self.effort)
                yield from inside._part(condition.condition, positive)
            case And(parts) | Or(parts):
                sound = []
                for part, times in Counter(parts).items():
                    found = list(self._part(part, positive))
                    yield from found
                    if times > 1:
                        yield Problem("conditions.part_repeated", {"part": _shown(part)})
                    if not found:
                        sound.append(part)
                yield from self._needless(sound, isinstance(condition, And) == positive, positive)

    def _verdict(self, condition: Condition) -> str | None:
        if isinstance(condition, Has):
            return None
        if self.never(condition):
            return "conditions.never_true"
        if self.always(condition):
            return "conditions.always_true"
        if self.never(negate(condition)):
            return "conditions.only_answered"
        return None

    def _needless(self, parts: list[Condition], narrows: bool, positive: bool) -> Iterator[Problem]:
        """Yield the parts that change nothing beside another.

        Each part of what ``narrows`` must hold, so one that follows from another says nothing; else
        one is enough, and it is the other that says nothing. Under a negation it is whether the
        parts are false that matters.
        """
        needless: set[Condition] = set()
        read = {part: facts_of(part) for part in parts}
        for one, other in combinations(parts, 2):
            if not self.effort.spend():
                return
            if needless & {one, other} or not read[one] & read[other]:
                continue
            for first, second in ((one, other), (other, one)):
                if self._follows(first, second, positive):
                    spare, kept = (second, first) if narrows else (first, second)
                    needless.add(spare)
                    params = {"part": _shown(spare), "other": _shown(kept)}
                    yield Problem("conditions.part_needless", params)
                    break

    def _follows(self, first: Condition, second: Condition, positive: bool) -> bool:
        """Tell whether wherever the first is true (or false), the second surely is too."""
        if not positive:
            first, second = negate(first), negate(second)
        against = (wanted(first), wanted(second, true=False))
        return not possible(against, self.types, self.effort)


def _shown(condition: Condition) -> str:
    text = cel.write(condition)
    return text if len(text) <= 2 * MAX_SHOWN else text[: 2 * MAX_SHOWN - 1] + "…"
