"""What Alembic runs: our connection, in the transaction that our store opened."""

from __future__ import annotations

from alembic import context

from satupintu.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
)
context.run_migrations()
