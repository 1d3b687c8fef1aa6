"""What the rules already say while a form is being filled in: the headline, with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from satupintu.actions.content import InForce
from satupintu.conditions.meaning import holds
from satupintu.conditions.values import Facts
from satupintu.documents import Json
from satupintu.errors import BadDocument, NotFound
from satupintu.forms.document import Form
from satupintu.forms.facts import facts
from satupintu.rules.document import DerivedFact
from satupintu.rules.plain import derive
from satupintu.words import Text


@dataclass(frozen=True)
class Headline:
    """The headline fact as far as answers go; ``why`` is that of the case that gave its value.

    ``rank`` counts from 0 for the option that the document lists first, the most pressing;
    ``by_default`` where no case holds yet.
    """

    title: Text
    value: Text
    why: Text
    rank: int
    ranks: int
    by_default: bool


def headline(content: InForce, form: Form, answers: Mapping[str, Json]) -> Headline | None:
    """Return the headline of unfinished answers; None where the rules in force have none for them.

    It only informs whoever asks the questions: a decision is made when the answers are sent.
    """
    if form.purpose != "assessment":
        return None
    try:
        version = content.hash("rule_set", content.service().rule_set)
        ruleset = content.content.rule_set_version(version, form.hash, content.tx)
    except (BadDocument, NotFound):
        return None
    known = dict(facts(form, answers))
    for fact in ruleset.facts:
        known[fact.id] = value = derive(fact, known)
        if fact.headline:
            return _said(fact, value, known)
    return None


def _said(fact: DerivedFact, value: str, known: Facts) -> Headline:
    case = next((c for c in fact.cases if holds(c.when, known) is True), None)
    return Headline(
        title=fact.title,
        value=fact.options[value],
        why=fact.otherwise_why if case is None else case.why,
        rank=list(fact.options).index(value),
        ranks=len(fact.options),
        by_default=case is None,
    )
