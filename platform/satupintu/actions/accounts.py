"""Accounts: who can log in, for which agency, in which role."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

from satupintu.actions.action import Act, action
from satupintu.errors import BadAnswers, Conflict, NotFound, Problem
from satupintu.people import one_time_links, tokens
from satupintu.people.account import Account
from satupintu.people.demonstration import Person, role_problems
from satupintu.people.roles import ACCOUNT_ROLES
from satupintu.store import people, second_factors, sessions

_LOGIN = re.compile(r"[a-z0-9]([a-z0-9._-]{0,58}[a-z0-9])?")
_LONGEST_TITLE = 120


@dataclass(frozen=True)
class ResetLink:
    """A way to set a password, once and until ``expires_at``; ``token`` is shown this once."""

    account: Account
    token: str
    expires_at: datetime


@action("account.list", reads=True)
def listed(act: Act) -> tuple[Account, ...]:
    """Return every account, by agency and log-in name."""
    return people.listed(act.tx)


@action("account.second_factors", reads=True)
def with_second_factor(act: Act) -> frozenset[str]:
    """Return the ids of the accounts whose owner switched a second factor on."""
    return second_factors.all_on(act.tx)


@action("account.create")
def create(act: Act, person: Person, password_hash: str | None = None) -> Account:
    """Make an account; without a password nobody can log in until one is set by a one-time link.

    Raises BadAnswers, each problem with a pointer to its field (an agency that is not in force, a
    role it may not have), Conflict for a login that is taken.
    """
    problems = _problems(act, person)
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


@action("account.disable")
def disable(act: Act, login: str) -> Account:
    """Close an account for good: its sessions end, nobody logs in with it again.

    Raises NotFound, Conflict for one's own. Doing it again changes nothing.
    """
    account = _by_login(act, login)
    if account.id == act.who.account_id:
        raise Conflict(Problem("accounts.own"))
    if account.disabled_at is None:
        account = replace(account, disabled_at=act.at, password_hash=None)
        people.change(act.tx, account)
    ended = sessions.end_all(act.tx, account.id, act.at)
    second_factors.remove(act.tx, account.id)
    act.note("account", account.id, login=account.login, sessions_ended=ended)
    return account


@action("account.reset")
def reset(act: Act, login: str, *, second_factor: bool = False) -> ResetLink:
    """Make a one-time link by which a person sets a password; an earlier link stops working.

    The old password and every session end here, so that a reset also helps where somebody else
    knows the password. With ``second_factor`` the person's second factor goes too: the phone is
    lost. Raises NotFound, Conflict for an account that is closed and for one's own second factor.
    """
    account = _by_login(act, login)
    if account.disabled_at is not None:
        raise Conflict(Problem("accounts.closed", {"login": account.login}))
    if second_factor and account.id == act.who.account_id:
        raise Conflict(Problem("accounts.own_second_factor"))
    removed = second_factor and second_factors.remove(act.tx, account.id)
    account = replace(account, password_hash=None)
    people.change(act.tx, account)
    ended = sessions.end_all(act.tx, account.id, act.at)
    token, until = tokens.new(), one_time_links.expires_at(act.at)
    people.add_link(act.tx, token, account.id, made_by=act.who.account_id, at=act.at, until=until)
    act.note(
        "account",
        account.id,
        login=account.login,
        sessions_ended=ended,
        second_factor_removed=removed,
    )
    return ResetLink(account, token, until)


def _problems(act: Act, person: Person) -> list[Problem]:
    found = []
    if not _LOGIN.fullmatch(person.login):
        found.append(Problem("accounts.bad_login", pointer="/login"))
    if not 0 < len(person.title.strip()) <= _LONGEST_TITLE:
        found.append(Problem("accounts.bad_title", {"longest": _LONGEST_TITLE}, "/title"))
    if person.agency not in act.content.agencies():
        found.append(Problem("accounts.no_agency", {"agency": person.agency}, "/agency"))
    elif person.role not in ACCOUNT_ROLES:
        found.append(Problem("accounts.no_role", pointer="/role"))
    else:
        lead = act.content.service().lead_agency
        found += role_problems(person.role, person.agency, lead, "/role")
    return found


def _by_login(act: Act, login: str) -> Account:
    account = people.by_login(act.tx, login)
    if account is None:
        raise NotFound(Problem("accounts.no_login", {"login": login}))
    return account
