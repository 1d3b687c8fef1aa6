"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from satupintu.store.columns import Moment

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_ID = sa.String(length=36)
_CODE = sa.String(length=120)
_HASH = sa.String(length=64)
_COUNTER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TABLES = """
    accounts audit audit_head case_counters document_versions idempotency limits cases
    document_spellings login_sessions one_time_links publications blind_index case_shares
    drafts notices outbox submissions timeline tracking_codes decisions files referrals
"""
"""In the order in which they are made: what is pointed at comes first."""


def upgrade() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", _ID, nullable=False),
        sa.Column("login", _CODE, nullable=False),
        sa.Column("role", _CODE, nullable=False),
        sa.Column("agency", _CODE, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text()),
        sa.Column("language", _CODE),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("disabled_at", Moment()),
        sa.PrimaryKeyConstraint("id", name="pk_accounts"),
        sa.UniqueConstraint("login", name="uq_accounts_login"),
    )
    op.create_index("ix_accounts_agency", "accounts", ["agency"])
    op.create_table(
        "audit",
        sa.Column("id", _COUNTER, autoincrement=True, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("account", _ID),
        sa.Column("role", _CODE, nullable=False),
        sa.Column("action", _CODE, nullable=False),
        sa.Column("outcome", _CODE, nullable=False),
        sa.Column("object_kind", _CODE),
        sa.Column("object_id", _CODE),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("mac", _HASH, nullable=False),
        sa.Column("sequence", _COUNTER),
        sa.Column("hash", _HASH),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
        sa.UniqueConstraint("sequence", name="uq_audit_sequence"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_audit_account", "audit", ["account"])
    op.create_index("ix_audit_object_kind_object_id", "audit", ["object_kind", "object_id"])
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sequence", _COUNTER, nullable=False),
        sa.Column("hash", _HASH, nullable=False),
        sa.Column("mac", _HASH, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_head"),
    )
    op.create_table(
        "case_counters",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("year", name="pk_case_counters"),
    )
    op.create_table(
        "document_versions",
        sa.Column("hash", _HASH, nullable=False),
        sa.Column("kind", _CODE, nullable=False),
        sa.Column("document_id", _CODE, nullable=False),
        sa.Column("imported_at", Moment(), nullable=False),
        sa.Column("imported_by", _ID),
        sa.PrimaryKeyConstraint("hash", name="pk_document_versions"),
    )
    op.create_table(
        "idempotency",
        sa.Column("key_hash", _HASH, nullable=False),
        sa.Column("result_sealed", sa.LargeBinary()),
        sa.Column("created_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("key_hash", name="pk_idempotency"),
    )
    op.create_index("ix_idempotency_created_at", "idempotency", ["created_at"])
    op.create_table(
        "limits",
        sa.Column("key_hash", _HASH, nullable=False),
        sa.Column("window_start", Moment(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key_hash", "window_start", name="pk_limits"),
    )
    op.create_index("ix_limits_window_start", "limits", ["window_start"])
    op.create_table(
        "cases",
        sa.Column("id", _ID, nullable=False),
        sa.Column("number", _CODE, nullable=False),
        sa.Column("state", _CODE, nullable=False),
        sa.Column("manager", _ID),
        sa.Column("headline", _CODE),
        sa.Column("due_at", Moment()),
        sa.Column("head_only", sa.Boolean(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary()),
        sa.Column("key_id", _CODE, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["manager"], ["accounts.id"], name="fk_cases_manager"),
        sa.PrimaryKeyConstraint("id", name="pk_cases"),
        sa.UniqueConstraint("number", name="uq_cases_number"),
    )
    op.create_index("ix_cases_manager", "cases", ["manager"])
    op.create_index("ix_cases_state_due_at", "cases", ["state", "due_at"])
    op.create_table(
        "document_spellings",
        sa.Column("place", _COUNTER, autoincrement=True, nullable=False),
        sa.Column("version", _HASH, nullable=False),
        sa.Column("bytes", sa.LargeBinary(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("imported_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version"], ["document_versions.hash"], name="fk_document_spellings_version"
        ),
        sa.PrimaryKeyConstraint("place", name="pk_document_spellings"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_document_spellings_version", "document_spellings", ["version"])
    op.create_table(
        "login_sessions",
        sa.Column("id", _HASH, nullable=False),
        sa.Column("account_id", _ID, nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("last_seen_at", Moment(), nullable=False),
        sa.Column("locked_at", Moment()),
        sa.Column("ended_at", Moment()),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name="fk_login_sessions_account_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_login_sessions"),
    )
    op.create_index("ix_login_sessions_account_id", "login_sessions", ["account_id"])
    op.create_table(
        "one_time_links",
        sa.Column("token_hash", _HASH, nullable=False),
        sa.Column("account_id", _ID, nullable=False),
        sa.Column("made_by", _ID),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.Column("used_at", Moment()),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name="fk_one_time_links_account_id"
        ),
        sa.PrimaryKeyConstraint("token_hash", name="pk_one_time_links"),
    )
    op.create_index("ix_one_time_links_account_id", "one_time_links", ["account_id"])
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
        sa.ForeignKeyConstraint(
            ["version"], ["document_versions.hash"], name="fk_publications_version"
        ),
        sa.PrimaryKeyConstraint("place", name="pk_publications"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "blind_index",
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.Column("case_id", _ID, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_blind_index_case_id"),
        sa.PrimaryKeyConstraint("token", "case_id", name="pk_blind_index"),
    )
    op.create_index("ix_blind_index_case_id", "blind_index", ["case_id"])
    op.create_table(
        "case_shares",
        sa.Column("case_id", _ID, nullable=False),
        sa.Column("account_id", _ID, nullable=False),
        sa.Column("shared_by", _ID),
        sa.Column("shared_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_case_shares_account_id"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_case_shares_case_id"),
        sa.PrimaryKeyConstraint("case_id", "account_id", name="pk_case_shares"),
    )
    op.create_index("ix_case_shares_account_id", "case_shares", ["account_id"])
    op.create_table(
        "drafts",
        sa.Column("id", _ID, nullable=False),
        sa.Column("kind", _CODE, nullable=False),
        sa.Column("form_hash", _HASH, nullable=False),
        sa.Column("account", _ID),
        sa.Column("case_id", _ID),
        sa.Column("referral_id", _ID),
        sa.Column("holder_hash", _HASH),
        sa.Column("language", _CODE, nullable=False),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=False),
        sa.Column("key_id", _CODE, nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("updated_at", Moment(), nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["accounts.id"], name="fk_drafts_account"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_drafts_case_id"),
        sa.ForeignKeyConstraint(
            ["form_hash"], ["document_versions.hash"], name="fk_drafts_form_hash"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_drafts"),
        sa.UniqueConstraint("holder_hash", name="uq_drafts_holder_hash"),
    )
    op.create_index("ix_drafts_account", "drafts", ["account"])
    op.create_index("ix_drafts_case_id", "drafts", ["case_id"])
    op.create_index("ix_drafts_expires_at", "drafts", ["expires_at"])
    op.create_table(
        "notices",
        sa.Column("place", _COUNTER, autoincrement=True, nullable=False),
        sa.Column("id", _ID, nullable=False),
        sa.Column("kind", _CODE, nullable=False),
        sa.Column("case_id", _ID),
        sa.Column("agency", _CODE),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("settled_at", Moment()),
        sa.Column("settled_by", _ID),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_notices_case_id"),
        sa.PrimaryKeyConstraint("place", name="pk_notices"),
        sa.UniqueConstraint("id", name="uq_notices_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_notices_case_id", "notices", ["case_id"])
    op.create_index("ix_notices_open", "notices", ["settled_at"])
    op.create_table(
        "outbox",
        sa.Column("place", _COUNTER, autoincrement=True, nullable=False),
        sa.Column("id", _ID, nullable=False),
        sa.Column("case_id", _ID, nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("kind", _CODE, nullable=False),
        sa.Column("recipient", _CODE, nullable=False),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("next_attempt_at", Moment(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("delivered_at", Moment()),
        sa.Column("given_up_at", Moment()),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_outbox_case_id"),
        sa.PrimaryKeyConstraint("place", name="pk_outbox"),
        sa.UniqueConstraint("case_id", "sequence", name="uq_outbox_case_id_sequence"),
        sa.UniqueConstraint("id", name="uq_outbox_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_outbox_recipient", "outbox", ["recipient"])
    op.create_index(
        "ix_outbox_waiting",
        "outbox",
        ["next_attempt_at"],
        sqlite_where=sa.text("delivered_at IS NULL AND given_up_at IS NULL"),
        postgresql_where=sa.text("delivered_at IS NULL AND given_up_at IS NULL"),
    )
    op.create_table(
        "submissions",
        sa.Column("id", _ID, nullable=False),
        sa.Column("case_id", _ID, nullable=False),
        sa.Column("purpose", _CODE, nullable=False),
        sa.Column("form_hash", _HASH, nullable=False),
        sa.Column("rule_set_hash", _HASH),
        sa.Column("answers_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("facts_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("submitted_at", Moment(), nullable=False),
        sa.Column("submitted_by", _ID),
        sa.Column("language", _CODE, nullable=False),
        sa.Column("corrects", _ID),
        sa.Column("referral_id", _ID),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_submissions_case_id"),
        sa.ForeignKeyConstraint(["corrects"], ["submissions.id"], name="fk_submissions_corrects"),
        sa.ForeignKeyConstraint(
            ["form_hash"], ["document_versions.hash"], name="fk_submissions_form_hash"
        ),
        sa.ForeignKeyConstraint(
            ["rule_set_hash"], ["document_versions.hash"], name="fk_submissions_rule_set_hash"
        ),
        sa.ForeignKeyConstraint(
            ["submitted_by"], ["accounts.id"], name="fk_submissions_submitted_by"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_submissions"),
    )
    op.create_index("ix_submissions_case_id", "submissions", ["case_id"])
    op.create_index("ix_submissions_referral_id", "submissions", ["referral_id"])
    op.create_table(
        "timeline",
        sa.Column("place", _COUNTER, autoincrement=True, nullable=False),
        sa.Column("id", _ID, nullable=False),
        sa.Column("case_id", _ID, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("kind", _CODE, nullable=False),
        sa.Column("account_id", _ID),
        sa.Column("agency", _CODE),
        sa.Column("details_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_timeline_case_id"),
        sa.PrimaryKeyConstraint("place", name="pk_timeline"),
        sa.UniqueConstraint("id", name="uq_timeline_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_timeline_case_id", "timeline", ["case_id"])
    op.create_table(
        "tracking_codes",
        sa.Column("code_hash", _HASH, nullable=False),
        sa.Column("case_id", _ID, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_tracking_codes_case_id"),
        sa.PrimaryKeyConstraint("code_hash", name="pk_tracking_codes"),
    )
    op.create_index("ix_tracking_codes_case_id", "tracking_codes", ["case_id"])
    op.create_table(
        "decisions",
        sa.Column("id", _ID, nullable=False),
        sa.Column("case_id", _ID, nullable=False),
        sa.Column("submission_id", _ID, nullable=False),
        sa.Column("rule_set_hash", _HASH, nullable=False),
        sa.Column("agencies_hash", _HASH, nullable=False),
        sa.Column("state", _CODE, nullable=False),
        sa.Column("body_sealed", sa.LargeBinary()),
        sa.Column("engine", _CODE, nullable=False),
        sa.Column("agrees", sa.Boolean(), nullable=False),
        sa.Column("trouble", sa.Text()),
        sa.Column("decided_at", Moment(), nullable=False),
        sa.Column("decided_by", _ID),
        sa.ForeignKeyConstraint(
            ["agencies_hash"], ["document_versions.hash"], name="fk_decisions_agencies_hash"
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_decisions_case_id"),
        sa.ForeignKeyConstraint(
            ["rule_set_hash"], ["document_versions.hash"], name="fk_decisions_rule_set_hash"
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submissions.id"], name="fk_decisions_submission_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_decisions"),
    )
    op.create_index("ix_decisions_case_id", "decisions", ["case_id"])
    op.create_table(
        "files",
        sa.Column("id", _ID, nullable=False),
        sa.Column("case_id", _ID),
        sa.Column("draft_id", _ID),
        sa.Column("question", _CODE, nullable=False),
        sa.Column("media_type", _CODE, nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("data_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("added_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_files_case_id"),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"], name="fk_files_draft_id"),
        sa.PrimaryKeyConstraint("id", name="pk_files"),
    )
    op.create_index("ix_files_case_id", "files", ["case_id"])
    op.create_index("ix_files_draft_id", "files", ["draft_id"])
    op.create_table(
        "referrals",
        sa.Column("id", _ID, nullable=False),
        sa.Column("case_id", _ID, nullable=False),
        sa.Column("decision_id", _ID),
        sa.Column("agency", _CODE, nullable=False),
        sa.Column("state", _CODE, nullable=False),
        sa.Column("urgency", _CODE, nullable=False),
        sa.Column("consent", _CODE, nullable=False),
        sa.Column("origin", _CODE, nullable=False),
        sa.Column("head_only", sa.Boolean(), nullable=False),
        sa.Column("services_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary()),
        sa.Column("due_at", Moment(), nullable=False),
        sa.Column("acknowledge_by", Moment()),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("told_at", Moment()),
        sa.Column("sent_at", Moment()),
        sa.Column("accepted_at", Moment()),
        sa.Column("ended_at", Moment()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_referrals_case_id"),
        sa.ForeignKeyConstraint(["decision_id"], ["decisions.id"], name="fk_referrals_decision_id"),
        sa.PrimaryKeyConstraint("id", name="pk_referrals"),
    )
    op.create_index("ix_referrals_agency_state_due_at", "referrals", ["agency", "state", "due_at"])
    op.create_index("ix_referrals_case_id", "referrals", ["case_id"])


def downgrade() -> None:
    for table in reversed(_TABLES.split()):
        op.drop_table(table)
