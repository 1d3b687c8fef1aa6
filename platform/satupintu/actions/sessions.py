"""Log-in sessions: who is in front of this browser, from log-in to log-out.

Checking a password takes some 50 ms and 64 MiB on purpose, so it happens between transactions: a
first one counts the try, a second one acts on the answer if the password is still the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import structlog

from satupintu import clock
from satupintu.actions import limiting
from satupintu.actions.action import Act, action
from satupintu.actions.limiting import Try
from satupintu.actions.platform import Platform
from satupintu.errors import BadAnswers, NotAllowed, Problem, TooOften, Unavailable
from satupintu.people import limits, passwords, tokens
from satupintu.people.account import Account
from satupintu.people.actor import PUBLIC, Actor
from satupintu.people.second_factor import HALF_WAY
from satupintu.people.sessions import LoginSession, SessionState, state, to_be_touched
from satupintu.store import people, second_factors, sessions

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Visit:
    """A browser that came back with the token of a session: whose it is, and whether it is open."""

    actor: Actor
    state: SessionState
    token: str
    must_enrol: bool = False
    """True where the installation requires a second factor and the account has none switched on."""


@dataclass(frozen=True)
class HalfWay:
    """A right password whose account also asks for a code; the token opens that step alone."""

    token: str


@dataclass(frozen=True)
class Checked:
    """What came of a typed password: ``known`` whose it was, ``account`` where it was right."""

    at: datetime
    tries: tuple[Try, ...]
    known: Account | None
    account: Account | None
    too_often: TooOften | None

    def refusal(self) -> BadAnswers | TooOften:
        """Return what to raise: the same for a wrong password, a closed account, no account."""
        return self.too_often or BadAnswers(Problem("people.login_refused"))


def recognise(platform: Platform, token: str) -> Visit | None:
    """Return whose session a token is, None for a token that never was one.

    No action: nobody is known yet, and nothing but the moment is written, at most once a minute.
    """
    at = clock.now()
    with platform.store.reading() as tx:
        found = sessions.with_account(tx, token)
    if found is None:
        return None
    session, account, enrolled = found
    if to_be_touched(session, at):
        try:
            with platform.store.writing() as tx:
                sessions.touch(tx, session, at)
        except Unavailable:
            _log.warning("a session was seen, which could not be written down")
    ended = account.disabled_at is not None
    must_enrol = not enrolled and platform.settings.second_factor == "required"
    return Visit(account.actor(), "ended" if ended else state(session, at), token, must_enrol)


def log_in(
    platform: Platform, *, login: str, password: str, address: str, before: str | None = None
) -> Visit | HalfWay:
    """Open a new session; ``before`` is the token that this browser had, whose session ends.

    Where the account has a second factor, ``second_step.take`` opens the session instead. Raises
    BadAnswers with one sentence whatever was not right, after the same work; TooOften.
    """
    checked = check(
        platform,
        login,
        password,
        Try(limits.LOGIN_BY_ACCOUNT, limits.by_login(login)),
        Try(limits.LOGIN_BY_ADDRESS, limits.by_address(address)),
    )
    begun = _log_in(platform, PUBLIC, checked, before)
    if begun is None:
        raise checked.refusal()
    return begun


def unlock(platform: Platform, visit: Visit, *, password: str) -> None:
    """Uncover the screen of a locked session.

    Raises BadAnswers for another password, TooOften, NotAllowed where the session ended meanwhile.
    """
    login = visit.actor.login or ""
    checked = check(platform, login, password, Try(limits.LOGIN_BY_ACCOUNT, limits.by_login(login)))
    if not _unlock(platform, visit.actor, checked, visit.token):
        raise checked.too_often or BadAnswers(Problem("people.password.not_yours"))


def check(platform: Platform, login: str, password: str, *tries: Try) -> Checked:
    """Count a try and tell whether the password is the account's own.

    Whoever acts on it calls ``confirm`` in the transaction of the act.
    """
    at = clock.now()
    with platform.store.writing() as tx:
        too_often = limiting.count(tx, at, tries)
        known = people.by_login(tx, login)
    if too_often is not None:
        return Checked(at, tries, known, None, too_often)
    stored = known.password_hash if known is not None and known.may_log_in else None
    right = passwords.right(password, stored)
    return Checked(at, tries, known, known if right else None, None)


def confirm(act: Act, checked: Checked) -> Account | None:
    """Return the account of a right password that still is right; a wrong one is written down."""
    if checked.account is not None:
        now = people.get(act.tx, checked.account.id)
        if now.may_log_in and now.password_hash == checked.account.password_hash:
            limiting.take_back(act.tx, checked.at, checked.tries)
            return now
    # Never the typed name: people type a password there too.
    reason = "too_often" if checked.too_often is not None else "refused"
    act.refuse("account", checked.known.id if checked.known else "", reason=reason)
    return None


@action("session.login")
def _log_in(act: Act, checked: Checked, before: str | None) -> Visit | HalfWay | None:
    account = confirm(act, checked)
    if account is None:
        return None
    setting = act.platform.settings.second_factor
    if setting != "off" and second_factors.is_on(act.tx, account.id):
        token = tokens.new()
        sessions.wait_for_code(act.tx, token, account.id, act.at + HALF_WAY)
        act.note("account", account.id, waits_for="code")
        return HalfWay(token)
    act.note("account", account.id)
    return begin(act, account, before)


def begin(act: Act, account: Account, before: str | None) -> Visit:
    """Open a new session for whoever proved to be the account's owner; the one before ends."""
    if before is not None and (old := sessions.by_token(act.tx, before)) is not None:
        sessions.end(act.tx, old, act.at)
    token = tokens.new()
    sessions.start(act.tx, token, account.id, act.at)
    required = act.platform.settings.second_factor == "required"
    must_enrol = required and not second_factors.is_on(act.tx, account.id)
    return Visit(account.actor(), "open", token, must_enrol)


@action("session.logout")
def log_out(act: Act, token: str) -> None:
    """End the session of this browser. Raises NotAllowed for another account's."""
    sessions.end(act.tx, _own(act, token), act.at)


@action("session.lock")
def lock(act: Act, token: str) -> None:
    """Cover the screen of this browser until its password is typed again."""
    sessions.lock(act.tx, _own(act, token), act.at)


@action("session.unlock")
def _unlock(act: Act, checked: Checked, token: str) -> bool:
    session = _own(act, token)
    if confirm(act, checked) is None:
        return False
    if state(session, act.at) == "ended" or not sessions.unlock(act.tx, session, act.at):
        raise NotAllowed(Problem("people.session_ended"))
    return True


def _own(act: Act, token: str) -> LoginSession:
    session = sessions.by_token(act.tx, token)
    if session is None or session.account_id != act.who.account_id:
        raise NotAllowed(Problem("people.session_ended"))
    return session
