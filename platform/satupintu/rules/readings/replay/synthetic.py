"""Made-up cases by the million that a form accepts: its questions asked by its own conditions.

Each question is drawn at random, kept only where it is asked, and always answered where it must be;
computed answers are computed; a case that breaks what else the form demands is thrown away. All of
it is one query over row numbers, read off the form by the same expressions that read the rules.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Date,
    FromClause,
    and_,
    case,
    cast,
    column,
    false,
    func,
    literal,
    literal_column,
    not_,
    null,
    or_,
    select,
    table,
    true,
)
from sqlalchemy import Integer as _Small

from satupintu.conditions.ast import Condition, Fact, Has, Term, Value
from satupintu.conditions.computed import Computed
from satupintu.conditions.names import facts_of
from satupintu.conditions.types import (
    Boolean,
    Choice,
    Day,
    FactType,
    Integer,
    Many,
    Moment,
    Rows,
    Text,
)
from satupintu.errors import BadDocument, Problem
from satupintu.forms.accepted import Demand, demands
from satupintu.forms.document import Form, Question
from satupintu.rules.readings.replay import layout
from satupintu.rules.readings.replay.engines import Duck
from satupintu.rules.readings.replay.expressions import Expressions, whole
from satupintu.rules.readings.replay.layout import CASE, WEEK, Layout
from satupintu.rules.readings.replay.progress import Progress, untold
from satupintu.rules.samples import EPOCH, UNBOUNDED

MAX_CASES = 20_000_000
TRIED = 500_000
"""Rows drawn at a time."""
PATIENCE = 20
"""Rounds that may go by without one case the form accepts."""

_DAY = 86_400_000_000
_MINUTE = _DAY // 1440
_MIDNIGHT = layout.microseconds(datetime(EPOCH.year, EPOCH.month, EPOCH.day, tzinfo=UTC))
_ANSWERED = 85
"""Per cent: how often a question that need not be answered is, and an option is ticked."""
_TICKED = 25
_RECENT, _LIFE = 120, 365 * 60
"""Days before now that a date is drawn from: half of them recent, half from a life."""

Columns = dict[str, ColumnElement[Any]]


def draw(
    form: Form,
    count: int,
    engine: Duck,
    *,
    seed: int = 1,
    progress: Progress = untold,
) -> FromClause:
    """Make ``count`` cases in ``engine`` and return their table, the same for the same seed.

    The table has the columns of ``Layout(form.types)``; weeks go over one year. Raises BadDocument
    where hardly any drawn case is one that the form accepts.
    """
    cases = Layout(form.types).table("synthetic")
    drawing = _Drawing(form, seed, _numbers(engine))
    names = [name for name in Layout(form.types).columns if name != CASE]
    made = first = empty = 0
    engine.create(cases, ())
    while made < count:
        accepted = drawing.accepted(first, first + min(TRIED, 2 * (count - made) + 100))
        place = (func.row_number().over(order_by=accepted.c[CASE]) + (made - 1)).label(CASE)
        rows = select(place, *(accepted.c[name] for name in names))
        found = engine.add(cases, rows.order_by(accepted.c[CASE]).limit(count - made))
        first += TRIED
        made += found
        empty = 0 if found else empty + 1
        progress(made, count)
        if empty >= PATIENCE:
            raise BadDocument(Problem("replay.nothing_drawn", {"tried": first}))
    return cases


def _numbers(engine: Duck) -> FromClause:
    """Make a table of numbers: the engine draws over a table on every core, over a range on one."""
    counted = func.range(TRIED).table_valued(column("range", BigInteger()))
    engine.keep("numbers", select(counted.c.range.label("number")))
    return table("numbers", column("number", BigInteger()))


@dataclass(frozen=True)
class _Drawing:
    form: Form
    seed: int
    numbers: FromClause

    def accepted(self, first: int, end: int) -> FromClause:
        """Return rows drawn for the numbers from ``first`` to ``end`` that the form accepts."""
        number = self.numbers.c.number + first
        drawn = select(number.label(CASE), _week(number)).where(number < end).subquery()
        for names in self.order:
            answers = (part for name in names for part in self._question(name, drawn))
            drawn = select(*drawn.c, *answers).subquery()
        read = self._read(drawn)
        kept = (
            or_(not_(read.holds(d.given)), read.holds(d.then))
            for d in self._demands
            if d.rows is None
        )
        in_rows = (rule for d in self._demands if d.rows for rule in self._in_rows(d, drawn))
        in_bounds = (rule for name in self.form.types for rule in _in_bounds(name, read))
        return select(*drawn.c).where(and_(true(), *kept, *in_rows, *in_bounds)).subquery()

    @cached_property
    def order(self) -> Sequence[tuple[str, ...]]:
        """The questions in batches: each after all that it hangs on."""
        hangs = {name: self._hangs_on(name) for name in self.form.types}
        for must in (True, False):
            # Where two must be answered for each other's sake, chance and the demands decide it.
            reads = {n: (on | (self._must(n) if must else set())) - {n} for n, on in hangs.items()}
            sorter = TopologicalSorter({n: on & hangs.keys() for n, on in reads.items()})
            try:
                sorter.prepare()
            except CycleError:
                continue
            return tuple(_batches(sorter))
        raise BadDocument(Problem("replay.circle"))

    @cached_property
    def _demands(self) -> tuple[Demand, ...]:
        return demands(self.form)

    def _hangs_on(self, name: str) -> set[str]:
        question = self.form.questions[name]
        fields = [q for q in self.form.questions.values() if q.name.startswith(f"{name}.")]
        found = set(facts_of(question.asked_when))
        found |= question.computed.reads() if question.computed else set()
        for field in fields if question.is_rows else ():
            found |= facts_of(field.asked_when)
            found |= field.computed.reads() if field.computed else set()
        return {self._outer(n) for n in found}

    def _must(self, name: str) -> set[str]:
        return {self._outer(n) for given in self._required(name) for n in facts_of(given)}

    def _outer(self, name: str) -> str:
        """Return the fact that a name is of: of a field of a repeated group, the group."""
        if name in self.form.types:
            return name
        parts = name.split(".")
        before = (".".join(parts[:n]) for n in range(len(parts) - 1, 0, -1))
        return next((n for n in before if n in self.form.types), name)

    def _required(self, name: str) -> list[Condition]:
        return [d.given for d in self._demands if d.then == Has(Fact(name))]

    def _read(self, source: FromClause) -> Expressions:
        return Expressions(dict(source.c.items()), self.form.types)

    def _question(self, name: str, source: FromClause) -> Iterator[ColumnElement[Any]]:
        question = self.form.questions[name]
        of = self.form.types[name]
        for key, value in self._answer(question, of, name, self._read(source)).items():
            yield value.label(key)

    def _answer(self, question: Question, of: FactType, place: str, read: Expressions) -> Columns:
        """Return the columns of one answer: drawn, or computed, NULL where it is not there."""
        asked = read.holds(question.asked_when)
        if question.computed is not None:
            return _where(asked, _computed(question.computed, of, place, read))
        required = self._required(question.name)
        known = [g for g in required if all(read.knows(n) for n in facts_of(g))]
        must = or_(false(), *(read.holds(given) for given in known))
        there = and_(asked, or_(must, self._chance(place, "there", _ANSWERED)))
        if isinstance(of, Rows):
            return self._rows(question, of, there, read)
        return _where(there, self._drawn(of, place))

    def _rows(
        self, question: Question, of: Rows, there: ColumnElement[bool], read: Expressions
    ) -> Columns:
        least = int(question.schema.get("minItems", 0))
        rows = self._whole(question.name, "rows", least, of.max_items)
        count = layout.count(question.name)
        found = _where(there, {count: rows})
        fields = self._fields_in_order(question, of)
        for place in range(1, of.max_items + 1):
            here = layout.row(question.name, place)
            for field in fields:
                row = read.with_row(question.name, place, of, found)
                inner = self.form.questions[f"{question.name}.{field}"]
                cells = self._answer(inner, of.fields[field], f"{here}.{field}", row)
                found |= _where(and_(there, rows >= place), cells)
        return found

    def _fields_in_order(self, question: Question, of: Rows) -> tuple[str, ...]:
        """Return the fields of a row, each after those it hangs on."""
        before = f"{question.name}."
        hangs = {}
        for field in of.fields:
            inner = self.form.questions[before + field]
            reads = facts_of(inner.asked_when)
            reads |= inner.computed.reads() if inner.computed else frozenset()
            own = {n.removeprefix(before) for n in reads if n.startswith(before)}
            hangs[field] = own & of.fields.keys()
        return tuple(TopologicalSorter(hangs).static_order())

    def _in_rows(self, demand: Demand, source: FromClause) -> Iterator[ColumnElement[bool]]:
        name = demand.rows or ""
        of = self.form.types[name]
        read = self._read(source)
        assert isinstance(of, Rows)  # noqa: S101  that makes it a repeated group
        for place in range(1, of.max_items + 1):
            here = read.with_row(name, place, of, {})
            there = func.coalesce(source.c[layout.count(name)] >= place, false())
            yield or_(not_(and_(there, here.holds(demand.given))), here.holds(demand.then))

    def _drawn(self, of: FactType, place: str) -> Columns:
        """Return a random answer of one type."""
        match of:
            case Boolean():
                return {layout.column(place): self._chance(place, "", 50)}
            case Text():
                return {layout.column(place): true()}
            case Integer(minimum, maximum):
                low = min(0, maximum or 0) if minimum is None else minimum
                high = low + UNBOUNDED if maximum is None else maximum
                return {layout.column(place): self._whole(place, "", low, high)}
            case Choice(options):
                one = self._whole(place, "", 1, len(options))
                return {layout.column(place): func.list_extract(func.list_value(*options), one)}
            case Day():
                ago = self._days_ago(place)
                return {layout.column(place): cast(literal(EPOCH) - ago, Date())}
            case Moment():
                ago = self._whole(place, "minutes", 0, _RECENT * 1440) * _MINUTE
                days = cast(whole(ago + (_DAY - 1), _DAY), _Small())
                local = cast(literal(EPOCH) - days, Date())
                return {
                    layout.column(place): literal(_MIDNIGHT, BigInteger()) - ago,
                    layout.day(place): local,
                }
            case Many():
                return self._many(of, place)
            case Rows():
                raise ValueError("rows within rows")

    def _many(self, of: Many, place: str) -> Columns:
        count = len(of.options)
        most = count if of.max_items is None else min(of.max_items, count)
        if of.min_items > 1 or most < count:
            # Chance would hardly find so many, or so few: some options that stand in a row.
            start = self._whole(place, "start", 0, count - 1)
            size = self._whole(place, "size", of.min_items, most)
            return {
                layout.option(place, o): func.mod(n + count - start, count) < size
                for n, o in enumerate(of.options)
            }
        one, single = self._whole(place, "one", 0, count - 1), self._chance(place, "single", 50)
        found: Columns = {}
        for n, o in enumerate(of.options):
            least = [one == n] if of.min_items else []
            ticked = or_(self._chance(place, o, _TICKED), *least)
            found[layout.option(place, o)] = case((single, one == n), else_=ticked)
        return found

    def _days_ago(self, place: str) -> ColumnElement[Any]:
        recent = self._chance(place, "recent", 50)
        of_life = self._whole(place, "life", 0, _LIFE)
        return cast(case((recent, self._whole(place, "d", 0, _RECENT)), else_=of_life), _Small)

    def _whole(self, place: str, of: str, low: int, high: int) -> ColumnElement[Any]:
        """Return a number from ``low`` to ``high``: the same for a case, a place and a seed."""
        said = f"{self.seed} {place} {of}".encode()
        mark = int.from_bytes(hashlib.sha256(said).digest()[:7])
        # Its half as a plain number: the engine divides a whole hash as one of 128 bits, 30 times
        # slower.
        mixed = func.hash(column(CASE) + literal(mark, BigInteger())).op(">>")(literal_column("33"))
        return func.mod(cast(mixed, BigInteger()), high - low + 1) + literal(low, BigInteger())

    def _chance(self, place: str, of: str, percent: int) -> ColumnElement[bool]:
        return self._whole(place, of, 1, 100) <= percent


def _computed(computed: Computed, of: FactType, place: str, read: Expressions) -> Columns:
    """Return the value of the first case whose condition is true, as the form computes it."""
    whens = [(read.holds(one.when), one.value) for one in computed.cases]
    found = {layout.column(place): _first((when, _value(v, read)) for when, v in whens)}
    if isinstance(of, Moment):
        days = ((when, read.day(v)) for when, v in whens if isinstance(v, Term))
        found[layout.day(place)] = _first(days)
    return found


def _value(value: Value, read: Expressions) -> ColumnElement[Any]:
    match value:
        case str():
            return literal(value)
        case _ if isinstance(value, Term):
            return read.worth(value)
        case condition:
            return read.of(condition)


def _first(whens: Iterable[tuple[ColumnElement[bool], ColumnElement[Any]]]) -> ColumnElement[Any]:
    return case(*whens, else_=null())


def _in_bounds(name: str, read: Expressions) -> Iterator[ColumnElement[bool]]:
    """Yield that an integer is within its bounds: a computed one may come to anything."""
    match read.types[name]:
        case Integer(minimum, maximum):
            value = read.worth(Fact(name))
            yield true() if minimum is None else func.coalesce(value >= minimum, true())
            yield true() if maximum is None else func.coalesce(value <= maximum, true())
        case Rows(fields, max_items) as of:
            for place in range(1, max_items + 1):
                here = read.with_row(name, place, of, {})
                for field in fields:
                    yield from _in_bounds(f"{name}.{field}", here)


def _where(there: ColumnElement[bool], columns: Mapping[str, ColumnElement[Any]]) -> Columns:
    return {key: case((there, value), else_=null()) for key, value in columns.items()}


def _batches(sorter: TopologicalSorter[str]) -> Iterator[tuple[str, ...]]:
    while sorter.is_active():
        ready = sorter.get_ready()
        yield tuple(sorted(ready))
        sorter.done(*ready)


def _week(number: ColumnElement[Any]) -> ColumnElement[Any]:
    start = layout.monday(EPOCH - timedelta(days=364))
    weeks = cast(func.mod(number, 52) * 7, _Small)
    return cast(literal(start) + weeks, Date()).label(WEEK)
