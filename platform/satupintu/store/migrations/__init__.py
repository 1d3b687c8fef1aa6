"""How the tables came to be: one file for each revision, up and down."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from satupintu.store.open import Store

FOLDER = Path(__file__).parent


def upgrade(store: Store, revision: str = "head") -> None:
    """Bring the database to ``revision``, by default to what this version of the code needs."""
    with store.writing() as tx:
        command.upgrade(_config(tx.connection), revision)


def downgrade(store: Store, revision: str) -> None:
    """Take the database back to ``revision``; ``base`` is before the first."""
    with store.writing() as tx:
        command.downgrade(_config(tx.connection), revision)


def current(store: Store) -> str | None:
    """Return the revision that the database is at, None where it is empty."""
    with store.reading() as tx:
        return MigrationContext.configure(tx.connection).get_current_revision()


def head() -> str:
    """Return the revision that this version of the code needs."""
    (found,) = ScriptDirectory(str(FOLDER)).get_heads()
    return found


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"] = connection
    return config
