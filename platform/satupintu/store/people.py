"""Accounts, and the one-time links by which people set their password."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import bindparam, insert, update

from satupintu.errors import Conflict, NotFound, Problem
from satupintu.people.account import Account
from satupintu.store.open import Transaction
from satupintu.store.rows import built, selected, values
from satupintu.store.tables import accounts, one_time_links

_ACCOUNT = selected(accounts, Account)
_BY_ID = _ACCOUNT.where(accounts.c.id == bindparam("id"))
_BY_LOGIN = _ACCOUNT.where(accounts.c.login == bindparam("login"))


def add(tx: Transaction, account: Account) -> None:
    """Keep a new account. Raises Conflict where the log-in name is taken."""
    new = values(accounts, _folded(account))
    if not tx.added(tx.insert(accounts).values(new), accounts.c.id):
        raise Conflict(Problem("store.login_taken", {"login": account.login}))


def change(tx: Transaction, account: Account) -> None:
    """Write an account as it is now. Raises NotFound."""
    new = values(accounts, _folded(account))
    if not tx.run(update(accounts).where(accounts.c.id == account.id).values(new)).rowcount:
        raise NotFound(Problem("store.not_found"))


def get(tx: Transaction, account_id: str) -> Account:
    """Return one account. Raises NotFound."""
    row = tx.run(_BY_ID, {"id": account_id}).one_or_none()
    if row is None:
        raise NotFound(Problem("store.not_found"))
    return built(Account, row)


def by_login(tx: Transaction, login: str) -> Account | None:
    """Return the account with this log-in name in any case of letters, else None."""
    if "\0" in login:  # no account has one, and PostgreSQL refuses the question
        return None
    row = tx.run(_BY_LOGIN, {"login": login.strip().casefold()}).one_or_none()
    return None if row is None else built(Account, row)


def listed(tx: Transaction) -> tuple[Account, ...]:
    """Return every account, by agency and log-in name."""
    order = accounts.c.agency, accounts.c.login
    return tuple(built(Account, row) for row in tx.run(_ACCOUNT.order_by(*order)))


def add_link(
    tx: Transaction,
    token: str,
    account_id: str,
    *,
    made_by: str | None,
    at: datetime,
    until: datetime,
) -> None:
    """Keep the keyed hash of a one-time link; every earlier link of the account stops working."""
    _use_up(tx, account_id, at)
    tx.run(
        insert(one_time_links),
        {
            "token_hash": _hash(tx, token),
            "account_id": account_id,
            "made_by": made_by,
            "made_at": at,
            "expires_at": until,
        },
    )


def linked(tx: Transaction, token: str, at: datetime) -> Account | None:
    """Return the account of a link that still works; None where it is used, too old or unknown."""
    row = tx.run(
        _ACCOUNT.join_from(accounts, one_time_links).where(
            one_time_links.c.token_hash == _hash(tx, token),
            one_time_links.c.used_at.is_(None),
            one_time_links.c.expires_at > at,
        )
    ).one_or_none()
    return None if row is None else built(Account, row)


def use_link(tx: Transaction, token: str, at: datetime) -> Account | None:
    """Use a one-time link up and return its account; None for everybody but the first who asks."""
    account = linked(tx, token, at)
    return account if account is not None and _use_up(tx, account.id, at) else None


def _use_up(tx: Transaction, account_id: str, at: datetime) -> int:
    return tx.run(
        update(one_time_links)
        .where(one_time_links.c.account_id == account_id, one_time_links.c.used_at.is_(None))
        .values(used_at=at)
    ).rowcount


def _hash(tx: Transaction, token: str) -> str:
    return tx.keyring.token_hash("one_time_link", token)


def _folded(account: Account) -> Account:
    return replace(account, login=account.login.strip().casefold())
