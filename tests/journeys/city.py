"""An installation of one content pack, and what its documents say; nothing here knows a name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from flask import Flask

from forms.completed_answers import complete
from journeys.person import Person
from packs.installation import installation
from satupintu import clock, words
from satupintu.actions.content import InForce
from satupintu.actions.platform import Platform
from satupintu.app import create_app
from satupintu.documents import Json
from satupintu.forms.document import Form, Page, Purpose
from satupintu.forms.questions import of as kind_of
from satupintu.people import tokens
from satupintu.people.account import Account
from satupintu.people.roles import Role
from satupintu.rules.document import Example, RuleSet
from satupintu.store import people, sessions
from satupintu.web import cookies


@dataclass
class City:
    """One door, open: its pages, its people, its documents."""

    platform: Platform
    app: Flask
    inside: dict[str, Person] = field(default_factory=dict)
    every: int = 1
    """Of the examples, each so many is told where all would be."""

    @cached_property
    def now(self) -> InForce:
        """Every document in force."""
        return self.platform.content.in_force(clock.now())

    @cached_property
    def rules(self) -> RuleSet:
        """The rule set that decides."""
        return self.now.rule_set()

    def form(self, purpose: Purpose) -> Form:
        """The form for a purpose."""
        return self.now.form_for(purpose)

    def example(self, wanted: str) -> Example:
        """One example of the rule set."""
        return next(e for e in self.rules.examples if e.id == wanted)

    @cached_property
    def accounts(self) -> tuple[Account, ...]:
        """Everybody who can log in."""
        with self.platform.store.reading() as tx:
            return tuple(people.listed(tx))

    def stranger(self) -> Person:
        """Somebody without an account, at a browser of their own."""
        return Person(self.app.test_client())

    def someone(self, role: Role, agency: str | None = None, n: int = 0) -> Person:
        """The n-th person of a role, at an agency if one is named; kept, once they sat down.

        Their session is simply there, as checking dozens of passwords takes long; the journeys in
        a browser log in.
        """
        fitting = [a for a in self.accounts if a.role == role and agency in (None, a.agency)]
        account = fitting[n]
        if account.login not in self.inside:
            token = tokens.new()
            with self.platform.store.writing() as tx:
                sessions.start(tx, token, account.id, clock.now())
            person = self.stranger()
            person.client.set_cookie(cookies.name(cookies.SESSION, secure=False), token)
            self.inside[account.login] = person
        return self.inside[account.login]

    def at(self, agency: str, who: str) -> Person:
        """The head of an agency, or one of its officers; at the lead agency, of its staff."""
        if agency == self.now.service().lead_agency:
            return self.someone("service_head" if who == "head" else "staff")
        return self.someone("agency_head" if who == "head" else "agency_officer", agency)

    def agency_name(self, agency: str) -> str:
        """What pages call an agency."""
        return words.pick(self.now.agencies()[agency].name, "id")

    def answers(self, example: Example, *, sharing: bool) -> dict[str, Json]:
        """Whole answers of an example; every sharing group ticked, or none."""
        return shared(self.form("assessment"), example, sharing=sharing)

    def typed(self, form: Form, page: Page, answers: Mapping[str, Json]) -> dict[str, Json]:
        """What a person types into the controls of a page, by control name."""
        return typed(form, page, answers, self.now.service().zone)


def opened(var: Path, content: Path) -> City:
    """Install a content pack below ``var``."""
    platform = installation(var, content)
    return City(platform, create_app(platform))


def shared(form: Form, example: Example, *, sharing: bool) -> dict[str, Json]:
    """Return whole answers of an example; every sharing group ticked, or none."""
    ticked = {
        q.name: [o.const for o in q.options] if sharing else []
        for q in form.with_role("consent_sharing")
    }
    return complete(form, {**example.facts, **ticked})


def typed(form: Form, page: Page, answers: Mapping[str, Json], zone: ZoneInfo) -> dict[str, Json]:
    """Return what a person types into the controls of a page, by control name."""
    found: dict[str, Json] = {}
    for name in page.questions:
        if name in answers:
            question = form.questions[name]
            found |= kind_of(question.kind).typed(question, answers[name], name, zone)
    return found


def said(key: str, **params: object) -> str:
    """Return what a button or sentence of the platform says in Indonesian."""
    return words.say(key, "id", **params)
