"""Passwords: changed by their owner, or set by a one-time link from an administrator.

Every session of the account ends with the old password.
"""

from __future__ import annotations

from dataclasses import replace

from satupintu import clock
from satupintu.actions import limiting, sessions
from satupintu.actions.action import Act, action
from satupintu.actions.limiting import Try
from satupintu.actions.platform import Platform
from satupintu.actions.sessions import Checked, Visit
from satupintu.errors import BadAnswers, NotFound, Problem
from satupintu.people import limits, passwords, tokens
from satupintu.people.account import Account
from satupintu.people.actor import PUBLIC
from satupintu.store import limits as counters
from satupintu.store import people
from satupintu.store import sessions as kept_sessions

CURRENT, NEW = "/password", "/password_new"
"""Where a problem stands: pointers to the two fields of the form."""


def change(platform: Platform, visit: Visit, *, current: str, new: str) -> Visit:
    """Set a new password, end every session, and return the new session of this browser.

    Raises BadAnswers with a problem at ``CURRENT`` or ``NEW``, TooOften.
    """
    login = visit.actor.login or ""
    _check_new(new, login)
    checked = sessions.check(
        platform, login, current, Try(limits.LOGIN_BY_ACCOUNT, limits.by_login(login))
    )
    new_hash = passwords.hashed(new) if checked.account is not None else ""
    begun = _change(platform, visit.actor, checked, new_hash)
    if begun is None:
        raise checked.too_often or BadAnswers(Problem("people.password.not_yours", pointer=CURRENT))
    return begun


def linked(platform: Platform, token: str) -> Account:
    """Return whose password a one-time link sets. Raises NotFound where it is of no use any more.

    No action: nobody is known yet, and the link is not used up.
    """
    with platform.store.reading() as tx:
        return _usable(people.linked(tx, token, clock.now()))


def set_by_link(platform: Platform, token: str, new: str, *, address: str) -> Account:
    """Set a password by a one-time link, which is then used up.

    Raises NotFound where somebody was first or it is too old, BadAnswers for a password that is
    easy to guess (the link still works then), TooOften.
    """
    _count(platform, address)
    _check_new(new, linked(platform, token).login)
    return _set_by_link(platform, PUBLIC, token, passwords.hashed(new))


@action("password.change")
def _change(act: Act, checked: Checked, new_hash: str) -> Visit | None:
    account = sessions.confirm(act, checked)
    if account is None or account.id != act.who.account_id:
        return None
    ended = _keep(act, account, new_hash)
    token = tokens.new()
    kept_sessions.start(act.tx, token, account.id, act.at)
    act.note("account", account.id, sessions_ended=ended)
    return Visit(account.actor(), "open", token)


@action("password.set_by_link")
def _set_by_link(act: Act, token: str, new_hash: str) -> Account:
    account = _usable(people.use_link(act.tx, token, act.at))
    ended = _keep(act, account, new_hash)
    # Whoever forgot it tried often before asking for a link.
    counters.clear(act.tx, limits.LOGIN_BY_ACCOUNT.key(limits.by_login(account.login)))
    act.note("account", account.id, sessions_ended=ended)
    return account


def _keep(act: Act, account: Account, new_hash: str) -> int:
    people.change(act.tx, replace(account, password_hash=new_hash))
    return kept_sessions.end_all(act.tx, account.id, act.at)


def _check_new(password: str, login: str) -> None:
    problems = [replace(p, pointer=NEW) for p in passwords.problems(password, login)]
    if problems:
        raise BadAnswers(*problems)


def _usable(account: Account | None) -> Account:
    if account is None or account.disabled_at is not None:
        raise NotFound(Problem("people.link_unusable"))
    return account


def _count(platform: Platform, address: str) -> None:
    tries = [Try(limits.LINK_BY_ADDRESS, limits.by_address(address))]
    with platform.store.writing() as tx:
        too_often = limiting.count(tx, clock.now(), tries)
    if too_often is not None:
        raise too_often
