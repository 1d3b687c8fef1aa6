"""Decisions as a query: facts in, one row a case out, with all that the rule set decides of it.

Each part builds on the one before it, so nothing is worked out twice: derived facts in order, then
the rules whose condition is true, then what they exclude and forbid, then what is left to ask.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from sqlalchemy import (
    ColumnElement,
    FromClause,
    and_,
    case,
    false,
    literal,
    not_,
    null,
    or_,
    select,
)

from satupintu.conditions.ast import Condition
from satupintu.conditions.names import facts_of
from satupintu.conditions.types import FactTypes
from satupintu.rules.decision import (
    CONSENTS,
    URGENCIES,
    AgencyDecision,
    Consent,
    Decision,
    Exclusion,
    Prohibition,
    ServiceDecision,
    Urgency,
)
from satupintu.rules.document import Outcome, RuleSet
from satupintu.rules.readings.replay import layout
from satupintu.rules.readings.replay.expressions import Expressions

OutcomeKey = tuple[str, ...]
"""``hours``, ``urgency``, ``consent``, ``excluded``, ``forbidden`` or ``flag``, then of what."""
How = Literal["hours", "urgency", "consent"]
HOWS: tuple[How, ...] = ("hours", "urgency", "consent")
At = tuple[str, ...]
"""An agency, or an agency and one of its services."""
Asked = Sequence[tuple[ColumnElement[bool], Outcome]]

_URGENCY: Mapping[str, int] = {urgency: rank for rank, urgency in enumerate(URGENCIES)}
_CONSENT: Mapping[str, int] = {consent: rank for rank, consent in enumerate(CONSENTS)}


def facts_read(ruleset: RuleSet) -> FactTypes:
    """Return the form's facts that a rule set reads: what a table must hold to be decided."""
    conditions = [c.when for fact in ruleset.facts for c in fact.cases]
    conditions += [rule.when for rule in ruleset.rules]
    derived = {fact.id for fact in ruleset.facts}
    read = frozenset[str]().union(*map(facts_of, conditions)) - derived
    return {name: of for name, of in ruleset.types.items() if name in read}


@dataclass(frozen=True)
class Side:
    """One rule set among those decided in a query; ``mark`` keeps its columns apart."""

    mark: str
    ruleset: RuleSet

    @cached_property
    def asks(self) -> Mapping[tuple[str, str], list[tuple[int, Outcome]]]:
        """What rules, by place, ask of each service of each agency."""
        found: dict[tuple[str, str], list[tuple[int, Outcome]]] = {}
        for place, rule in enumerate(self.ruleset.rules):
            for outcome in rule.refer:
                found.setdefault((outcome.agency, outcome.service), []).append((place, outcome))
        return dict(sorted(found.items()))

    @cached_property
    def agencies(self) -> tuple[str, ...]:
        """Every agency that a rule may ask."""
        return tuple(sorted({agency for agency, _ in self.asks}))

    @cached_property
    def exclusions(self) -> Mapping[str, list[int]]:
        """The rules, by place, that exclude each agency."""
        return _places((code, n) for n, r in enumerate(self.ruleset.rules) for code in r.exclude)

    @cached_property
    def prohibitions(self) -> Mapping[tuple[str, str], list[int]]:
        """The rules, by place, that forbid each service of an agency."""
        return _places((at, n) for n, r in enumerate(self.ruleset.rules) for at in r.forbid)

    @cached_property
    def flags(self) -> Mapping[str, list[int]]:
        """The rules, by place, that set each flag."""
        return _places((flag, n) for n, r in enumerate(self.ruleset.rules) for flag in r.flag)

    def derived(self, fact: str) -> str:
        """Return the column of a derived fact."""
        return layout.bounded(f"{self.mark}d:{fact}")

    def rule(self, place: int) -> str:
        """Return the column that says whether a rule's condition is true."""
        return layout.bounded(f"{self.mark}r:{place}")

    def excluded(self, agency: str) -> str:
        """Return the column that says whether an agency is excluded."""
        return layout.bounded(f"{self.mark}x:{agency}")

    def forbidden(self, at: tuple[str, str]) -> str:
        """Return the column that says whether a service is forbidden."""
        return layout.bounded(f"{self.mark}f:{at[0]}:{at[1]}")

    def flagged(self, flag: str) -> str:
        """Return the column that says whether a flag is set."""
        return layout.bounded(f"{self.mark}m:{flag}")

    def asked(self, at: At) -> str:
        """Return the column that says whether an agency, or one service of it, is asked."""
        return layout.bounded(f"{self.mark}a:{':'.join(at)}")

    def how(self, what: How, at: At) -> str:
        """Return the column of a deadline, urgency or consent, the latter two as ranks."""
        return layout.bounded(f"{self.mark}{what}:{':'.join(at)}")

    @cached_property
    def always(self) -> Mapping[tuple[How, At], int]:
        """What every rule that asks says alike: it needs no column, who asks says it."""
        asks: dict[At, list[Outcome]] = {}
        for at, places in self.asks.items():
            for where in (at, at[:1]):
                asks.setdefault(where, []).extend(outcome for _, outcome in places)
        return {
            (what, at): said.pop()
            for at, outcomes in asks.items()
            for what in HOWS
            if len(said := {_rank(what, outcome) for outcome in outcomes}) == 1
        }

    def decision(self, record: Mapping[str, Any]) -> Decision:
        """Return the decision that a row of the query says."""
        rules = self.ruleset.rules
        fired = [n for n in range(len(rules)) if record[self.rule(n)]]
        asked = {
            at: tuple(rules[n].id for n in sorted({n for n, _ in asks} & set(fired)))
            for at, asks in self.asks.items()
            if record[self.asked(at)]
        }
        agencies = [
            self._agency(agency, asked, fired, record)
            for agency in self.agencies
            if record[self.asked((agency,))]
        ]
        agencies.sort(key=lambda a: (a.within_hours, -_URGENCY[a.urgency], a.agency))
        return Decision(
            derived={fact.id: record[self.derived(fact.id)] for fact in self.ruleset.facts},
            agencies=tuple(agencies),
            excluded=tuple(
                sorted(
                    Exclusion(agency, rules[n].id)
                    for agency, places in self.exclusions.items()
                    if record[self.excluded(agency)]
                    for n in places
                    if n in fired
                )
            ),
            forbidden=tuple(
                sorted(
                    Prohibition(*at, rules[n].id)
                    for at, places in self.prohibitions.items()
                    if record[self.forbidden(at)]
                    for n in places
                    if n in fired
                )
            ),
            flags=tuple(sorted(flag for flag in self.flags if record[self.flagged(flag)])),
            rules=tuple(rules[n].id for n in fired),
        )

    def _agency(
        self,
        agency: str,
        asked: Mapping[tuple[str, str], tuple[str, ...]],
        fired: Sequence[int],
        record: Mapping[str, Any],
    ) -> AgencyDecision:
        services = [
            ServiceDecision(service, *self._how(record, at), rules)
            for at, rules in asked.items()
            for _, service in (at,)
            if at[0] == agency
        ]
        services.sort(key=lambda s: (s.within_hours, -_URGENCY[s.urgency], s.service))
        named = {rule for service in services for rule in service.rules}
        order = [self.ruleset.rules[n].id for n in fired]
        reasons = tuple(rule for rule in order if rule in named)
        return AgencyDecision(agency, *self._how(record, (agency,)), tuple(services), reasons)

    def _how(self, record: Mapping[str, Any], at: At) -> tuple[int, Urgency, Consent]:
        hours, urgency, consent = (
            self.always[what, at] if (what, at) in self.always else record[self.how(what, at)]
            for what in HOWS
        )
        return hours, URGENCIES[urgency], CONSENTS[consent]


@dataclass(frozen=True)
class Decided:
    """A query of decisions, and the sides whose columns it has."""

    query: FromClause
    sides: tuple[Side, ...]

    def outcome(self, side: Side) -> Mapping[OutcomeKey, ColumnElement[Any]]:
        """Return the columns that make two decisions the same or not, by what they say of whom."""
        columns = self.query.c
        places = [*side.asks, *((agency,) for agency in side.agencies)]
        found: dict[OutcomeKey, ColumnElement[Any]] = {
            (what, *at): case((columns[side.asked(at)], side.always[what, at]), else_=null())
            if (what, at) in side.always
            else columns[side.how(what, at)]
            for what in HOWS
            for at in places
        }
        found |= {("excluded", code): columns[side.excluded(code)] for code in side.exclusions}
        found |= {("forbidden", *at): columns[side.forbidden(at)] for at in side.prohibitions}
        return found | {("flag", flag): columns[side.flagged(flag)] for flag in side.flags}


def decided(source: FromClause, sides: Sequence[Side], keep: Sequence[str] = ()) -> Decided:
    """Return the query that decides each row of ``source`` by each side.

    ``source`` has the columns of a ``Layout`` with all that the sides read; those named in ``keep``
    stand in the result too.
    """
    for side in sides:
        source = _with_derived(side, source)
    derived = [side.derived(fact.id) for side in sides for fact in side.ruleset.facts]
    kept = [source.c[name] for name in (*keep, *derived)]
    fired = (c for s in sides for c in _fired(s, source))
    source = select(*kept, *fired).select_from(source).subquery()
    source = select(*source.c, *(c for s in sides for c in _barred(s, source))).subquery()
    source = select(*source.c, *(c for s in sides for c in _left(s, source))).subquery()
    return Decided(source, tuple(sides))


def _with_derived(side: Side, source: FromClause) -> FromClause:
    for fact in side.ruleset.facts:
        read = _expressions(side, source)
        whens = [(read.of(c.when), literal(c.value)) for c in fact.cases]
        otherwise = literal(fact.otherwise)
        value = case(*whens, else_=otherwise) if whens else otherwise
        source = select(*source.c, value.label(side.derived(fact.id))).subquery()
    return source


def _expressions(side: Side, source: FromClause) -> Expressions:
    columns = dict(source.c.items())
    for fact in side.ruleset.facts:
        if side.derived(fact.id) in columns:
            columns[fact.id] = columns[side.derived(fact.id)]
    return Expressions(columns, side.ruleset.types)


def _fired(side: Side, source: FromClause) -> Iterator[ColumnElement[Any]]:
    read = _expressions(side, source)
    known: dict[Condition, ColumnElement[bool]] = {}
    for place, rule in enumerate(side.ruleset.rules):
        when = known.setdefault(rule.when, read.holds(rule.when))
        yield when.label(side.rule(place))


def _barred(side: Side, source: FromClause) -> Iterator[ColumnElement[Any]]:
    def any_of(places: Iterable[int]) -> ColumnElement[bool]:
        return or_(false(), *(source.c[side.rule(n)] for n in places))

    for agency, places in side.exclusions.items():
        yield any_of(places).label(side.excluded(agency))
    for at, places in side.prohibitions.items():
        yield any_of(places).label(side.forbidden(at))
    for flag, places in side.flags.items():
        yield any_of(places).label(side.flagged(flag))


def _left(side: Side, source: FromClause) -> Iterator[ColumnElement[Any]]:
    """Yield deadline, urgency and consent of what no exclusion and no prohibition names."""
    together: dict[At, list[tuple[ColumnElement[bool], Outcome]]] = {}
    for at, asks in side.asks.items():
        bars = [source.c[side.excluded(at[0])]] if at[0] in side.exclusions else []
        bars += [source.c[side.forbidden(at)]] if at in side.prohibitions else []
        asked = [(_unless(source.c[side.rule(n)], bars), outcome) for n, outcome in asks]
        together.setdefault(at[:1], []).extend(asked)
        yield from _strictest(side, at, asked)
    for agency, asked in sorted(together.items()):
        yield from _strictest(side, agency, asked)


def _unless(asked: ColumnElement[bool], bars: Sequence[ColumnElement[bool]]) -> ColumnElement[bool]:
    return and_(asked, not_(or_(*bars))) if bars else asked


def _strictest(side: Side, at: At, asked: Asked) -> Iterator[ColumnElement[Any]]:
    yield or_(*(one for one, _ in asked)).label(side.asked(at))
    for what in HOWS:
        if (what, at) not in side.always:
            ranked = [(_rank(what, outcome), one) for one, outcome in asked]
            yield _first(ranked, highest=what != "hours").label(side.how(what, at))


def _rank(what: How, outcome: Outcome) -> int:
    match what:
        case "hours":
            return outcome.within_hours
        case "urgency":
            return _URGENCY[outcome.urgency]
        case "consent":
            return _CONSENT[outcome.consent]


def _first(
    ranked: Sequence[tuple[int, ColumnElement[bool]]], *, highest: bool
) -> ColumnElement[Any]:
    """Return the smallest rank that is asked for, or the highest, as an ordered choice.

    NULL where nothing is asked. No engine's ``least`` is used, because they differ over NULL.
    """
    by_rank: dict[int, list[ColumnElement[bool]]] = {}
    for rank, asked in ranked:
        by_rank.setdefault(rank, []).append(asked)
    whens = ((or_(*by_rank[rank]), rank) for rank in sorted(by_rank, reverse=highest))
    return case(*whens, else_=null())


def _places(pairs: Iterable[tuple[Any, int]]) -> Mapping[Any, list[int]]:
    found: dict[Any, list[int]] = {}
    for key, place in pairs:
        found.setdefault(key, []).append(place)
    return dict(sorted(found.items()))
