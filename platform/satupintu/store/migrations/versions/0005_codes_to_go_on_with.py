"""Codes that go on with a report, and answers kept beside the others."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_HASH = sa.String(length=64)


def upgrade() -> None:
    op.add_column("drafts", sa.Column("code_hash", _HASH))
    op.create_index("ix_drafts_code_hash", "drafts", ["code_hash"], unique=True)
    op.add_column("submissions", sa.Column("kept_sealed", sa.LargeBinary()))


def downgrade() -> None:
    op.drop_column("submissions", "kept_sealed")
    op.drop_index("ix_drafts_code_hash", table_name="drafts")
    op.drop_column("drafts", "code_hash")
