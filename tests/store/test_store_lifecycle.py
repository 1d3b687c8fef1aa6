"""What became of each version: kept through migrations, up and down, and only ever added to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy

from satupintu.errors import Conflict, Problem
from satupintu.rules import lifecycle as table
from satupintu.rules.lifecycle import Event
from satupintu.store import document_drafts, documents, gates, lifecycle, migrations
from satupintu.store.columns import Moment
from satupintu.store.document_drafts import DocumentDraft
from satupintu.store.gates import Acceptance, GateReport
from satupintu.store.keys import Keyring
from satupintu.store.open import Store
from store.store_content import FORM, NOON, RULES, account, new_id, versions

LATER = NOON + timedelta(days=1)
BEFORE_LIFECYCLE = "0001"

PUBLICATIONS = sqlalchemy.table(
    "publications",
    *(sqlalchemy.column(c) for c in ("kind", "document_id", "version", "reason", "recorded_by")),
    sqlalchemy.column("in_force_from", Moment()),
    sqlalchemy.column("recorded_at", Moment()),
)


def event(version: str, what: table.Happening, by: str | None, **changes: object) -> Event:
    return Event(
        **{
            "kind": "rule_set",
            "document_id": "contoh",
            "version": version,
            "what": what,
            "at": NOON,
            "by": by,
            "reason": "uji",
            "in_force_from": NOON if what == "published" else None,
            **changes,
        }  # type: ignore[arg-type]
    )


def test_publications_become_events_and_events_publications(
    new_database: Callable[..., str], keyring: Keyring
) -> None:
    store = Store.open(new_database(migrated=False), keyring)
    migrations.upgrade(store, BEFORE_LIFECYCLE)
    with store.writing() as tx:
        versions(tx)
        by = account(tx).id
        tx.run(sqlalchemy.text(f"UPDATE document_versions SET imported_by = '{by}'"))
        old = {"kind": "rule_set", "document_id": "contoh", "version": RULES, "reason": "dulu"}
        for start in (NOON, LATER):
            row = {**old, "in_force_from": start, "recorded_at": NOON, "recorded_by": None}
            tx.run(PUBLICATIONS.insert(), row)
    migrations.upgrade(store)
    with store.writing() as tx:
        found = lifecycle.recorded(tx)
        assert [(e.what, e.version, e.at, e.in_force_from, e.reason) for e in found] == [
            ("published", RULES, NOON, NOON, "dulu"),
            ("published", RULES, NOON, LATER, "dulu"),
        ]
        assert documents.in_force(found, NOON)["rule_set", "contoh"].version == RULES
        assert lifecycle.authors(tx, RULES) == {by}
        lifecycle.record(tx, event(RULES, "withdrawn", by))
        lifecycle.record(tx, event(RULES, "published", by, in_force_from=LATER, at=LATER))
    migrations.downgrade(store, BEFORE_LIFECYCLE)
    with store.reading() as tx:
        (row,) = tx.run(PUBLICATIONS.select()).all()
        assert (row.version, row.in_force_from, row.recorded_by) == (RULES, LATER, by)
    store.close()


def test_what_was_tried_and_given_up_is_kept_as_it_was(store: Store) -> None:
    problem = Problem("gates.refuted", {"guarantee": "J1"}, "/guarantees/0", 3, "a.json")
    report = GateReport(
        RULES, "proved", False, NOON, None, {"form": FORM}, {"guarantees": []}, (problem,)
    )
    with store.writing() as tx:
        versions(tx)
        by = account(tx).id
        gates.add(tx, report)
        accepted = Acceptance(RULES, "J1", FORM, "uji", NOON, by)
        gates.accept(tx, accepted)
    with store.reading() as tx:
        assert gates.of_version(tx, RULES) == (report,)
        assert gates.accepted(tx, RULES) == (accepted,)
        assert gates.of_version(tx, FORM) == ()
    assert report.about({"form": FORM})
    assert not report.about({"form": RULES})


def test_of_two_saves_of_one_draft_the_second_is_refused(store: Store) -> None:
    with store.writing() as tx:
        versions(tx)
        by = account(tx).id
        draft = DocumentDraft(
            id=new_id(),
            kind="rule_set",
            document_id="contoh",
            base=RULES,
            file="rules/contoh.json",
            data=b"{}",
            author=by,
            authors=frozenset({by}),
            created_at=NOON,
            updated_at=NOON,
            updated_by=by,
        )
        document_drafts.add(tx, draft)
        saved = document_drafts.change(tx, draft)
        assert (saved.version, document_drafts.get(tx, draft.id)) == (2, saved)
        with pytest.raises(Conflict):
            document_drafts.change(tx, draft)
        with pytest.raises(Conflict):
            document_drafts.remove(tx, draft)
        document_drafts.remove(tx, saved)
        assert document_drafts.listed(tx) == ()


def test_a_turn_is_taken_once(store: Store) -> None:
    with store.writing() as tx:
        versions(tx)
        by, other = account(tx).id, account(tx, "kedua").id
        lifecycle.record(tx, event(RULES, "submitted", by))
    statement = """
        INSERT INTO lifecycle_events
            (kind, document_id, version, turn, what, at, "by", reason, submitted_by)
        SELECT kind, document_id, version, turn, 'approved', at, :by, reason, "by"
        FROM lifecycle_events
    """
    with (
        pytest.raises(sqlalchemy.exc.IntegrityError),
        store.engine.connect() as connection,
        connection.begin(),
    ):
        connection.execute(sqlalchemy.text(statement), {"by": other})
    with store.writing() as tx:
        lifecycle.record(tx, event(RULES, "approved", other))
    with pytest.raises(Conflict), store.writing() as tx:
        lifecycle.record(tx, event(FORM, "approved", None))
