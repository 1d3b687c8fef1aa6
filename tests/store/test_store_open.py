"""The store opens, commits or leaves nothing, and says in a sentence what does not answer."""

from __future__ import annotations

import stat
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from satupintu.errors import Unavailable
from satupintu.store import limits
from satupintu.store.keys import Keyring
from satupintu.store.open import Store
from satupintu.store.tables import case_counters
from satupintu.store.tables import limits as limits_table

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def keys_of(caught: pytest.ExceptionInfo[Unavailable]) -> list[str]:
    return [p.key for p in caught.value.problems]


def test_what_is_written_in_a_transaction_is_there_after_it(store: Store) -> None:
    with store.writing() as tx:
        tx.run(insert(case_counters), {"year": 2026, "last": 1})
    with store.reading() as tx:
        assert tx.run(select(case_counters.c.last)).scalar_one() == 1


def test_a_transaction_that_raises_leaves_nothing(store: Store) -> None:
    def fail() -> None:
        with store.writing() as tx:
            tx.run(insert(case_counters), {"year": 2026, "last": 1})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with store.reading() as tx:
        assert tx.run(select(case_counters)).all() == []


def test_a_moment_comes_back_in_utc_whatever_zone_it_had(store: Store) -> None:
    moment = datetime(2026, 11, 23, 19, 0, 0, 123456, tzinfo=timezone(timedelta(hours=7)))
    with store.writing() as tx:
        limits.count(tx, "one", moment)
        kept = tx.run(select(limits_table.c.window_start)).scalar_one()
    assert kept == moment
    assert kept.tzinfo == UTC


def test_a_moment_without_a_zone_is_never_kept(store: Store) -> None:
    with pytest.raises(Exception, match="without its zone"), store.writing() as tx:
        limits.count(tx, "one", NOON.replace(tzinfo=None))


def test_a_reading_transaction_sees_one_moment_of_the_database(store: Store) -> None:
    with store.reading() as reading:
        assert reading.run(select(case_counters)).all() == []
        with store.writing() as tx:
            tx.run(insert(case_counters), {"year": 2026, "last": 1})
        assert reading.run(select(case_counters)).all() == []


def test_sqlite_waits_for_the_disk_and_holds_foreign_keys(tmp_path: Path, keyring: Keyring) -> None:
    store = Store.open(f"sqlite:///{tmp_path / 'one.sqlite3'}", keyring)
    with store.reading() as tx:

        def pragma(name: str) -> object:
            return tx.connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()

        assert pragma("journal_mode") == "wal"
        assert pragma("synchronous") == 2  # FULL
        assert pragma("foreign_keys") == 1
        assert pragma("secure_delete") == 1
    store.close()


def test_only_the_owner_can_read_the_sqlite_file(tmp_path: Path, keyring: Keyring) -> None:
    path = tmp_path / "deep" / "one.sqlite3"
    store = Store.open(f"sqlite:///{path}", keyring)
    with store.reading():
        pass
    for file in path.parent.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file.name
    store.close()


def test_a_locked_database_is_a_sentence_and_nothing_is_kept(
    store: Store, new_database: Callable[..., str], keyring: Keyring
) -> None:
    other = Store.open(
        store.engine.url.render_as_string(hide_password=False), keyring, patience=0.2
    )
    with store.writing() as tx:
        tx.run(insert(case_counters), {"year": 2026, "last": 1})
        with pytest.raises(Unavailable) as caught, other.writing() as late:
            late.run(insert(case_counters), {"year": 2026, "last": 2})
    assert keys_of(caught) == ["store.locked"]
    assert "coba lagi" in caught.value.problems[0].sentence("id")
    with store.reading() as tx:
        assert tx.run(select(case_counters.c.last)).scalars().all() == [1]
    other.close()


def test_a_writer_that_finds_the_line_full_is_told_so(tmp_path: Path, keyring: Keyring) -> None:
    store = Store.open(f"sqlite:///{tmp_path / 'one.sqlite3'}", keyring, patience=0.1)
    with store.writing(), pytest.raises(Unavailable) as caught, store.writing():
        raise AssertionError("two writers at once")
    assert keys_of(caught) == ["store.locked"]
    store.close()


def test_a_database_without_tables_says_what_to_run(
    new_database: Callable[..., str], keyring: Keyring
) -> None:
    store = Store.open(new_database(migrated=False), keyring)
    with pytest.raises(Unavailable) as caught, store.reading() as tx:
        tx.run(select(case_counters)).all()
    assert keys_of(caught) == ["store.not_migrated"]
    store.close()


def test_a_file_that_is_no_database_is_a_sentence(tmp_path: Path, keyring: Keyring) -> None:
    path = tmp_path / "letter.sqlite3"
    path.write_bytes(b"Dear reader, " * 400)
    store = Store.open(f"sqlite:///{path}", keyring)
    with pytest.raises(Unavailable) as caught, store.reading():
        pass
    assert keys_of(caught) == ["store.gone"]
    store.close()


def test_a_full_disk_is_a_sentence_and_nothing_is_kept(store: Store, database: str) -> None:
    def fill_sqlite() -> None:
        with store.writing() as tx:
            run = tx.connection.exec_driver_sql
            pages = run("PRAGMA page_count").scalar_one()
            run(f"PRAGMA max_page_count={pages + 2}")
            tx.run(insert(case_counters), {"year": 2026, "last": 1})
            run("CREATE TABLE filler (t TEXT)")
            run("INSERT INTO filler VALUES (?)", ("x" * 200_000,))

    def answer_as_a_full_server_does() -> None:
        with store.writing() as tx:
            tx.run(insert(case_counters), {"year": 2026, "last": 1})
            tx.connection.exec_driver_sql(
                "DO $$ BEGIN RAISE EXCEPTION 'no space left' USING ERRCODE = '53100'; END $$"
            )

    with pytest.raises(Unavailable) as caught:
        fill_sqlite() if database == "sqlite" else answer_as_a_full_server_does()
    assert keys_of(caught) == ["store.full"]
    with store.reading() as tx:
        assert tx.run(select(case_counters)).all() == []


def test_a_server_that_is_not_there_is_a_sentence(keyring: Keyring) -> None:
    store = Store.open("postgresql://nobody@127.0.0.1:1/nothing", keyring, patience=2)
    with pytest.raises(Unavailable) as caught, store.reading():
        pass
    assert keys_of(caught) == ["store.gone"]
    store.close()


def test_a_connection_that_the_server_cut_is_a_sentence_and_the_next_one_works(
    new_postgresql: Callable[..., tuple[str, Callable[[], None]]], keyring: Keyring
) -> None:
    url, drop = new_postgresql()
    store = Store.open(url, keyring)

    def write_on_a_cut_connection() -> None:
        with store.writing() as tx:
            me = tx.connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
            with store.reading() as other:
                other.connection.exec_driver_sql(f"SELECT pg_terminate_backend({int(me)})")
            tx.run(insert(case_counters), {"year": 2026, "last": 1})

    with pytest.raises(Unavailable) as caught:
        write_on_a_cut_connection()
    assert keys_of(caught) == ["store.gone"]
    with store.reading() as tx:
        assert tx.run(select(case_counters)).all() == []
    store.close()
    drop()


@pytest.mark.parametrize("url", ["", "mysql://here/there", "not a url", "oracle://x"])
def test_an_address_that_is_not_ours_is_refused(url: str, keyring: Keyring) -> None:
    with pytest.raises(Unavailable) as caught:
        Store.open(url, keyring)
    assert keys_of(caught) == ["store.bad_url"]


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path, keyring: Keyring) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(Unavailable) as caught:
        Store.open(f"sqlite:///{tmp_path / 'file' / 'one.sqlite3'}", keyring)
    assert keys_of(caught) == ["store.no_file"]
