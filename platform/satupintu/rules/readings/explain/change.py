"""The smallest change of answers that would have led to an agency."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count

from satupintu.conditions.ast import And, Condition, Has, Not, Or
from satupintu.conditions.meaning import holds
from satupintu.conditions.names import facts_of
from satupintu.conditions.values import Facts, FactValue
from satupintu.forms.document import Form
from satupintu.forms.facts import visible
from satupintu.rules.collect import collect_rules
from satupintu.rules.document import DerivedFact, Rule, RuleSet
from satupintu.rules.plain import derive
from satupintu.rules.readings.explain.candidates import Candidates
from satupintu.rules.readings.explain.evidence import plain

MOST_EDITS = 5
"""A longer list of changes is another case, not a change of this one."""
MOST_WORK = 60_000
"""Edits that are looked at, and rules read anew after them, before the search gives up: some
tenths of a second at worst, however many rules there are.
"""


@dataclass(frozen=True)
class Edit:
    """One answer that would differ; None is unanswered."""

    fact: str
    before: FactValue | None
    after: FactValue | None


@dataclass(frozen=True)
class Change:
    """The fewest edits after which an agency receives the case, by the plain meaning.

    ``facts`` are the form's facts with the edits made. ``asked`` tells whether the form would ask
    all that the edits answer, and the agency still receives the case of what it asks.
    """

    edits: tuple[Edit, ...]
    facts: Facts
    asked: bool


def smallest_change(
    ruleset: RuleSet, facts: Facts, agency: str, form: Form | None = None
) -> Change | None:
    """Return the smallest change of ``facts`` that leads to ``agency``; None where none was found.

    Values stay within types and bounds. Of equally small changes, one that the form would ask for
    together, then one that takes no answer back, then the one of the earliest rule. No edits where
    the agency receives the case already. The search is bounded (``MOST_EDITS``, ``MOST_WORK``).
    """
    derived = {fact.id for fact in ruleset.facts}
    given = {name: value for name, value in facts.items() if name not in derived}
    search = _Search(ruleset, given, agency, form)
    return search.found() if search.rules else None


class _Search:
    """Uniform cost: the fewest edited facts first; each step mends one thing in the way.

    A fact that is edited may be edited again at no cost, as a list may need two options more.
    """

    def __init__(self, ruleset: RuleSet, given: Facts, agency: str, form: Form | None) -> None:
        self.given = given
        self.agency = agency
        self.form = form
        self.derived = {fact.id: fact for fact in ruleset.facts}
        self.rules = [r for r in ruleset.rules if any(o.agency == agency for o in r.refer)]
        asking = {r.id for r in self.rules}
        self.reading = [r for r in ruleset.rules if r.id in asking or _bars(r, agency)]
        self.when = {r.id: plain(r.when) for r in self.reading}
        self.cases = {
            fact.id: tuple(plain(case.when) for case in fact.cases) for fact in ruleset.facts
        }
        conditions = [*self.when.values(), *(c for cases in self.cases.values() for c in cases)]
        self.candidates = Candidates(ruleset.types, conditions)
        self.work = 0

    def found(self) -> Change | None:
        """Return the best change within the bounds."""
        order = count()
        waiting: list[tuple[int, int, Facts]] = [(0, next(order), self.given)]
        seen = {self._key(self.given)}
        best: tuple[tuple[int, ...], Change] | None = None
        while waiting:
            cost, _, facts = heappop(waiting)
            if best is not None and cost >= best[0][0]:
                break
            if not self.edited(facts) and self.received(self.known(facts)):
                return Change((), facts, True)
            for name, value in self.mended(facts):
                self.work += 1
                if self.work > MOST_WORK:
                    return None if best is None else best[1]
                after = {n: v for n, v in {**facts, name: value}.items() if v is not None}
                key = self._key(after)
                if key in seen:
                    continue
                seen.add(key)
                edits = len(self.edited(after))
                if self.received(self.known(after)):
                    best = self.better(best, after, len(seen))
                elif edits <= MOST_EDITS and (best is None or edits <= best[0][0]):
                    heappush(waiting, (edits, next(order), after))
        return None if best is None else best[1]

    def better(
        self, best: tuple[tuple[int, ...], Change] | None, facts: Facts, place: int
    ) -> tuple[tuple[int, ...], Change]:
        """Return the better of the best change so far and the one to ``facts``."""
        edits = self.edited(facts)
        asked = self.asked(facts, edits)
        taken_back = sum(edit.after is None for edit in edits)
        rank = (len(edits), not asked, taken_back, place)
        if best is not None and best[0] <= rank:
            return best
        return rank, Change(edits, facts, asked)

    def edited(self, facts: Facts) -> tuple[Edit, ...]:
        """Return the edits that lead from the case to ``facts``."""
        given = self.given
        names = dict.fromkeys([*given, *facts])
        return tuple(
            Edit(n, given.get(n), facts.get(n)) for n in names if given.get(n) != facts.get(n)
        )

    def asked(self, facts: Facts, edits: tuple[Edit, ...]) -> bool:
        """Tell whether the form asks what was edited, and what it asks is enough."""
        if self.form is None:
            return True
        seen = visible(self.form, {n: v for n, v in facts.items() if n in self.form.questions})
        answered = all(edit.fact in seen for edit in edits if edit.after is not None)
        return answered and self.received(self.known(seen))

    def known(self, facts: Facts) -> Facts:
        """Return the facts with the derived ones."""
        known = dict(facts)
        for fact in self.derived.values():
            known[fact.id] = derive(fact, known)
        return known

    def received(self, known: Facts) -> bool:
        """Tell whether the agency receives the case: no other rule has a say in that."""
        self.work += len(self.reading)
        fired = [r for r in self.reading if holds(r.when, known) is True]
        return any(a.agency == self.agency for a in collect_rules(fired, {}).agencies)

    def mended(self, facts: Facts) -> Iterator[tuple[str, FactValue | None]]:
        """Yield edits of one fact, each of which mends something that is in the way."""
        known = self.known(facts)
        fired = {r.id for r in self.reading if holds(r.when, known) is True}
        for rule in self.rules:
            if rule.id not in fired:
                yield from self.made(self.when[rule.id], known, True)
                continue
            for bar in self.reading:
                if bar.id in fired and _bars(bar, self.agency):
                    yield from self.made(self.when[bar.id], known, False)

    def made(
        self, condition: Condition, known: Facts, wanted: bool
    ) -> Iterator[tuple[str, FactValue | None]]:
        """Yield edits towards making a condition true, or not true where it is.

        Where all of several must be mended, the first is: the others come after it.
        """
        match condition:
            case And(conditions) | Or(conditions):
                wrong = [c for c in conditions if (holds(c, known) is True) != wanted]
                all_needed = isinstance(condition, And) == wanted
                for part in wrong[:1] if all_needed else wrong:
                    yield from self.made(part, known, wanted)
            case _:
                yield from self.leaf(condition, known, wanted)

    def leaf(
        self, leaf: Condition, known: Facts, wanted: bool
    ) -> Iterator[tuple[str, FactValue | None]]:
        """Yield the edits of each fact of a leaf that make it true, or not true."""
        names = sorted(facts_of(leaf))
        for name in names:
            if name in self.derived:
                yield from self.derived_towards(self.derived[name], leaf, known, wanted)
                continue
            beside = [other for other in names if other != name]
            for value in self.candidates.of(name, known, beside):
                if (holds(leaf, {**known, name: value}) is True) == wanted:
                    yield name, value
            if name in known and (not wanted or _asks_for_none(leaf)):
                yield name, None

    def derived_towards(
        self, fact: DerivedFact, leaf: Condition, known: Facts, wanted: bool
    ) -> Iterator[tuple[str, FactValue | None]]:
        """Yield edits towards a value of a derived fact with which the leaf is as wanted."""
        cases = self.cases[fact.id]
        good = [v for v in fact.options if (holds(leaf, {**known, fact.id: v}) is True) == wanted]
        true = [holds(case, known) is True for case in cases]
        first = next((n for n, is_so in enumerate(true) if is_so), None)
        for n, case in enumerate(fact.cases):
            if case.value in good and not true[n]:
                yield from self.made(cases[n], known, True)
        if first is not None and (
            fact.otherwise in good or any(c.value in good for c in fact.cases[first:])
        ):
            yield from self.made(cases[first], known, False)

    def _key(self, facts: Facts) -> tuple[tuple[str, str], ...]:
        return tuple(sorted((e.fact, repr(e.after)) for e in self.edited(facts)))


def _bars(rule: Rule, agency: str) -> bool:
    return agency in rule.exclude or any(at == agency for at, _ in rule.forbid)


def _asks_for_none(leaf: Condition) -> bool:
    return isinstance(leaf, Not) and isinstance(leaf.condition, Has)
