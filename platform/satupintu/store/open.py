"""The store, opened: one engine, transactions to read and to write, faults as plain sentences."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import psycopg
from sqlalchemy import ColumnElement, Connection, CursorResult, Engine, create_engine, event, exc
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.sql import Executable
from sqlalchemy.sql.schema import Table

from satupintu.errors import Problem, Unavailable
from satupintu.store.keys import DataKey, Keyring

PATIENCE = 5.0
"""Seconds to wait for a lock, a connection or a server before saying that it does not answer."""

STEP = 0.0005
"""Seconds between two looks at whether another process has finished writing."""

_ENGINE: Mapping[str, Any] = {
    "pool_size": 16,
    "max_overflow": 16,
    "hide_parameters": True,  # an error in a log must not show what somebody wrote
}

_AWAY = (
    exc.OperationalError,
    exc.InterfaceError,
    exc.InternalError,
    exc.TimeoutError,
)

Parameters = Mapping[str, Any] | Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Transaction:
    """What the functions of this folder work on: an open connection and the keys."""

    connection: Connection
    keyring: Keyring
    opened: dict[str, DataKey] = field(default_factory=dict)
    """The keys of cases and drafts that this transaction already unwrapped, by owner."""

    def run(self, statement: Executable, parameters: Parameters | None = None) -> CursorResult[Any]:
        """Execute one statement, once for each set of parameters."""
        return self.connection.execute(statement, parameters)

    def added(self, new: postgresql.Insert | sqlite.Insert, key: ColumnElement[Any]) -> bool:
        """Insert a row unless one with its key is there; tells whether it was inserted.

        Waits for another transaction that is inserting the same.
        """
        return self.run(new.on_conflict_do_nothing().returning(key)).first() is not None

    def insert(self, table: Table) -> postgresql.Insert | sqlite.Insert:
        """Return an INSERT that knows ON CONFLICT, in the database's own dialect."""
        return insert_into(self.dialect, table)

    @property
    def dialect(self) -> str:
        """``sqlite`` or ``postgresql``; a statement built once for each may be kept by it."""
        return self.connection.dialect.name


def insert_into(dialect: str, table: Table) -> postgresql.Insert | sqlite.Insert:
    """Return an INSERT that knows ON CONFLICT, in a dialect by its name."""
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)


class Store:
    """One database. Open it once in a process; threads share it."""

    def __init__(self, engine: Engine, keyring: Keyring, patience: float) -> None:
        self.engine = engine
        self.keyring = keyring
        self._patience = patience
        self._is_sqlite = engine.dialect.name == "sqlite"
        self._reading = engine
        self._line: threading.Lock | None = None
        if self._is_sqlite:
            # SQLite has one writer; waiting in line here is fair, its busy handler only retries.
            self._line = threading.Lock()
        else:
            self._reading = engine.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )

    @classmethod
    def open(cls, database_url: str, keyring: Keyring, *, patience: float = PATIENCE) -> Store:
        """Return the store behind a URL; nothing is connected yet. Raises Unavailable."""
        try:
            url = make_url(database_url)
        except exc.ArgumentError as e:
            raise Unavailable(Problem("store.bad_url")) from e
        match url.get_backend_name():
            case "sqlite":
                return cls(_sqlite(url, patience), keyring, patience)
            case "postgresql" | "postgres":
                return cls(_postgresql(url, patience), keyring, patience)
            case _:
                raise Unavailable(Problem("store.bad_url"))

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """Open a transaction that changes nothing and sees one moment of the database."""
        with _sentences(), self._reading.connect() as connection, connection.begin():
            if self._is_sqlite:
                # Said here: a listener that did so would be asked at every statement.
                connection.exec_driver_sql("BEGIN")
            yield Transaction(connection, self.keyring)

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """Open a transaction that commits where the block ends, and leaves nothing where it raises.

        Raises Unavailable where the database is locked, full or gone; nothing was kept then.
        """
        with (
            _sentences(),
            self._in_line(),
            self.engine.connect() as connection,
            connection.begin(),
        ):
            if self._is_sqlite:
                self._begin_writing(connection)
            yield Transaction(connection, self.keyring)

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()

    def _begin_writing(self, connection: Connection) -> None:
        """Wait for another process's transaction in small steps: SQLite's own soon grow to 100 ms,
        and what is waited for takes three. It asks the driver, as to be refused is usual here and
        SQLAlchemy takes longer over an error than the wait is worth.
        """
        until = time.monotonic() + self._patience
        driver = cast(sqlite3.Connection, connection.connection.driver_connection)
        driver.execute("PRAGMA busy_timeout=0").close()
        try:
            while True:
                try:
                    driver.execute("BEGIN IMMEDIATE").close()
                    return
                except sqlite3.OperationalError as e:
                    refused = exc.OperationalError("BEGIN IMMEDIATE", None, e)
                    if _what_happened(refused) != "store.locked" or time.monotonic() > until:
                        raise refused from e
                time.sleep(STEP)
        finally:
            driver.execute(f"PRAGMA busy_timeout={int(self._patience * 1000)}").close()

    @contextmanager
    def _in_line(self) -> Iterator[None]:
        if self._line is None:
            yield
            return
        if not self._line.acquire(timeout=self._patience):
            raise Unavailable(Problem("store.locked"))
        try:
            yield
        finally:
            self._line.release()


@contextmanager
def _sentences() -> Iterator[None]:
    try:
        yield
    except _AWAY as e:
        raise Unavailable(Problem(_what_happened(e))) from e
    except exc.DatabaseError as e:
        # SQLite has no class of its own for a file that is no database, PostgreSQL none for a
        # database without our tables; every other error here is ours and stays what it is.
        if type(e) is exc.DatabaseError:
            raise Unavailable(Problem("store.gone")) from e
        if getattr(e.orig, "sqlstate", None) in ("42P01", "42703"):
            raise Unavailable(Problem("store.not_migrated")) from e
        raise


def _what_happened(error: exc.SQLAlchemyError) -> str:
    cause = error.orig if isinstance(error, exc.DBAPIError) else None
    if isinstance(cause, sqlite3.Error):
        code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            return "store.locked"
        if code == sqlite3.SQLITE_FULL:
            return "store.full"
        if code == sqlite3.SQLITE_READONLY:
            return "store.read_only"
        if "no such table" in str(cause) or "no such column" in str(cause):
            return "store.not_migrated"
    if isinstance(cause, psycopg.Error):
        match cause.sqlstate:
            case "55P03" | "40P01" | "40001" | "57014":
                return "store.locked"
            case "53100":
                return "store.full"
            case "25006":
                return "store.read_only"
    return "store.locked" if isinstance(error, exc.TimeoutError) else "store.gone"


def _sqlite(url: URL, patience: float) -> Engine:
    if url.database and url.database != ":memory:":
        _private_file(Path(url.database))
    engine = create_engine(
        url, pool_timeout=patience, connect_args={"timeout": patience}, **_ENGINE
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # the store says BEGIN itself
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "secure_delete=ON",
            "temp_store=MEMORY",
            "trusted_schema=OFF",
        ):
            connection.execute(f"PRAGMA {pragma}").close()

    return engine


def _postgresql(url: URL, patience: float) -> Engine:
    milliseconds = int(patience * 1000)
    return create_engine(
        url.set(drivername="postgresql+psycopg"),
        pool_timeout=patience,
        pool_pre_ping=True,
        connect_args={
            "connect_timeout": max(2, int(patience)),
            "options": f"-c lock_timeout={milliseconds} -c timezone=UTC",
        },
        **_ENGINE,
    )


def _private_file(path: Path) -> None:
    """Make the database file readable by its owner only, before SQLite makes it for everybody."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as e:
        raise Unavailable(Problem("store.no_file", {"file": str(path)})) from e
