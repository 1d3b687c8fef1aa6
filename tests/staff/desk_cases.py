"""Cases for the tests of the desk: made by actions, from the examples of a pack's own rules."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from html import unescape
from typing import Any

from forms.completed_answers import complete
from intake.desk import actors, one_of
from satupintu import clock
from satupintu.actions import drafts
from satupintu.actions.engines import Engines
from satupintu.actions.platform import Platform
from satupintu.actions.submit import Submitted, submit
from satupintu.conditions.values import Facts, read_facts
from satupintu.documents import Json
from satupintu.forms import questions
from satupintu.forms.document import Form
from satupintu.people.actor import Actor
from satupintu.rules import plain
from satupintu.rules.decision import Decision
from satupintu.rules.document import Example, RuleSet

NAME = "Kenanga Peragaan"
"""Whom every case of these tests is about: nobody."""


def people(platform: Platform, role: str) -> list[Actor]:
    """Return everybody with a role, by log-in name."""
    return [a for _, a in sorted(actors(platform).items()) if a.role == role]


def text_of(html: str) -> str:
    """Return what a page says, without its tags."""
    main = html[html.index("<main") :]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


class Texts(dict[str, list[str]]):
    """Posted texts by control name, as a browser sends them."""

    def getlist(self, key: str) -> list[str]:
        return self.get(key, [])


class Wrong:
    """An engine that always leaves out the last agency."""

    def __init__(self, ruleset: RuleSet) -> None:
        self.ruleset = ruleset

    def decide(self, facts: Facts) -> Decision:
        """Return a decision that lacks somebody."""
        decision = plain.decide(self.ruleset, facts)
        return replace(decision, agencies=decision.agencies[:-1])

    def close(self) -> None:
        """Hold nothing."""


def with_engine(platform: Platform, make: Any) -> Platform:
    """Return the same installation with another engine."""
    return replace(platform, engines=Engines(make=make))


def example(platform: Platform, example_id: str | None = None) -> Example:
    """Return an example of the rules in force: the one named, or the one with most agencies."""
    examples = platform.content.rule_set(clock.now()).examples
    if example_id is not None:
        return next(e for e in examples if e.id == example_id)
    return max(examples, key=lambda e: len(e.expect["agencies"]))


def example_to_hold(platform: Platform) -> Example:
    """Return the example with most agencies that need consent."""

    def waiting(one: Example) -> int:
        return sum(a.consent == "perlu" for a in decided(platform, one).agencies)

    return max(platform.content.rule_set(clock.now()).examples, key=waiting)


def decided(platform: Platform, chosen: Example) -> Decision:
    """Return what the rules in force say about an example, by the plain meaning."""
    now = platform.content.in_force(clock.now())
    facts = read_facts(dict(chosen.facts), now.form_for("assessment").facts)
    return plain.decide(now.rule_set(), facts)


def answers_for(platform: Platform, chosen: Example, *, agrees: bool = True) -> dict[str, Json]:
    """Return answers that give an example's facts; everything is agreed to, or nothing."""
    form = platform.content.in_force(clock.now()).form_for("assessment")
    given: dict[str, Json] = {question.name: NAME for question in form.with_role("name")}
    for question in form.with_role("consent_service"):
        given[question.name] = question.options[0 if agrees else -1].const
    for question in form.with_role("consent_sharing"):
        given[question.name] = [o.const for o in question.options] if agrees else []
    facts = {name: value for name, value in chosen.facts.items() if name not in given}
    return dict(complete(form, facts, given))


def a_case(
    platform: Platform,
    example_id: str | None = None,
    *,
    agrees: bool = True,
    who: Actor | None = None,
) -> Submitted:
    """Make a case of an example."""
    chosen = example(platform, example_id)
    return send(platform, answers_for(platform, chosen, agrees=agrees), who)


def send(
    platform: Platform,
    answers: Mapping[str, Json],
    who: Actor | None = None,
    draft_id: str | None = None,
) -> Submitted:
    """Fill in and send a draft, a new one unless ``draft_id`` names one."""
    who = who or one_of(platform, "staff")
    if draft_id is None:
        draft_id = drafts.start(platform, who, "id").id
    opened = drafts.read(platform, who, draft_id)
    zone = platform.content.service(clock.now()).zone
    for page in opened.form.pages:
        texts = Texts(_typed(opened.form, page.questions, answers, zone))
        opened = drafts.save_page(
            platform, who, draft_id, page.id, texts, {}, opened.seen(page)
        ).opened
    return submit(platform, who, draft_id)


def _typed(form: Form, names: Any, answers: Mapping[str, Json], zone: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in names:
        if name in answers:
            question = form.questions[name]
            typed = questions.of(question.kind).typed(question, answers[name], name, zone)
            for control, text in typed.items():
                found[control] = [text] if isinstance(text, str) else list(text)
    return found
