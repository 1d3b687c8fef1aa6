"""What a new rule set would have done to past cases: counted where the cases lie."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    SmallInteger,
    and_,
    case,
    cast,
    false,
    func,
    literal,
    null,
    or_,
    select,
)

from satupintu.conditions.types import FactTypes
from satupintu.conditions.values import Facts, write_facts
from satupintu.documents import Json
from satupintu.rules.decision import CONSENTS, URGENCIES
from satupintu.rules.document import RuleSet
from satupintu.rules.readings.replay.decided import Decided, OutcomeKey, Side, decided, facts_read
from satupintu.rules.readings.replay.engines import Engine, Record
from satupintu.rules.readings.replay.layout import CASE, WEEK, Layout
from satupintu.rules.readings.replay.progress import Progress, untold

SLICE = 250_000
"""Cases counted in one query: between two, progress is told and a person may stop."""
SHOWN = 20
"""Different changes that are told apart, the most frequent first."""

_RANKS: Mapping[str, Sequence[str]] = {"urgency": URGENCIES, "consent": CONSENTS}


@dataclass(frozen=True)
class OfAgency:
    """One agency: the cases it helps in before and after, and how its part in them moves."""

    before: int = 0
    after: int = 0
    gained: int = 0
    lost: int = 0
    sooner: int = 0
    later: int = 0


@dataclass(frozen=True)
class Move:
    """One thing that a decision says otherwise.

    ``what`` is ``hours``, ``urgency``, ``consent``, ``excluded``, ``forbidden`` or ``flag``; ``of``
    names the agency, the agency and service, or the flag. ``None`` and False are not there.
    """

    what: str
    of: tuple[str, ...]
    before: int | bool | str | None
    after: int | bool | str | None


@dataclass(frozen=True)
class Change:
    """Cases that change in the same way, with the facts of one of them."""

    cases: int
    moves: tuple[Move, ...]
    facts: Facts


@dataclass(frozen=True)
class Week:
    """The load of one week: cases, and by agency those before and after."""

    monday: date
    cases: int
    changed: int
    agencies: Mapping[str, tuple[int, int]]


@dataclass(frozen=True)
class Impact:
    """Two rule sets over the same cases; ``kinds`` counts the different changes, all of them."""

    cases: int
    changed: int
    agencies: Mapping[str, OfAgency]
    weeks: tuple[Week, ...]
    changes: tuple[Change, ...]
    kinds: int

    def to_json(self) -> dict[str, Json]:
        """Return the plain JSON object that ``satupintu replay`` prints."""
        return {
            "cases": self.cases,
            "changed": self.changed,
            "agencies": {code: asdict(one) for code, one in self.agencies.items()},
            "changes": [
                {
                    "cases": change.cases,
                    "moves": [asdict(move) for move in change.moves],
                    "facts": write_facts(change.facts),
                }
                for change in self.changes
            ],
            "kinds_of_change": self.kinds,
            "weeks": [
                {
                    "week": week.monday.isoformat(),
                    "cases": week.cases,
                    "changed": week.changed,
                    "agencies": {
                        code: {"before": before, "after": after}
                        for code, (before, after) in week.agencies.items()
                    },
                }
                for week in self.weeks
            ],
        }


def read_by(*rulesets: RuleSet) -> FactTypes:
    """Return the facts that any of these rule sets reads, of one form."""
    return {name: of for ruleset in rulesets for name, of in facts_read(ruleset).items()}


def impact(
    old: RuleSet,
    new: RuleSet,
    engine: Engine,
    source: FromClause,
    progress: Progress = untold,
) -> Impact:
    """Return what ``new`` does otherwise than ``old`` to the cases of ``source``.

    ``source`` has the columns of a ``Layout`` over ``read_by(old, new)``.
    """
    work = _Work(old, new, engine, source)
    total = work.one(select(func.count(), func.max(source.c[CASE])).select_from(source))
    cases, last = (int(value or 0) for value in total.values())
    for first in range(0, last + 1 if cases else 0, SLICE):
        work.count(first, first + SLICE)
        progress(min(first + SLICE, cases), cases)
    kinds, changes = work.changes()
    return Impact(cases, work.changed, work.agencies(), work.weeks(), changes, kinds)


def together(parts: Sequence[Impact]) -> Impact:
    """Return what several replays of the same rule sets say as one; ``kinds`` may count a change
    twice that is beyond the most frequent of each.
    """
    agencies: dict[str, Counter[str]] = {}
    weeks: dict[date, list[Week]] = {}
    changes: dict[tuple[Move, ...], list[Change]] = {}
    for part in parts:
        for code, one in part.agencies.items():
            agencies.setdefault(code, Counter()).update(asdict(one))
        for week in part.weeks:
            weeks.setdefault(week.monday, []).append(week)
        for change in part.changes:
            changes.setdefault(change.moves, []).append(change)
    same = sum(len(several) - 1 for several in changes.values())
    summed = [
        Change(sum(change.cases for change in several), moves, several[0].facts)
        for moves, several in changes.items()
    ]
    summed.sort(key=lambda change: -change.cases)
    return Impact(
        cases=sum(part.cases for part in parts),
        changed=sum(part.changed for part in parts),
        agencies={code: OfAgency(**counted) for code, counted in sorted(agencies.items())},
        weeks=tuple(_week(monday, several) for monday, several in sorted(weeks.items())),
        changes=tuple(summed[:SHOWN]),
        kinds=sum(part.kinds for part in parts) - same,
    )


def _week(monday: date, several: Sequence[Week]) -> Week:
    load: dict[str, tuple[int, int]] = {}
    for week in several:
        for code, (before, after) in week.agencies.items():
            was, is_ = load.get(code, (0, 0))
            load[code] = was + before, is_ + after
    cases, changed = (sum(getattr(w, name) for w in several) for name in ("cases", "changed"))
    return Week(monday, cases, changed, load)


@dataclass
class _Work:
    old: RuleSet
    new: RuleSet
    engine: Engine
    source: FromClause
    changed: int = 0
    counted: Counter[tuple[str, str]] = field(default_factory=Counter)
    by_week: dict[date, Counter[str]] = field(default_factory=dict)

    @cached_property
    def sides(self) -> tuple[Side, Side]:
        return Side("o", self.old), Side("n", self.new)

    @cached_property
    def codes(self) -> list[str]:
        return sorted({code for side in self.sides for code in side.agencies})

    @cached_property
    def decided(self) -> Decided:
        return decided(self.source, self.sides, (CASE, WEEK))

    @cached_property
    def pairs(self) -> Mapping[OutcomeKey, tuple[ColumnElement[Any], ColumnElement[Any]]]:
        """Every outcome, before and after."""
        before, after = (self.decided.outcome(side) for side in self.sides)
        keys = sorted(before.keys() | after.keys())
        return {k: (before.get(k, _nothing(k[0])), after.get(k, _nothing(k[0]))) for k in keys}

    def one(self, query: Any) -> Record:
        (record,) = self.engine.records(query)
        return record

    def count(self, first: int, end: int) -> None:
        """Count the cases of one slice by week."""
        query, here = self.decided.query, self.decided.query.c[CASE]
        columns = [total.label(name) for name, total in self._totals()]
        counting = select(query.c[WEEK], *columns).where(here >= first, here < end)
        for record in self.engine.records(counting.group_by(query.c[WEEK])):
            week = self.by_week.setdefault(record[WEEK], Counter())
            for name, value in record.items():
                if name != WEEK:
                    week[name] += int(value or 0)
        self.changed = sum(week["changed"] for week in self.by_week.values())

    def _totals(self) -> Iterator[tuple[str, ColumnElement[Any]]]:
        differ = [before.is_distinct_from(after) for before, after in self.pairs.values()]
        yield "cases", func.count()
        yield "changed", _how_many(or_(false(), *differ))
        for n, code in enumerate(self.codes):
            before, after = self.pairs["hours", code]
            was, is_ = before.is_not(null()), after.is_not(null())
            yield f"{n}:before", _how_many(was)
            yield f"{n}:after", _how_many(is_)
            yield f"{n}:gained", _how_many(and_(is_, ~was))
            yield f"{n}:lost", _how_many(and_(was, ~is_))
            yield f"{n}:sooner", _how_many(after < before)
            yield f"{n}:later", _how_many(after > before)
        for n, one in enumerate(differ):
            yield f"moved:{n}", _how_many(one)

    def agencies(self) -> dict[str, OfAgency]:
        """Return what was counted, by agency."""
        total = sum(self.by_week.values(), Counter[str]())
        kinds = OfAgency.__dataclass_fields__
        return {
            code: OfAgency(**{kind: total[f"{n}:{kind}"] for kind in kinds})
            for n, code in enumerate(self.codes)
        }

    def weeks(self) -> tuple[Week, ...]:
        """Return the load of each week, in order."""
        return tuple(
            Week(
                monday,
                week["cases"],
                week["changed"],
                {c: (week[f"{n}:before"], week[f"{n}:after"]) for n, c in enumerate(self.codes)},
            )
            for monday, week in sorted(self.by_week.items())
        )

    def changes(self) -> tuple[int, tuple[Change, ...]]:
        """Return how many different changes there are, and the most frequent of them."""
        total = sum(self.by_week.values(), Counter[str]())
        moved = [key for n, key in enumerate(self.pairs) if total[f"moved:{n}"]]
        if not moved:
            return 0, ()
        pairs = [self.pairs[key] for key in moved]
        here = self.decided.query
        parts = [part for n, pair in enumerate(pairs) for part in _told_apart(n, *pair)]
        differ = or_(*(before.is_distinct_from(after) for before, after in pairs))
        each = select(here.c[CASE].label("first"), *parts).where(differ).subquery()
        columns = [each.c[part.name] for part in parts]
        grouped = (
            select(*columns, func.count().label("cases"), func.min(each.c.first).label("first"))
            .group_by(*columns)
            .subquery()
        )
        kinds = int(next(iter(self.one(select(func.count()).select_from(grouped)).values())))
        most = select(grouped).order_by(grouped.c.cases.desc(), grouped.c.first).limit(SHOWN)
        found = list(self.engine.records(most))
        facts = self._facts([int(record["first"]) for record in found])
        return kinds, tuple(
            Change(
                int(record["cases"]),
                tuple(_moves(moved, record)),
                facts[int(record["first"])],
            )
            for record in found
        )

    def _facts(self, cases: Sequence[int]) -> dict[int, Facts]:
        layout = Layout(read_by(self.old, self.new))
        columns = [self.source.c[name] for name in layout.columns]
        query = select(*columns).where(self.source.c[CASE].in_(cases))
        return {int(r[CASE]): layout.facts(r) for r in self.engine.records(query)}


def _told_apart(
    n: int, before: ColumnElement[Any], after: ColumnElement[Any]
) -> tuple[Any, Any, Any]:
    differ = before.is_distinct_from(after)
    return (
        case((differ, literal(1)), else_=literal(0)).label(f"differ:{n}"),
        case((differ, before), else_=null()).label(f"before:{n}"),
        case((differ, after), else_=null()).label(f"after:{n}"),
    )


def _moves(moved: Sequence[OutcomeKey], record: Record) -> Iterator[Move]:
    for n, (what, *of) in enumerate(moved):
        if record[f"differ:{n}"]:
            before, after = record[f"before:{n}"], record[f"after:{n}"]
            yield Move(what, tuple(of), _said(what, before), _said(what, after))


def _said(what: str, value: Any) -> int | bool | str | None:
    """Return an outcome as the documents say it: the engines keep urgency and consent as ranks."""
    if what in _RANKS:
        return None if value is None else _RANKS[what][value]
    return int(value) if what == "hours" and value is not None else value


def _nothing(what: str) -> ColumnElement[Any]:
    """Return what a rule set says of something it never speaks of."""
    return cast(null(), SmallInteger()) if what in ("hours", *_RANKS) else false()


def _how_many(condition: ColumnElement[Any]) -> ColumnElement[Any]:
    return func.sum(case((condition, 1), else_=0))
