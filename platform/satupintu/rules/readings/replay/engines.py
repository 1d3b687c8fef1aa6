"""Where a replay runs: DuckDB in this process, or any engine that SQLAlchemy reaches by a URL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

import duckdb
from sqlalchemy import Executable, Select, Table, create_engine, inspect
from sqlalchemy.dialects.postgresql.base import PGDialect
from sqlalchemy.engine import Connection
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.sql import ClauseElement
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

from satupintu.errors import BadDocument, Problem, Unavailable
from satupintu.rules.readings.replay import layout

Record = Mapping[str, Any]

# DuckDB reads PostgreSQL's SQL; numbered parameters are the ones both can write.
_DIALECT = PGDialect(paramstyle="numeric_dollar")  # type: ignore[no-untyped-call]
_DEEP = 1_000_000
"""Operands that one expression may join: a rule set may have thousands of rules for an agency."""
_BATCH = 10_000
"""Rows that are held in Python at a time."""


class Engine(Protocol):
    """What can run a query over cases."""

    def records(self, query: Executable) -> Iterator[Record]:
        """Yield the rows of a query."""


class Duck:
    """DuckDB in memory; nothing is written outside it but what ``write`` is told to."""

    def __init__(self) -> None:
        self._db = duckdb.connect(":memory:", config={"autoinstall_known_extensions": False})
        self._db.execute(f"SET max_expression_depth TO {_DEEP}")
        self._db.execute("SET preserve_insertion_order TO false")

    def close(self) -> None:
        """Forget everything."""
        self._db.close()

    def records(self, query: Executable) -> Iterator[Record]:
        """Yield the rows of a query."""
        found = self.run(query)
        names = [column[0] for column in found.description]
        while rows := found.fetchmany(_BATCH):
            yield from (dict(zip(names, row, strict=True)) for row in rows)

    def run(self, statement: Executable) -> duckdb.DuckDBPyConnection:
        """Run one statement of SQLAlchemy."""
        return self._db.execute(*_compiled(statement))

    def create(self, table: Table, rows: Iterable[Record]) -> None:
        """Make a table of these rows."""
        types = {column.name: _type(column.type) for column in table.columns}
        columns = ", ".join(f"{_quoted(name)} {kind}" for name, kind in types.items())
        self._db.execute(f"CREATE TABLE {_quoted(table.name)} ({columns})")
        # A column at a time: a row at a time takes this engine a hundred times longer.
        lists = ", ".join(f"unnest(CAST(${n} AS {k}[]))" for n, k in enumerate(types.values(), 1))
        into = f"INSERT INTO {_quoted(table.name)} SELECT {lists}"
        left = iter(rows)
        while batch := list(islice(left, _BATCH)):
            self._db.execute(into, [[record[c.name] for record in batch] for c in table.columns])

    def keep(self, name: str, query: Executable) -> None:
        """Make a table of what a query says."""
        text, values = _compiled(query)
        self._db.execute(f"CREATE OR REPLACE TABLE {_quoted(name)} AS {text}", values)

    def add(self, table: Table, query: Select[Any]) -> int:
        """Add the rows of a query to a table; return how many."""
        added = self.run(table.insert().from_select(list(table.columns), query)).fetchone()
        return int(added[0]) if added else 0

    def write(self, name: str, path: Path, about: Mapping[str, str]) -> None:
        """Write a table as Parquet, with what it is about in its footer."""
        said = ", ".join(f"{_quoted(key)}: {_text(value)}" for key, value in about.items())
        self._db.execute(
            f"COPY (SELECT * FROM {_quoted(name)} ORDER BY {_quoted(layout.CASE)}) "  # noqa: S608
            f"TO {_text(str(path))} (FORMAT parquet, COMPRESSION zstd, KV_METADATA {{{said}}})"
        )

    def open_parquet(self, name: str, path: Path) -> tuple[Mapping[str, str], Mapping[str, str]]:
        """Open a Parquet file as a view; return its columns' types and what it is about.

        Raises BadDocument for a file that is none.
        """
        place = _text(str(path))
        try:
            about = self._db.execute(
                f"SELECT decode(key), decode(value) FROM parquet_kv_metadata({place})"  # noqa: S608
            ).fetchall()
            self._db.execute(
                f"CREATE OR REPLACE VIEW {_quoted(name)} AS "  # noqa: S608  own names
                f"SELECT * FROM read_parquet({place})"
            )
            columns = self._db.execute(f"DESCRIBE {_quoted(name)}").fetchall()
        except duckdb.Error as e:
            raise BadDocument(Problem("replay.not_parquet", {}, file=str(path))) from e
        return {column[0]: column[1] for column in columns}, dict(about)


class Reached:
    """An engine reached by a URL of SQLAlchemy; only read from."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def records(self, query: Executable) -> Iterator[Record]:
        """Yield the rows of a query."""
        yield from (dict(row) for row in self._connection.execute(query).mappings())

    def columns(self, name: str) -> Sequence[str]:
        """Return the columns of a table, none where there is no such table."""
        found = inspect(self._connection)
        return [c["name"] for c in found.get_columns(name)] if found.has_table(name) else []


@contextmanager
def reached(url: str) -> Iterator[Reached]:
    """Open an engine by its URL.

    Raises BadDocument for a URL that names none, Unavailable where nothing answers.
    """
    try:
        engine = create_engine(url)
    except (ArgumentError, NoSuchModuleError, ImportError, ValueError) as e:
        raise BadDocument(Problem("replay.bad_url", {"reason": type(e).__name__})) from e
    try:
        with engine.connect() as connection:
            yield Reached(connection)
    except SQLAlchemyError as e:
        reason = str(getattr(e, "orig", None) or type(e).__name__).strip().splitlines()[0]
        raise Unavailable(Problem("replay.not_reached", {"reason": reason})) from e
    finally:
        engine.dispose()


def _type(kind: TypeEngine[Any]) -> str:
    """Return a type as DuckDB writes it; one of a few texts is compared as fast as a number."""
    if isinstance(kind, layout.OneOf):
        return f"ENUM ({', '.join(map(_text, kind.options))})"
    return kind.compile(_DIALECT)


def _compiled(statement: Executable) -> tuple[str, list[Any]]:
    assert isinstance(statement, ClauseElement)  # noqa: S101  every Executable here is one
    compiled = statement.compile(dialect=_DIALECT, compile_kwargs={"render_postcompile": True})
    assert isinstance(compiled, SQLCompiler)  # noqa: S101  it is no DDL
    return str(compiled), [compiled.params[name] for name in compiled.positiontup or ()]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
