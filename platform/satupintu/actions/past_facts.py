"""The facts of past cases together: replayed in memory, or taken out without whose they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from satupintu import clock
from satupintu.actions.action import Act, action
from satupintu.actions.impact import PERIOD
from satupintu.actions.platform import Platform
from satupintu.conditions.types import Day, FactTypes, Moment
from satupintu.conditions.values import Facts, read_facts
from satupintu.errors import BadAnswers
from satupintu.forms.document import Form, Role
from satupintu.people.actor import Actor
from satupintu.rules.document import RuleSet
from satupintu.rules.readings.replay import cases as of_cases
from satupintu.rules.readings.replay.impact import Impact, Progress, impact, read_by
from satupintu.rules.readings.replay.layout import monday
from satupintu.store import past

IDENTIFYING: frozenset[Role] = frozenset({"name", "identity", "safe_contact", "match"})
"""Roles of questions whose answers say who somebody is or how to reach them."""


@dataclass(frozen=True)
class Gathered:
    """Facts of past cases by week, in no order that tells one case from another.

    ``left_out`` counts those answered under a form whose facts the present one cannot read.
    """

    form: Form
    types: FactTypes
    cases: tuple[tuple[date, Facts], ...]
    left_out: int


def exportable(form: Form) -> FactTypes:
    """Return the facts that may leave the store: no exact date, nothing that says who it was."""
    return {
        name: of
        for name, of in form.facts.items()
        if not isinstance(of, Day | Moment) and not form.questions[name].roles & IDENTIFYING
    }


@action("facts.export", reads=True)
def export(act: Act, since: datetime) -> Gathered:
    """Gather the facts of the cases assessed since a moment, as the form in force asks them."""
    form = act.content.form_for("assessment")
    found = _gathered(act, form, exportable(form), since)
    act.note("form", form.hash, cases=len(found.cases), since=since.isoformat())
    return found


def replay(
    platform: Platform,
    who: Actor,
    old: RuleSet,
    new: RuleSet,
    form: Form,
    progress: Progress = lambda _done, _total: None,
) -> Impact:
    """Replay two rule sets over the cases of the last period, and show no case. Raises NotAllowed.

    Facts are opened in memory only.
    """
    return _replay(platform, who, old, new, form, progress)


@action("documents.replay", reads=True)
def _replay(
    act: Act,
    old: RuleSet,
    new: RuleSet,
    form: Form,
    progress: Callable[[int, int], None],
) -> Impact:
    types = read_by(old, new)
    found = _gathered(act, form, types, clock.now() - PERIOD)
    with of_cases.held(types, found.cases) as (engine, table):
        seen = impact(old, new, engine, table, progress)
    act.note("version", new.hash, against=old.hash, cases=seen.cases)
    return replace(seen, changes=tuple(replace(change, facts={}) for change in seen.changes))


def _gathered(act: Act, form: Form, types: FactTypes, since: datetime) -> Gathered:
    zone = act.content.service().zone
    found: list[tuple[date, Facts]] = []
    left_out = 0
    for assessed in past.assessed_since(act.tx, since):
        try:
            facts = read_facts(dict(assessed.facts), form.facts)
        except BadAnswers:
            left_out += 1
            continue
        week = monday(assessed.submitted_at.astimezone(zone))
        found.append((week, {name: facts[name] for name in types if name in facts}))
    # By week, then by what they say: the order of cases says nothing about when they came in.
    found.sort(key=lambda case: (case[0], repr(sorted(case[1].items()))))
    return Gathered(form, types, tuple(found), left_out)
