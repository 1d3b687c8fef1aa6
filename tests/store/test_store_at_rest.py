"""What people wrote is not in the files of the database, and nobody reads it without the key."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import exc, insert

from satupintu.cases.timeline import Event
from satupintu.store import (
    cases,
    drafts,
    files,
    idempotency,
    outbox,
    referrals,
    search,
    submissions,
    timeline,
)
from satupintu.store.drafts import Draft
from satupintu.store.files import StoredFile
from satupintu.store.open import Store
from satupintu.store.tables import cases as cases_table
from store.store_content import FORM, NOON, case, new_id, record, referral, submission, versions
from store.test_store_on_the_way import message

CANARIES = [f"kenari-{n:03d}-burung" for n in range(200)]


def fill(store: Store) -> str:
    """Write canaries into everything that people write into; returns the case."""
    words = iter(CANARIES * 2)

    def say(count: int = 14) -> dict[str, Any]:
        return {next(words): [next(words), {"dalam": next(words)}] for _ in range(count)}

    with store.writing() as tx:
        versions(tx)
        kept = case(tx)
        sent = submission(kept.id, answers=say(), facts=say())
        submissions.add(tx, sent)
        submissions.add_decision(tx, record(kept.id, sent.id))
        reason = next(words)
        referrals.add(tx, [referral(kept.id, state="declined", reason=reason)])
        timeline.add(tx, Event(new_id(), kept.id, NOON, "noted", say()))
        begun = Draft(new_id(), "public_report", FORM, "id", say(), NOON, NOON, NOON)
        drafts.add(tx, begun, holder=next(words))
        for owner in ({"draft_id": begun.id}, {"case_id": kept.id}):
            name, data = next(words), f"{next(words)} " * 2_000
            file = StoredFile(new_id(), "bukti", name, "text/plain", len(data), NOON, **owner)
            files.add(tx, file, data.encode())
        search.index(tx, kept.id, [("name", next(words)), ("phone", next(words))])
        cases.add_tracking_code(tx, kept.id, next(words))
        idempotency.earlier(tx, next(words), NOON)
        key = next(words)
        idempotency.earlier(tx, key, NOON)
        idempotency.keep(tx, key, say())
        outbox.add(tx, [message(kept, 1)])
        left = sum(1 for _ in words)
    assert left <= len(CANARIES), "every canary was written at least once"
    return kept.id


def test_no_word_of_anybody_stands_in_the_files_of_the_database(
    store: Store, database: str
) -> None:
    fill(store)
    if database == "sqlite":
        folder = Path(str(store.engine.url.database)).parent
    else:
        with store.engine.connect() as connection:
            run = connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql
            run("CHECKPOINT")
            folder = Path(str(run("SHOW data_directory").scalar_one()))
    read = 0
    for path in folder.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            read += len(data)
            found = [c for c in CANARIES if c.encode() in data]
            assert not found, (path.name, found)
    assert read > 100_000


def test_an_error_of_the_database_shows_nothing_that_was_written(store: Store) -> None:
    with store.writing() as tx:
        kept = case(tx, "kenari-nomor")
    try:
        with store.writing() as tx:
            row = {
                "id": kept.id,
                "number": "kenari-lain",
                "state": "kenari-keadaan",
                "head_only": False,
                "created_at": NOON,
                "key_id": "kenari-kunci",
                "version": 1,
            }
            tx.run(insert(cases_table), row)
    except exc.IntegrityError as error:
        said = str(error)
    assert "kenari" not in said
