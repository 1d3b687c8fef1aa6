"""The facts of past cases: read again, each with its week, or taken out without whose they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from satupintu.actions.action import Act, action
from satupintu.conditions.types import Day, FactTypes, Moment
from satupintu.conditions.values import Facts, read_facts
from satupintu.errors import BadAnswers
from satupintu.forms.document import Form, Role
from satupintu.rules.readings.replay.layout import monday
from satupintu.store import past
from satupintu.store.past import Assessed

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


def dated(act: Act, form: Form, assessed: Iterable[Assessed]) -> Iterator[tuple[date, Facts]]:
    """Yield the facts that a form can read, each with its week on the service's clock."""
    zone = act.content.service().zone
    for one in assessed:
        try:
            facts = read_facts(dict(one.facts), form.facts)
        except BadAnswers:
            continue
        yield monday(one.submitted_at.astimezone(zone)), facts


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
    types = exportable(form)
    assessed = list(past.assessed_since(act.tx, since))
    found = [
        (week, {name: facts[name] for name in types if name in facts})
        for week, facts in dated(act, form, assessed)
    ]
    # By week, then by what they say: the order of cases says nothing about when they came in.
    found.sort(key=lambda case: (case[0], repr(sorted(case[1].items()))))
    act.note("form", form.hash, cases=len(found), since=since.isoformat())
    return Gathered(form, types, tuple(found), len(assessed) - len(found))
