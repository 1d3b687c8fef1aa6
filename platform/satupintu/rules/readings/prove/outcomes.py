"""What a rule set decides about one case, as formulas: which rules fire, who is asked, by when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from satupintu.rules.decision import CONSENTS, URGENCIES, Consent, Urgency
from satupintu.rules.document import DerivedFact, Outcome, Promise, Rule, RuleSet
from satupintu.rules.readings.prove.logic import Formula, Logic
from satupintu.rules.readings.prove.meaning import Meaning
from satupintu.rules.readings.prove.universe import Case
from satupintu.rules.readings.prove.variables import OneChoice

Service = tuple[str, str]
"""An agency's code and the code of its service."""


@dataclass(frozen=True)
class Ask:
    """One rule that asks an agency for a service."""

    rule: str
    fires: Formula
    outcome: Outcome


class Outcomes:
    """A rule set over one case; ``true`` holds what ties its variables to the case's answers."""

    def __init__(self, logic: Logic, ruleset: RuleSet, case: Case) -> None:
        self.logic = logic
        self.true: list[Formula] = []
        before = len(case.meaning.calendar.true)
        self.meaning = self._derived(ruleset.facts, case.meaning)
        self.fires = {rule.id: self._fires(rule) for rule in ruleset.rules}
        self.true += self.meaning.calendar.true[before:]
        self._rules = ruleset.rules
        self._asks: dict[Service, list[Ask]] = {}
        for rule in ruleset.rules:
            for outcome in rule.refer:
                ask = Ask(rule.id, self.fires[rule.id], outcome)
                self._asks.setdefault((outcome.agency, outcome.service), []).append(ask)

    @property
    def agencies(self) -> tuple[str, ...]:
        """Every agency that some rule asks."""
        return tuple(dict.fromkeys(agency for agency, _ in self._asks))

    def hours(self, agency: str) -> tuple[int, ...]:
        """Return the deadlines that an agency may get, the shortest first."""
        found = {
            a.outcome.within_hours
            for at, asks in self._asks.items()
            if at[0] == agency
            for a in asks
        }
        return tuple(sorted(found))

    def services(self, agency: str) -> tuple[str, ...]:
        """Return the services that some rule asks of an agency."""
        return tuple(service for code, service in self._asks if code == agency)

    def reached(self, agency: str, service: str | None = None, hours: int | None = None) -> Formula:
        """Return where an agency (and one service of it) is asked, within so many hours."""
        wanted = self.services(agency) if service is None else (service,)
        each = (self._asked((agency, one), hours) for one in wanted)
        return self.logic.every((self.logic.no(self.excluded(agency)), self.logic.some(each)))

    @property
    def flags(self) -> dict[str, None]:
        """Every flag that some rule raises."""
        return dict.fromkeys(flag for rule in self._rules for flag in rule.flag)

    @property
    def excludes(self) -> dict[str, None]:
        """Every agency that some rule excludes."""
        return dict.fromkeys(agency for rule in self._rules for agency in rule.exclude)

    @property
    def forbids(self) -> dict[Service, None]:
        """Every service that some rule forbids."""
        return dict.fromkeys(at for rule in self._rules for at in rule.forbid)

    def marked(self, at: Service, urgency: Urgency, consent: Consent) -> Formula:
        """Return where a service is asked at least this urgently and this strictly."""
        marks = Outcome(*at, 0, urgency, consent)
        asks = self._asks.get(at, ())
        bold = (
            a.fires for a in asks if _as_urgent(a.outcome, marks) and _as_strict(a.outcome, marks)
        )
        return self.logic.every((self.reached(*at), self.logic.some(bold)))

    def kept(self, promise: Promise) -> Formula:
        """Return where what a guarantee speaks of happens."""
        if promise.flag is not None:
            return self.flagged(promise.flag)
        assert promise.agency is not None  # noqa: S101  a promise is of a flag or of an agency
        return self.reached(promise.agency, promise.service, promise.within_hours)

    def flagged(self, flag: str) -> Formula:
        """Return where a flag is raised."""
        return self._some_fires(r for r in self._rules if flag in r.flag)

    def excluded(self, agency: str, *, but: str | None = None) -> Formula:
        """Return where a rule excludes an agency; ``but`` leaves one rule out of it."""
        return self._some_fires(r for r in self._rules if agency in r.exclude and r.id != but)

    def forbidden(self, at: Service, *, but: str | None = None) -> Formula:
        """Return where a rule forbids a service; ``but`` leaves one rule out of it."""
        return self._some_fires(r for r in self._rules if at in r.forbid and r.id != but)

    def anyone(self) -> Formula:
        """Return where at least one agency receives the case."""
        return self.logic.some(self.reached(agency) for agency in self.agencies)

    def asked_at_all(self) -> Formula:
        """Return where some rule asks somebody, whatever is excluded or forbidden."""
        return self._some_fires(r for r in self._rules if r.refer)

    def matters(self, rule: Rule) -> Formula:
        """Return where leaving this one rule out would change the decision."""
        logic, fires = self.logic, self.fires[rule.id]
        alone = [
            *(logic.no(self.excluded(agency, but=rule.id)) for agency in rule.exclude),
            *(logic.no(self.forbidden(at, but=rule.id)) for at in rule.forbid),
            *(
                logic.no(self._some_fires(r for r in self._rules if f in r.flag and r != rule))
                for f in rule.flag
            ),
            *(self._alone(rule, outcome) for outcome in rule.refer),
        ]
        return logic.every((fires, logic.some(alone)))

    def _alone(self, rule: Rule, outcome: Outcome) -> Formula:
        """Return where no other rule asks as much of the service as this outcome does."""
        logic, at = self.logic, (outcome.agency, outcome.service)
        others = [ask for ask in self._asks[at] if ask.rule != rule.id]
        as_much = logic.every(
            logic.some(ask.fires for ask in others if better(ask.outcome, outcome))
            for better in (_as_soon, _as_urgent, _as_strict)
        )
        barred = logic.some(
            (self.excluded(outcome.agency, but=rule.id), self.forbidden(at, but=rule.id))
        )
        return logic.every((logic.no(barred), logic.no(as_much)))

    def _asked(self, at: Service, hours: int | None) -> Formula:
        logic = self.logic
        asks = self._asks.get(at, ())
        soon = (a.fires for a in asks if hours is None or a.outcome.within_hours <= hours)
        return logic.every((logic.some(soon), logic.no(self.forbidden(at))))

    def _some_fires(self, rules: Iterable[Rule]) -> Formula:
        return self.logic.some(self.fires[rule.id] for rule in rules)

    def _fires(self, rule: Rule) -> Formula:
        fires = self.logic.flag(rule.id)
        self.true.append(self.logic.same(fires, self.meaning.of(rule.when).yes))
        return fires

    def _derived(self, facts: Iterable[DerivedFact], meaning: Meaning) -> Meaning:
        for fact in facts:
            held = OneChoice(self.logic.true, dict(self._values(fact, meaning)))
            meaning = replace(meaning, facts={**meaning.facts, fact.id: held})
        return meaning

    def _values(self, fact: DerivedFact, meaning: Meaning) -> Iterator[tuple[str, Formula]]:
        """Yield each option with where it is the value: the first true case gives it."""
        logic = self.logic
        left, found = logic.true, dict.fromkeys(fact.options, logic.false)
        for case in fact.cases:
            yes = meaning.of(case.when).yes
            found[case.value] = logic.some((found[case.value], logic.every((left, yes))))
            left = logic.every((left, logic.no(yes)))
        found[fact.otherwise] = logic.some((found[fact.otherwise], left))
        for option, holds in found.items():
            named = logic.flag(f"{fact.id}={option}")
            self.true.append(logic.same(named, holds))
            yield option, named


def _as_soon(one: Outcome, other: Outcome) -> bool:
    return one.within_hours <= other.within_hours


def _as_urgent(one: Outcome, other: Outcome) -> bool:
    return URGENCIES.index(one.urgency) >= URGENCIES.index(other.urgency)


def _as_strict(one: Outcome, other: Outcome) -> bool:
    return CONSENTS.index(one.consent) >= CONSENTS.index(other.consent)


def derived_values(outcomes: Outcomes, fact: str) -> Mapping[str, Formula]:
    """Return where a derived fact has each of its values."""
    held = outcomes.meaning.facts[fact]
    assert isinstance(held, OneChoice)  # noqa: S101  a derived fact is a choice
    return held.options
