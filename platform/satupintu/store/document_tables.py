"""The tables of documents: versions, what became of them, what was tried, what is being written."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Text,
    UniqueConstraint,
)

from satupintu.store.columns import Moment
from satupintu.store.schema import Code, Counter, Hash, Id, counted, table

FOUR_EYES = (
    "what <> 'approved' OR "
    '("by" IS NOT NULL AND submitted_by IS NOT NULL AND "by" <> submitted_by)'
)
FROM_A_MOMENT = "(what = 'published') = (in_force_from IS NOT NULL)"

document_versions = table(
    "document_versions",
    Column("hash", Hash, primary_key=True),
    Column("kind", Code, nullable=False),
    Column("document_id", Code, nullable=False),
    Column("imported_at", Moment, nullable=False),
    Column("imported_by", Id),
)
"""Immutable, known by the hash of its canonical spelling."""

document_spellings = counted(
    "document_spellings",
    Column("place", Counter, primary_key=True, autoincrement=True),
    Column("version", ForeignKey("document_versions.hash"), nullable=False, index=True),
    Column("bytes", LargeBinary, nullable=False),
    Column("file", Text, nullable=False),
    Column("imported_at", Moment, nullable=False),
)
"""The exact bytes and file name that an import took; export gives the newest back."""

lifecycle_events = counted(
    "lifecycle_events",
    Column("place", Counter, primary_key=True, autoincrement=True),
    Column("kind", Code, nullable=False),
    Column("document_id", Code, nullable=False),
    Column("version", ForeignKey("document_versions.hash"), nullable=False),
    Column("turn", Integer, nullable=False),
    Column("what", Code, nullable=False),
    Column("at", Moment, nullable=False),
    Column("by", Id),
    Column("reason", Text, nullable=False),
    Column("in_force_from", Moment),
    Column("submitted_by", Id),
    UniqueConstraint("version", "turn"),
    CheckConstraint(FOUR_EYES, name="four_eyes"),
    CheckConstraint(FROM_A_MOMENT, name="from_a_moment"),
    Index("ix_lifecycle_events_kind_document_id", "kind", "document_id"),
)
"""What became of each version, in the order in which it was recorded; rows are only added.

``turn`` counts the events of one version: of two that were written for the same turn, one fails.
"""

version_authors = table(
    "version_authors",
    Column("version", ForeignKey("document_versions.hash"), primary_key=True),
    Column("account", ForeignKey("accounts.id"), primary_key=True),
)
"""Who wrote a version: they never approve it."""

document_drafts = table(
    "document_drafts",
    Column("id", Id, primary_key=True),
    Column("kind", Code, nullable=False),
    Column("document_id", Code, nullable=False),
    Column("base", ForeignKey("document_versions.hash")),
    Column("file", Text, nullable=False),
    Column("bytes", LargeBinary, nullable=False),
    Column("author", ForeignKey("accounts.id"), nullable=False),
    Column("authors", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    Column("updated_by", ForeignKey("accounts.id"), nullable=False),
    Column("version", Integer, nullable=False),
)
"""Documents being written. ``authors`` is a JSON list of everybody who saved one."""

gate_reports = counted(
    "gate_reports",
    Column("place", Counter, primary_key=True, autoincrement=True),
    Column("version", ForeignKey("document_versions.hash"), nullable=False, index=True),
    Column("gate", Code, nullable=False),
    Column("passed", Boolean),
    Column("at", Moment, nullable=False),
    Column("by", Id),
    Column("hashes", Text, nullable=False),
    Column("report", Text, nullable=False),
    Column("problems", Text, nullable=False),
)
"""What each gate found, with the hashes of what it was tried with; ``passed`` is NULL for a try
that began.
"""

acceptances = counted(
    "acceptances",
    Column("place", Counter, primary_key=True, autoincrement=True),
    Column("version", ForeignKey("document_versions.hash"), nullable=False, index=True),
    Column("guarantee", Code, nullable=False),
    Column("beside", Hash, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("by", Id, nullable=False),
)
"""Guarantees that somebody gave up for one version, by name and reason.

``beside`` is what it was proved with: the form of a rule set, the rule set of a form.
"""
