"""What became of each document version: events that are only ever added, and who wrote what."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import bindparam, exc, func, insert, select, text

from satupintu.errors import Conflict, Problem
from satupintu.rules.lifecycle import Event, authors_of_step
from satupintu.store.document_tables import lifecycle_events, version_authors
from satupintu.store.open import Transaction
from satupintu.store.rows import built, selected, values

_ALL = selected(lifecycle_events, Event).order_by(lifecycle_events.c.place)
_OF_DOCUMENT = _ALL.where(
    lifecycle_events.c.kind == bindparam("kind"),
    lifecycle_events.c.document_id == bindparam("document_id"),
)
_NEWEST = select(func.max(lifecycle_events.c.at))
_STATE = select(
    func.count().label("count"),
    func.coalesce(func.max(lifecycle_events.c.place), 0).label("last"),
).select_from(lifecycle_events)
_AUTHORS = select(version_authors.c.account).where(
    version_authors.c.version == bindparam("version")
)
_LOCK = text("LOCK TABLE lifecycle_events IN SHARE ROW EXCLUSIVE MODE")


def lock(tx: Transaction) -> None:
    """Let nobody else record anything until this transaction ends; readers go on.

    SQLite's writing transactions are one at a time anyway.
    """
    if tx.dialect == "postgresql":
        tx.run(_LOCK)


def record(tx: Transaction, event: Event) -> None:
    """Add an event. Raises Conflict where somebody else took the version's next turn.

    Whoever approves is not who submitted: the table itself refuses that, too.
    """
    history = of_document(tx, event.kind, event.document_id)
    mine = [e for e in history if e.version == event.version]
    sent = authors_of_step(mine[-1:], event.version)
    row = values(lifecycle_events, event)
    del row["place"]
    try:
        tx.run(
            insert(lifecycle_events).values(
                **row, turn=len(mine) + 1, submitted_by=next(iter(sent), None)
            )
        )
    except exc.IntegrityError as e:
        raise Conflict(Problem("store.changed")) from e


def recorded(tx: Transaction) -> tuple[Event, ...]:
    """Return every event, in the order in which they were recorded."""
    return tuple(built(Event, row) for row in tx.run(_ALL))


def of_document(tx: Transaction, kind: str, document_id: str) -> tuple[Event, ...]:
    """Return the events of one document, in the order in which they were recorded."""
    given = {"kind": kind, "document_id": document_id}
    return tuple(built(Event, row) for row in tx.run(_OF_DOCUMENT, given))


def newest(tx: Transaction) -> datetime | None:
    """Return the moment of the newest event of all, None before the first."""
    return tx.run(_NEWEST).scalar()


def state_of_events(tx: Transaction) -> tuple[int, int]:
    """Return two numbers that change with each event, even where two commit out of order."""
    row = tx.run(_STATE).mappings().one()
    return int(row["count"]), int(row["last"])


def written_by(tx: Transaction, version: str, accounts: Iterable[str]) -> None:
    """Keep who wrote a version; nobody is ever taken off again."""
    for account in sorted(set(accounts)):
        new = tx.insert(version_authors).values(version=version, account=account)
        tx.added(new, version_authors.c.account)


def authors(tx: Transaction, version: str) -> frozenset[str]:
    """Return who wrote a version; nobody where it came by the command line of the machine."""
    return frozenset(row.account for row in tx.run(_AUTHORS, {"version": version}))
