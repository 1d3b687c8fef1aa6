"""Accounts: who can log in, for which agency, in which role."""

from __future__ import annotations

from uuid import uuid4

from satupintu.actions.action import Act, action
from satupintu.errors import BadAnswers, Problem
from satupintu.people.account import Account
from satupintu.people.demonstration import Person, role_problems
from satupintu.store import people


@action("account.list", reads=True)
def listed(act: Act) -> tuple[Account, ...]:
    """Return every account, by agency and log-in name."""
    return people.listed(act.tx)


@action("account.create")
def create(act: Act, person: Person, password_hash: str | None = None) -> Account:
    """Make an account; without a password nobody can log in until one is set by a one-time link.

    Raises BadAnswers for an agency that is not in force or a role it may not have, Conflict for a
    login that is taken.
    """
    if person.agency not in act.content.agencies():
        raise BadAnswers(Problem("accounts.no_agency", {"agency": person.agency}))
    problems = role_problems(person.role, person.agency, act.content.service().lead_agency)
    if problems:
        raise BadAnswers(*problems)
    account = Account(
        id=str(uuid4()),
        login=person.login,
        role=person.role,
        agency=person.agency,
        title=person.title,
        password_hash=password_hash,
        created_at=act.at,
    )
    people.add(act.tx, account)
    act.note("account", account.id, login=account.login, role=account.role, agency=account.agency)
    return account
