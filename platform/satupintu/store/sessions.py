"""Log-in sessions, by the keyed hash of a token that only the browser holds."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime

from sqlalchemy import Update, bindparam, delete, insert, update

from satupintu.people.account import Account
from satupintu.people.sessions import LoginSession
from satupintu.store.open import Transaction
from satupintu.store.rows import built, selected, values
from satupintu.store.tables import accounts, login_sessions

_BY_ID = selected(login_sessions, LoginSession).where(login_sessions.c.id == bindparam("id"))
_WITH_ACCOUNT = _BY_ID.join(accounts).add_columns(*selected(accounts, Account).selected_columns)
_WIDTH = len(fields(LoginSession))


def start(tx: Transaction, token: str, account_id: str, at: datetime) -> LoginSession:
    """Keep a new session."""
    session = LoginSession(_hash(tx, token), account_id, created_at=at, last_seen_at=at)
    tx.run(insert(login_sessions), values(login_sessions, session))
    return session


def by_token(tx: Transaction, token: str) -> LoginSession | None:
    """Return the session of a token, ended or not (``people.sessions.state`` tells), else None."""
    row = tx.run(_BY_ID, {"id": _hash(tx, token)}).one_or_none()
    return None if row is None else built(LoginSession, row)


def with_account(tx: Transaction, token: str) -> tuple[LoginSession, Account] | None:
    """Return the session of a token and whose it is, ended or not, else None."""
    row = tx.run(_WITH_ACCOUNT, {"id": _hash(tx, token)}).one_or_none()
    if row is None:
        return None
    return LoginSession(*row[:_WIDTH]), Account(*row[_WIDTH:])


def touch(tx: Transaction, session: LoginSession, at: datetime) -> None:
    """Write down that the session was seen, unless it was locked or ended in the meantime."""
    tx.run(_open(session).where(login_sessions.c.locked_at.is_(None)).values(last_seen_at=at))


def lock(tx: Transaction, session: LoginSession, at: datetime) -> None:
    """Cover the screen until the password uncovers it."""
    tx.run(_open(session).values(locked_at=at))


def unlock(tx: Transaction, session: LoginSession, at: datetime) -> bool:
    """Uncover the screen; False where the session ended in the meantime."""
    changed = tx.run(_open(session).values(locked_at=None, last_seen_at=at))
    return changed.rowcount == 1


def end(tx: Transaction, session: LoginSession, at: datetime) -> None:
    """End one session; a session that ended never opens again."""
    tx.run(_open(session).values(ended_at=at))


def end_all(tx: Transaction, account_id: str, at: datetime) -> int:
    """End every session of an account; returns how many were still open."""
    return tx.run(
        update(login_sessions)
        .where(login_sessions.c.account_id == account_id, login_sessions.c.ended_at.is_(None))
        .values(ended_at=at)
    ).rowcount


def forget_before(tx: Transaction, moment: datetime) -> int:
    """Forget sessions that were last seen before ``moment``; returns how many."""
    return tx.run(delete(login_sessions).where(login_sessions.c.last_seen_at < moment)).rowcount


def _open(session: LoginSession) -> Update:
    """Return an update of the session that finds nothing once it ended."""
    return update(login_sessions).where(
        login_sessions.c.id == session.id, login_sessions.c.ended_at.is_(None)
    )


def _hash(tx: Transaction, token: str) -> str:
    return tx.keyring.token_hash("session", token)
