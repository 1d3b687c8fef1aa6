"""Every table. What people answered stands only in columns named ``…_sealed``; moments are UTC.

Identifiers are random UUIDs as text. ``place`` columns are counters of the database: they give the
rows of one case an order that holds even where two moments are equal.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    text,
)

from satupintu.store import schema
from satupintu.store.columns import Moment
from satupintu.store.document_tables import document_versions

metadata = schema.metadata

_Id, _Code, _Hash, _Counter = schema.Id, schema.Code, schema.Hash, schema.Counter
_table, _counted = schema.table, schema.counted

# People

accounts = _table(
    "accounts",
    Column("id", _Id, primary_key=True),
    Column("login", _Code, nullable=False, unique=True),
    Column("role", _Code, nullable=False),
    Column("agency", _Code, nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("password_hash", Text),
    Column("language", _Code),
    Column("created_at", Moment, nullable=False),
    Column("disabled_at", Moment),
)

login_sessions = _table(
    "login_sessions",
    Column("id", _Hash, primary_key=True),
    Column("account_id", ForeignKey("accounts.id"), nullable=False, index=True),
    Column("created_at", Moment, nullable=False),
    Column("last_seen_at", Moment, nullable=False),
    Column("locked_at", Moment),
    Column("ended_at", Moment),
)

one_time_links = _table(
    "one_time_links",
    Column("token_hash", _Hash, primary_key=True),
    Column("account_id", ForeignKey("accounts.id"), nullable=False, index=True),
    Column("made_by", _Id),
    Column("made_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
)

second_factors = _table(
    "second_factors",
    Column("id", ForeignKey("accounts.id"), primary_key=True),
    Column("secret_sealed", LargeBinary, nullable=False),
    Column("wrapped_key", LargeBinary, nullable=False),
    Column("key_id", _Code, nullable=False),
    Column("begun_at", Moment, nullable=False),
    Column("confirmed_at", Moment),
    Column("last_step", Integer, nullable=False),
)
"""An account has at most one, so its id is the account's."""

recovery_codes = _table(
    "recovery_codes",
    Column("code_hash", _Hash, primary_key=True),
    Column("account_id", ForeignKey("accounts.id"), nullable=False, index=True),
    Column("made_at", Moment, nullable=False),
    Column("used_at", Moment),
)

waiting_log_ins = _table(
    "waiting_log_ins",
    Column("token_hash", _Hash, primary_key=True),
    Column("account_id", ForeignKey("accounts.id"), nullable=False, index=True),
    Column("expires_at", Moment, nullable=False, index=True),
)
"""A right password that waits for its code: no session, so nothing that asks for one takes it."""

limits = _table(
    "limits",
    Column("key_hash", _Hash, primary_key=True),
    Column("window_start", Moment, primary_key=True),
    Column("count", Integer, nullable=False),
    Index("ix_limits_window_start", "window_start"),
)

# Cases

case_counters = _table(
    "case_counters",
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("last", Integer, nullable=False),
)

cases = _table(
    "cases",
    Column("id", _Id, primary_key=True),
    Column("number", _Code, nullable=False, unique=True),
    Column("state", _Code, nullable=False),
    Column("manager", ForeignKey("accounts.id"), index=True),
    Column("headline", _Code),
    Column("due_at", Moment),
    Column("head_only", Boolean, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("wrapped_key", LargeBinary),
    Column("key_id", _Code, nullable=False),
    Column("version", Integer, nullable=False),
    Index("ix_cases_state_due_at", "state", "due_at"),
)
"""``wrapped_key`` is NULL once the case was erased. ``headline`` is a derived fact, no answer."""

case_shares = _table(
    "case_shares",
    Column("case_id", ForeignKey("cases.id"), primary_key=True),
    Column("account_id", ForeignKey("accounts.id"), primary_key=True, index=True),
    Column("shared_by", _Id),
    Column("shared_at", Moment, nullable=False),
)

tracking_codes = _table(
    "tracking_codes",
    Column("code_hash", _Hash, primary_key=True),
    Column("case_id", ForeignKey("cases.id"), nullable=False, index=True),
)

blind_index = _table(
    "blind_index",
    Column("token", String(32), primary_key=True),
    Column("case_id", ForeignKey("cases.id"), primary_key=True, index=True),
)

submissions = _table(
    "submissions",
    Column("id", _Id, primary_key=True),
    Column("case_id", ForeignKey("cases.id"), nullable=False, index=True),
    Column("purpose", _Code, nullable=False),
    Column("form_hash", ForeignKey(document_versions.c.hash), nullable=False),
    Column("rule_set_hash", ForeignKey(document_versions.c.hash)),
    Column("answers_sealed", LargeBinary, nullable=False),
    Column("facts_sealed", LargeBinary, nullable=False),
    Column("kept_sealed", LargeBinary),
    Column("submitted_at", Moment, nullable=False),
    Column("submitted_by", ForeignKey("accounts.id")),
    Column("language", _Code, nullable=False),
    Column("corrects", ForeignKey("submissions.id")),
    Column("referral_id", _Id, index=True),
)

decisions = _table(
    "decisions",
    Column("id", _Id, primary_key=True),
    Column("case_id", ForeignKey("cases.id"), nullable=False, index=True),
    Column("submission_id", ForeignKey("submissions.id"), nullable=False),
    Column("rule_set_hash", ForeignKey(document_versions.c.hash), nullable=False),
    Column("agencies_hash", ForeignKey(document_versions.c.hash), nullable=False),
    Column("state", _Code, nullable=False),
    Column("body_sealed", LargeBinary),
    Column("engine", _Code, nullable=False),
    Column("agrees", Boolean, nullable=False),
    Column("trouble", Text),
    Column("decided_at", Moment, nullable=False),
    Column("decided_by", _Id),
)

referrals = _table(
    "referrals",
    Column("id", _Id, primary_key=True),
    Column("case_id", ForeignKey("cases.id"), nullable=False, index=True),
    Column("decision_id", ForeignKey("decisions.id")),
    Column("agency", _Code, nullable=False),
    Column("state", _Code, nullable=False),
    Column("urgency", _Code, nullable=False),
    Column("consent", _Code, nullable=False),
    Column("origin", _Code, nullable=False),
    Column("head_only", Boolean, nullable=False),
    Column("services_sealed", LargeBinary, nullable=False),
    Column("reason_sealed", LargeBinary),
    Column("due_at", Moment, nullable=False),
    Column("acknowledge_by", Moment),
    Column("created_at", Moment, nullable=False),
    Column("told_at", Moment),
    Column("sent_at", Moment),
    Column("accepted_at", Moment),
    Column("ended_at", Moment),
    Column("version", Integer, nullable=False),
    Index("ix_referrals_agency_state_due_at", "agency", "state", "due_at"),
)

timeline = _counted(
    "timeline",
    Column("place", _Counter, primary_key=True, autoincrement=True),
    Column("id", _Id, nullable=False, unique=True),
    Column("case_id", ForeignKey("cases.id"), nullable=False, index=True),
    Column("at", Moment, nullable=False),
    Column("kind", _Code, nullable=False),
    Column("account_id", _Id),
    Column("agency", _Code),
    Column("details_sealed", LargeBinary, nullable=False),
)

notices = _counted(
    "notices",
    Column("place", _Counter, primary_key=True, autoincrement=True),
    Column("id", _Id, nullable=False, unique=True),
    Column("kind", _Code, nullable=False),
    Column("case_id", ForeignKey("cases.id"), index=True),
    Column("agency", _Code),
    Column("made_at", Moment, nullable=False),
    Column("settled_at", Moment),
    Column("settled_by", _Id),
    Index("ix_notices_open", "settled_at"),
)
"""Alarms on the staff's page: a kind and a case, no words from anybody."""

# Answers on their way

drafts = _table(
    "drafts",
    Column("id", _Id, primary_key=True),
    Column("kind", _Code, nullable=False),
    Column("form_hash", ForeignKey(document_versions.c.hash), nullable=False),
    Column("account", ForeignKey("accounts.id"), index=True),
    Column("case_id", ForeignKey("cases.id"), index=True),
    Column("referral_id", _Id),
    Column("holder_hash", _Hash, unique=True),
    Column("code_hash", _Hash, index=True, unique=True),
    Column("language", _Code, nullable=False),
    Column("body_sealed", LargeBinary, nullable=False),
    Column("wrapped_key", LargeBinary, nullable=False),
    Column("key_id", _Code, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False, index=True),
    Column("version", Integer, nullable=False),
)
"""``holder_hash`` is the keyed hash of a public reporter's cookie, ``code_hash`` that of the code
that goes on with it; an account's draft has neither.
"""

files = _table(
    "files",
    Column("id", _Id, primary_key=True),
    Column("case_id", ForeignKey("cases.id"), index=True),
    Column("draft_id", ForeignKey("drafts.id"), index=True),
    Column("question", _Code, nullable=False),
    Column("media_type", _Code, nullable=False),
    Column("size", Integer, nullable=False),
    Column("name_sealed", LargeBinary, nullable=False),
    Column("data_sealed", LargeBinary, nullable=False),
    Column("added_at", Moment, nullable=False),
)
"""Sealed with the key of the case, or of the draft while there is no case."""

idempotency = _table(
    "idempotency",
    Column("key_hash", _Hash, primary_key=True),
    Column("result_sealed", LargeBinary),
    Column("created_at", Moment, nullable=False, index=True),
)
"""``result_sealed`` opens only for whoever sends the same key again."""

# Going out, and what was done

outbox = _counted(
    "outbox",
    Column("place", _Counter, primary_key=True, autoincrement=True),
    Column("id", _Id, nullable=False, unique=True),
    Column("case_id", ForeignKey("cases.id"), nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("kind", _Code, nullable=False),
    Column("recipient", _Code, nullable=False, index=True),
    Column("body_sealed", LargeBinary, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("next_attempt_at", Moment, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("delivered_at", Moment),
    Column("given_up_at", Moment),
    UniqueConstraint("case_id", "sequence"),
    Index(
        "ix_outbox_waiting",
        "next_attempt_at",
        sqlite_where=text("delivered_at IS NULL AND given_up_at IS NULL"),
        postgresql_where=text("delivered_at IS NULL AND given_up_at IS NULL"),
    ),
)

audit = _counted(
    "audit",
    Column("id", _Counter, primary_key=True, autoincrement=True),
    Column("at", Moment, nullable=False),
    Column("account", _Id, index=True),
    Column("role", _Code, nullable=False),
    Column("action", _Code, nullable=False),
    Column("outcome", _Code, nullable=False),
    Column("object_kind", _Code),
    Column("object_id", _Code),
    Column("details", Text, nullable=False),
    Column("mac", _Hash, nullable=False),
    Column("sequence", _Counter, unique=True),
    Column("hash", _Hash),
    Index("ix_audit_object_kind_object_id", "object_kind", "object_id"),
)
"""``sequence`` and ``hash`` are NULL until the sealer came by; ``mac`` holds it till then."""

audit_head = _table(
    "audit_head",
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("sequence", _Counter, nullable=False),
    Column("hash", _Hash, nullable=False),
    Column("mac", _Hash, nullable=False),
)
"""One row: where the chain ends, so that cutting off its end shows."""
