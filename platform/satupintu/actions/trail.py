"""The audit trail, read and gone through; entries name accounts and things, never an answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import get_args

from satupintu.actions.action import Act, action
from satupintu.people.account import Account
from satupintu.store import audit, chain, people
from satupintu.store.audit import AuditOutcome, Entry
from satupintu.store.chain import Verified

OUTCOMES: tuple[AuditOutcome, ...] = get_args(AuditOutcome)


@dataclass(frozen=True)
class Trail:
    """Some entries, newest first, with the accounts that they name by id.

    ``older`` is what to give as ``before`` for the next ones, None where these are the last.
    """

    entries: tuple[Entry, ...]
    accounts: Mapping[str, Account]
    older: int | None


@action("audit.read", reads=True)
def read(
    act: Act,
    *,
    login: str | None = None,
    action: str | None = None,
    outcome: AuditOutcome | None = None,
    object_id: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    before: int | None = None,
    limit: int = 100,
) -> Trail:
    """Return the entries that all of this is true of, newest first; ``until`` is not included.

    A log-in name that nobody has has no entries. Reading the trail is itself written down.
    """
    act.note("audit", "", login=login, action=action, about=object_id)
    accounts = {account.id: account for account in people.listed(act.tx)}
    someone = people.by_login(act.tx, login) if login else None
    if login and someone is None:
        return Trail((), accounts, None)
    found = audit.listed(
        act.tx,
        account=someone.id if someone else None,
        action=action,
        outcome=outcome,
        object_id=object_id,
        since=since,
        until=until,
        before=before,
        limit=limit + 1,
    )
    older = found[limit - 1].id if len(found) > limit else None
    return Trail(found[:limit], accounts, older)


@action("audit.verify", reads=True)
def verify(act: Act) -> Verified:
    """Go through the whole trail; returns what was found, with the first break."""
    return chain.verify(act.tx)
