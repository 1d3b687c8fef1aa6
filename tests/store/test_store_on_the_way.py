"""Drafts, files, idempotency keys and outgoing messages."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from satupintu.errors import Conflict, NotFound
from satupintu.messages.message import Message
from satupintu.store import drafts, files, idempotency, outbox
from satupintu.store.drafts import Draft
from satupintu.store.files import StoredFile
from satupintu.store.keys import CannotOpen, Keyring
from satupintu.store.open import Store, Transaction
from satupintu.store.tables import cases as cases_table
from satupintu.store.tables import files as files_table
from store.store_content import FORM, NOON, account, case, new_id, versions


def draft(**changes: Any) -> Draft:
    return Draft(
        **{
            "id": new_id(),
            "kind": "assessment",
            "form_hash": FORM,
            "language": "id",
            "body": {"answers": {"nama": "Korban Contoh"}},
            "created_at": NOON,
            "updated_at": NOON,
            "expires_at": NOON + timedelta(days=7),
            **changes,
        }
    )


def stored(draft_id: str | None = None, case_id: str | None = None, **changes: Any) -> StoredFile:
    return StoredFile(
        **{
            "id": new_id(),
            "question": "bukti",
            "name": "foto contoh.jpg",
            "media_type": "image/jpeg",
            "size": 11,
            "added_at": NOON,
            "draft_id": draft_id,
            "case_id": case_id,
            **changes,
        }
    )


def message(kept: Any, sequence: int, recipient: str = "KLINIK", **changes: Any) -> Message:
    return Message(
        **{
            "id": new_id(),
            "case_id": kept.id,
            "case_number": kept.number,
            "sequence": sequence,
            "kind": "referral_sent",
            "recipient": recipient,
            "path": "/rujukan/1",
            "created_at": NOON,
            "next_attempt_at": NOON,
            **changes,
        }
    )


def test_a_draft_comes_back_as_it_was_saved(store: Store) -> None:
    with store.writing() as tx:
        versions(tx)
        me = account(tx)
        kept = draft(account=me.id)
        drafts.add(tx, kept)
        body = {"answers": {"nama": "Korban Contoh", "usia": 12}}
        later = NOON + timedelta(minutes=1)
        saved = drafts.save(tx, replace(kept, body=body, updated_at=later))
    with store.reading() as tx:
        assert drafts.get(tx, kept.id) == saved
        assert drafts.of_account(tx, me.id) == (saved,)
        assert saved.version == 2


def test_two_windows_on_one_draft_never_overwrite_each_other(store: Store) -> None:
    with store.writing() as tx:
        versions(tx)
        kept = draft()
        drafts.add(tx, kept)
        drafts.save(tx, kept)
        with pytest.raises(Conflict):
            drafts.save(tx, kept)


def test_a_public_draft_is_found_by_its_holder_only(store: Store, raw: Callable[..., Any]) -> None:
    with store.writing() as tx:
        versions(tx)
        kept = draft(kind="public_report")
        drafts.add(tx, kept, holder="cookie-token")
    with store.reading() as tx:
        assert drafts.held_by(tx, "cookie-token") == kept
        with pytest.raises(NotFound):
            drafts.held_by(tx, "another")
    assert "cookie-token" not in str(raw("SELECT holder_hash FROM drafts"))


def test_drafts_about_a_case_are_found_from_it(store: Store) -> None:
    with store.writing() as tx:
        versions(tx)
        kept = case(tx)
        about = draft(case_id=kept.id)
        drafts.add(tx, about)
        drafts.add(tx, draft())
        assert drafts.of_case(tx, kept.id) == (about,)


def test_a_draft_that_is_removed_or_too_old_goes_with_its_files(store: Store) -> None:
    with store.writing() as tx:
        versions(tx)
        gone, old, fresh = draft(), draft(expires_at=NOON), draft()
        for each in (gone, old, fresh):
            drafts.add(tx, each)
            files.add(tx, stored(each.id), b"isi berkas!")
        assert drafts.remove(tx, gone.id)
        assert not drafts.remove(tx, gone.id)
        assert drafts.expire(tx, NOON) == 1
        assert drafts.get(tx, fresh.id) == fresh
        assert tx.run(select(func.count()).select_from(files_table)).scalar_one() == 1


def test_a_file_moves_from_the_draft_to_the_case_with_a_new_seal(
    store: Store, raw: Callable[..., Any]
) -> None:
    with store.writing() as tx:
        versions(tx)
        kept, begun = case(tx), draft()
        drafts.add(tx, begun)
        file = stored(begun.id)
        files.add(tx, file, b"isi berkas!")
        assert files.of_draft(tx, begun.id) == (file,)
        assert files.size_of_draft(tx, begun.id) == 11
        before = tx.run(select(files_table.c.data_sealed)).scalar_one()
        assert files.move_to_case(tx, begun.id, kept.id) == 1
        assert drafts.remove(tx, begun.id)
    with store.writing() as tx:
        moved = files.get(tx, file.id)
        assert moved == replace(file, draft_id=None, case_id=kept.id)
        assert files.of_case(tx, kept.id) == (moved,)
        assert files.read(tx, moved) == b"isi berkas!"
        assert tx.run(select(files_table.c.data_sealed)).scalar_one() != before
        assert files.move_to_case(tx, begun.id, kept.id) == 0
        assert files.remove(tx, file.id)
        with pytest.raises(NotFound):
            files.get(tx, file.id)
        with pytest.raises(NotFound):
            files.read(tx, moved)


def test_the_first_use_of_a_key_does_the_work_and_the_others_get_its_result(store: Store) -> None:
    def submit(_: int) -> str:
        with store.writing() as tx:
            earlier = idempotency.earlier(tx, "one-key", NOON)
            if earlier is not None:
                return str(earlier["case"])
            kept = case(tx, "X-1")
            idempotency.keep(tx, "one-key", {"case": kept.id})
            return kept.id

    with ThreadPoolExecutor(8) as pool:
        results = set(pool.map(submit, range(24)))
    with store.reading() as tx:
        assert results == set(tx.run(select(cases_table.c.id)).scalars())
    assert len(results) == 1


def test_a_key_whose_work_failed_is_free_again(store: Store) -> None:
    def fail() -> None:
        with store.writing() as tx:
            assert idempotency.earlier(tx, "one-key", NOON) is None
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with store.writing() as tx:
        assert idempotency.earlier(tx, "one-key", NOON) is None
        with pytest.raises(Conflict):
            idempotency.earlier(tx, "one-key", NOON)
        assert idempotency.forget_before(tx, NOON + timedelta(seconds=1)) == 1


def test_the_result_under_a_key_is_not_readable_without_the_key(
    store: Store, raw: Callable[..., Any]
) -> None:
    with store.writing() as tx:
        idempotency.earlier(tx, "one-key", NOON)
        idempotency.keep(tx, "one-key", {"code": "T7KM"})
    kept = str(raw("SELECT * FROM idempotency"))
    assert "T7KM" not in kept
    assert "one-key" not in kept


def test_messages_of_a_case_go_out_one_after_the_other(store: Store) -> None:
    with store.writing() as tx:
        one, other = case(tx, "1"), case(tx, "2")
        first, second = message(one, 1), message(one, 2, "POLISI")
        third = message(other, 1)
        outbox.add(tx, [replace(first, sequence=0), second])
        outbox.add(tx, [])
        outbox.add(tx, [third])
        assert outbox.due(tx, NOON - timedelta(seconds=1)) == ()
        assert outbox.due(tx, NOON) == (first, third)
        outbox.delivered(tx, first.id, NOON)
        assert outbox.due(tx, NOON) == (second, third)
        tried = replace(third, attempts=1, next_attempt_at=NOON + timedelta(minutes=1))
        outbox.postponed(tx, tried)
        assert outbox.due(tx, NOON) == (second,)
        outbox.given_up(tx, second.id, NOON)
        assert outbox.due(tx, NOON + timedelta(hours=1)) == (tried,)
        assert outbox.waiting(tx) == 1
        assert outbox.of_case(tx, one.id) == (replace(first, delivered_at=NOON), second)


def test_two_workers_never_get_the_same_message(
    new_postgresql: Callable[..., tuple[str, Callable[[], None]]], keyring: Keyring
) -> None:
    url, drop = new_postgresql()  # on SQLite the second worker starts after the first has ended
    store = Store.open(url, keyring)
    with store.writing() as tx:
        for n in range(4):
            outbox.add(tx, [message(case(tx, str(n)), 1)])
    with store.writing() as one, store.writing() as two:
        mine = {m.id for m in outbox.due(one, NOON, limit=2)}
        theirs = {m.id for m in outbox.due(two, NOON)}
    assert len(mine) == len(theirs) == 2
    assert not mine & theirs
    store.close()
    drop()


def test_a_message_moved_to_another_row_does_not_open(
    store: Store, raw: Callable[..., Any]
) -> None:
    with store.writing() as tx:
        kept = case(tx)
        outbox.add(tx, [message(kept, 1), message(kept, 2)])
    raw(
        "UPDATE outbox SET body_sealed = (SELECT body_sealed FROM outbox WHERE sequence = 2)"
        " WHERE sequence = 1"
    )

    def read(tx: Transaction) -> None:
        outbox.due(tx, NOON)

    with store.writing() as tx, pytest.raises(CannotOpen):
        read(tx)


def test_a_draft_that_was_saved_or_deleted_since_is_not_sent(store: Store) -> None:
    with store.writing() as tx:
        versions(tx)
        kept = draft()
        drafts.add(tx, kept)
        saved = drafts.save(tx, kept)
        assert not drafts.remove_sent(tx, kept)
        assert drafts.get(tx, kept.id) == saved
        assert drafts.remove_sent(tx, saved)
        assert not drafts.remove_sent(tx, saved)


CODE = "T7KM-4W9A-RX2B-08ZC"


def test_a_code_takes_a_draft_from_its_browser_and_gives_it_to_the_next(store: Store) -> None:
    with store.writing() as tx:
        versions(tx)
        kept = draft(kind="public_report")
        drafts.add(tx, kept, holder="first")
        drafts.give_code(tx, kept, CODE)
    with store.writing() as tx:
        with pytest.raises(NotFound):
            drafts.held_by(tx, "first")
        found = drafts.by_code(tx, CODE, lock=True)
        assert (found.body, found.has_code, found.version) == (kept.body, True, kept.version)
        drafts.hold(tx, found, "second")
    with store.writing() as tx:
        assert drafts.held_by(tx, "second").id == kept.id
        drafts.release(tx, found)
        with pytest.raises(NotFound):
            drafts.held_by(tx, "second")
        assert drafts.by_code(tx, CODE).has_code
        drafts.give_code(tx, found, "0000-0000-0000-0000")
        with pytest.raises(NotFound):
            drafts.by_code(tx, CODE)


def test_codes_and_kept_answers_stand_in_no_table(store: Store, raw: Callable[..., Any]) -> None:
    with store.writing() as tx:
        versions(tx)
        kept = draft(kind="public_report")
        drafts.add(tx, kept, holder="first")
        drafts.give_code(tx, kept, CODE)
    [row] = raw("SELECT * FROM drafts")
    assert not any(CODE in str(cell) or CODE.encode() in bytes_of(cell) for cell in row)


def bytes_of(cell: object) -> bytes:
    return bytes(cell) if isinstance(cell, bytes | memoryview) else b""


def test_a_removed_draft_takes_its_code_along(store: Store) -> None:
    with store.writing() as tx:
        versions(tx)
        kept = draft(kind="public_report")
        drafts.add(tx, kept)
        drafts.give_code(tx, kept, CODE)
        assert drafts.expire(tx, NOON + timedelta(days=7)) == 1
        with pytest.raises(NotFound):
            drafts.by_code(tx, CODE)
