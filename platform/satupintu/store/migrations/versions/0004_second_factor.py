"""A second factor for accounts: sealed secrets, recovery codes, log-ins that wait for a code."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from satupintu.store.columns import Moment

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_ID = sa.String(length=36)
_CODE = sa.String(length=120)
_HASH = sa.String(length=64)
_TABLES = "waiting_log_ins recovery_codes second_factors"


def upgrade() -> None:
    op.create_table(
        "second_factors",
        sa.Column("id", _ID, nullable=False),
        sa.Column("secret_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=False),
        sa.Column("key_id", _CODE, nullable=False),
        sa.Column("begun_at", Moment(), nullable=False),
        sa.Column("confirmed_at", Moment()),
        sa.Column("last_step", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["accounts.id"], name="fk_second_factors_id"),
        sa.PrimaryKeyConstraint("id", name="pk_second_factors"),
    )
    op.create_table(
        "recovery_codes",
        sa.Column("code_hash", _HASH, nullable=False),
        sa.Column("account_id", _ID, nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("used_at", Moment()),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name="fk_recovery_codes_account_id"
        ),
        sa.PrimaryKeyConstraint("code_hash", name="pk_recovery_codes"),
    )
    op.create_index("ix_recovery_codes_account_id", "recovery_codes", ["account_id"])
    op.create_table(
        "waiting_log_ins",
        sa.Column("token_hash", _HASH, nullable=False),
        sa.Column("account_id", _ID, nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name="fk_waiting_log_ins_account_id"
        ),
        sa.PrimaryKeyConstraint("token_hash", name="pk_waiting_log_ins"),
    )
    op.create_index("ix_waiting_log_ins_account_id", "waiting_log_ins", ["account_id"])
    op.create_index("ix_waiting_log_ins_expires_at", "waiting_log_ins", ["expires_at"])


def downgrade() -> None:
    for table in _TABLES.split():
        op.drop_table(table)
