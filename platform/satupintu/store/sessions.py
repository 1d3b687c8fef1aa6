"""Log-in sessions, and log-ins that wait for a code, by the keyed hash of a token that only the
browser holds.
"""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime

from sqlalchemy import Update, bindparam, delete, exists, insert, select, update

from satupintu.people.account import Account
from satupintu.people.sessions import LoginSession
from satupintu.store.open import Transaction
from satupintu.store.rows import built, selected, values
from satupintu.store.tables import accounts, login_sessions, second_factors, waiting_log_ins

_BY_ID = selected(login_sessions, LoginSession).where(login_sessions.c.id == bindparam("id"))
_ON = exists().where(
    second_factors.c.id == accounts.c.id, second_factors.c.confirmed_at.is_not(None)
)
_WITH_ACCOUNT = _BY_ID.join(accounts).add_columns(
    *selected(accounts, Account).selected_columns, _ON
)
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


def with_account(tx: Transaction, token: str) -> tuple[LoginSession, Account, bool] | None:
    """Return the session of a token, ended or not, whose it is, and whether that account's second
    factor is on; else None.
    """
    row = tx.run(_WITH_ACCOUNT, {"id": _hash(tx, token)}).one_or_none()
    if row is None:
        return None
    return LoginSession(*row[:_WIDTH]), Account(*row[_WIDTH:-1]), bool(row[-1])


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
    """End every session of an account, and every log-in that waits for a code; returns how many
    sessions were still open.
    """
    tx.run(delete(waiting_log_ins).where(waiting_log_ins.c.account_id == account_id))
    return tx.run(
        update(login_sessions)
        .where(login_sessions.c.account_id == account_id, login_sessions.c.ended_at.is_(None))
        .values(ended_at=at)
    ).rowcount


def forget_before(tx: Transaction, moment: datetime) -> int:
    """Forget sessions that were last seen before ``moment``, and log-ins that waited in vain;
    returns how many sessions.
    """
    tx.run(delete(waiting_log_ins).where(waiting_log_ins.c.expires_at < moment))
    return tx.run(delete(login_sessions).where(login_sessions.c.last_seen_at < moment)).rowcount


def wait_for_code(tx: Transaction, token: str, account_id: str, until: datetime) -> None:
    """Keep that the password of an account was right, until its code comes or it is too late."""
    waiting = {"token_hash": _waiting(tx, token), "account_id": account_id, "expires_at": until}
    tx.run(insert(waiting_log_ins), waiting)


def waits_for_code(tx: Transaction, token: str, at: datetime) -> str | None:
    """Return the id of the account whose log-in waits under a token, None where none does."""
    asked = select(waiting_log_ins.c.account_id).where(
        waiting_log_ins.c.token_hash == _waiting(tx, token), waiting_log_ins.c.expires_at > at
    )
    found: str | None = tx.run(asked).scalar_one_or_none()
    return found


def waits_no_more(tx: Transaction, token: str) -> bool:
    """Forget a log-in that waited; False for everybody but the first who asks."""
    gone = delete(waiting_log_ins).where(waiting_log_ins.c.token_hash == _waiting(tx, token))
    return tx.run(gone).rowcount == 1


def _open(session: LoginSession) -> Update:
    """Return an update of the session that finds nothing once it ended."""
    return update(login_sessions).where(
        login_sessions.c.id == session.id, login_sessions.c.ended_at.is_(None)
    )


def _waiting(tx: Transaction, token: str) -> str:
    return tx.keyring.token_hash("waiting_log_in", token)


def _hash(tx: Transaction, token: str) -> str:
    return tx.keyring.token_hash("session", token)
