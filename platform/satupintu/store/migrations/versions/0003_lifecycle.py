"""From draft to in force: what became of each version, what was tried, what is being written."""

from __future__ import annotations

from collections import Counter
from typing import Any

import sqlalchemy as sa
from alembic import op

from satupintu.store.columns import Moment

revision = "0003"
down_revision = "0001"
branch_labels = None
depends_on = None

_ID = sa.String(length=36)
_CODE = sa.String(length=120)
_HASH = sa.String(length=64)
_COUNTER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TABLES = "lifecycle_events version_authors document_drafts gate_reports acceptances"
_FOUR_EYES = (
    "what <> 'approved' OR "
    '("by" IS NOT NULL AND submitted_by IS NOT NULL AND "by" <> submitted_by)'
)
_FROM_A_MOMENT = "(what = 'published') = (in_force_from IS NOT NULL)"


def upgrade() -> None:
    _events()
    op.create_table(
        "version_authors",
        sa.Column("version", _HASH, nullable=False),
        sa.Column("account", _ID, nullable=False),
        _to("version_authors", "version", "document_versions.hash"),
        _to("version_authors", "account", "accounts.id"),
        sa.PrimaryKeyConstraint("version", "account", name="pk_version_authors"),
    )
    _drafts()
    op.create_table(
        "gate_reports",
        sa.Column("place", _COUNTER, autoincrement=True, nullable=False),
        sa.Column("version", _HASH, nullable=False),
        sa.Column("gate", _CODE, nullable=False),
        sa.Column("passed", sa.Boolean()),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("by", _ID),
        sa.Column("hashes", sa.Text(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("problems", sa.Text(), nullable=False),
        _to("gate_reports", "version", "document_versions.hash"),
        sa.PrimaryKeyConstraint("place", name="pk_gate_reports"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_gate_reports_version", "gate_reports", ["version"])
    op.create_table(
        "acceptances",
        sa.Column("place", _COUNTER, autoincrement=True, nullable=False),
        sa.Column("version", _HASH, nullable=False),
        sa.Column("guarantee", _CODE, nullable=False),
        sa.Column("beside", _HASH, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("by", _ID, nullable=False),
        _to("acceptances", "version", "document_versions.hash"),
        sa.PrimaryKeyConstraint("place", name="pk_acceptances"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_acceptances_version", "acceptances", ["version"])
    _take_publications()
    op.drop_table("publications")


def downgrade() -> None:
    op.create_table(
        "publications",
        sa.Column("place", _COUNTER, autoincrement=True, nullable=False),
        sa.Column("kind", _CODE, nullable=False),
        sa.Column("document_id", _CODE, nullable=False),
        sa.Column("version", _HASH, nullable=False),
        sa.Column("in_force_from", Moment(), nullable=False),
        sa.Column("recorded_at", Moment(), nullable=False),
        sa.Column("recorded_by", _ID),
        sa.Column("reason", sa.Text(), nullable=False),
        _to("publications", "version", "document_versions.hash"),
        sa.PrimaryKeyConstraint("place", name="pk_publications"),
        sqlite_autoincrement=True,
    )
    _give_publications_back()
    for table in reversed(_TABLES.split()):
        op.drop_table(table)


def _events() -> None:
    op.create_table(
        "lifecycle_events",
        sa.Column("place", _COUNTER, autoincrement=True, nullable=False),
        sa.Column("kind", _CODE, nullable=False),
        sa.Column("document_id", _CODE, nullable=False),
        sa.Column("version", _HASH, nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("what", _CODE, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("by", _ID),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("in_force_from", Moment()),
        sa.Column("submitted_by", _ID),
        sa.CheckConstraint(_FOUR_EYES, name="ck_lifecycle_events_four_eyes"),
        sa.CheckConstraint(_FROM_A_MOMENT, name="ck_lifecycle_events_from_a_moment"),
        _to("lifecycle_events", "version", "document_versions.hash"),
        sa.PrimaryKeyConstraint("place", name="pk_lifecycle_events"),
        sa.UniqueConstraint("version", "turn", name="uq_lifecycle_events_version_turn"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_lifecycle_events_kind_document_id", "lifecycle_events", ["kind", "document_id"]
    )


def _drafts() -> None:
    op.create_table(
        "document_drafts",
        sa.Column("id", _ID, nullable=False),
        sa.Column("kind", _CODE, nullable=False),
        sa.Column("document_id", _CODE, nullable=False),
        sa.Column("base", _HASH),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("bytes", sa.LargeBinary(), nullable=False),
        sa.Column("author", _ID, nullable=False),
        sa.Column("authors", sa.Text(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("updated_at", Moment(), nullable=False),
        sa.Column("updated_by", _ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _to("document_drafts", "base", "document_versions.hash"),
        _to("document_drafts", "author", "accounts.id"),
        _to("document_drafts", "updated_by", "accounts.id"),
        sa.PrimaryKeyConstraint("id", name="pk_document_drafts"),
    )


def _to(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=f"fk_{table}_{column}")


def _known(table: str, *own: str) -> sa.TableClause:
    """Return a table with the columns that both have and its own; moments keep their zone."""
    shared = ("place", "kind", "document_id", "version", "reason", "in_force_from")
    moments = ("at", "recorded_at", "in_force_from")
    columns = (sa.column(name, Moment() if name in moments else None) for name in shared + own)
    return sa.table(table, *columns)


_EVENTS = _known("lifecycle_events", "turn", "what", "at", "by")
_PUBLICATIONS = _known("publications", "recorded_at", "recorded_by")
_AUTHORS = """
    INSERT INTO version_authors (version, account)
    SELECT v.hash, v.imported_by FROM document_versions v JOIN accounts a ON a.id = v.imported_by
"""


def _take_publications() -> None:
    """Every publication was somebody's recorded act: it stays one, in its place."""
    connection = op.get_bind()
    turns: Counter[str] = Counter()
    for row in connection.execute(_PUBLICATIONS.select().order_by(_PUBLICATIONS.c.place)).all():
        turns[row.version] += 1
        event = {**_kept(row), "at": row.recorded_at, "by": row.recorded_by}
        connection.execute(
            _EVENTS.insert().values(event | {"turn": turns[row.version], "what": "published"})
        )
    connection.execute(sa.text(_AUTHORS))


def _give_publications_back() -> None:
    """What was withdrawn had no name before: a publication that was taken away stays away."""
    connection = op.get_bind()
    later = _EVENTS.alias()
    taken_away = sa.exists().where(
        later.c.version == _EVENTS.c.version,
        later.c.what == "withdrawn",
        later.c.place > _EVENTS.c.place,
    )
    held = _EVENTS.select().where(_EVENTS.c.what == "published", ~taken_away)
    for row in connection.execute(held.order_by(_EVENTS.c.place)).all():
        publication = {**_kept(row), "recorded_at": row.at, "recorded_by": row.by}
        connection.execute(_PUBLICATIONS.insert().values(publication))


def _kept(row: sa.Row[Any]) -> dict[str, Any]:
    shared = ("kind", "document_id", "version", "reason", "in_force_from")
    return {name: getattr(row, name) for name in shared}
