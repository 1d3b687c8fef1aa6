"""Log-in sessions, by the keyed hash of a token that only the browser holds."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, delete, insert, update

from satupintu.people.sessions import LoginSession
from satupintu.store.open import Transaction
from satupintu.store.rows import built, selected, values
from satupintu.store.tables import login_sessions

_BY_ID = selected(login_sessions, LoginSession).where(login_sessions.c.id == bindparam("id"))
_CHANGE = (
    update(login_sessions)
    .where(login_sessions.c.id == bindparam("row"))
    .values(
        last_seen_at=bindparam("last_seen_at"),
        locked_at=bindparam("locked_at"),
        ended_at=bindparam("ended_at"),
    )
)


def start(tx: Transaction, token: str, account_id: str, at: datetime) -> LoginSession:
    """Keep a new session."""
    session = LoginSession(_hash(tx, token), account_id, created_at=at, last_seen_at=at)
    tx.run(insert(login_sessions), values(login_sessions, session))
    return session


def by_token(tx: Transaction, token: str) -> LoginSession | None:
    """Return the session of a token, ended or not (``people.sessions.state`` tells), else None."""
    row = tx.run(_BY_ID, {"id": _hash(tx, token)}).one_or_none()
    return None if row is None else built(LoginSession, row)


def change(tx: Transaction, session: LoginSession) -> None:
    """Write when a session was last seen, locked and ended."""
    tx.run(
        _CHANGE,
        {
            "row": session.id,
            "last_seen_at": session.last_seen_at,
            "locked_at": session.locked_at,
            "ended_at": session.ended_at,
        },
    )


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


def _hash(tx: Transaction, token: str) -> str:
    return tx.keyring.token_hash("session", token)
