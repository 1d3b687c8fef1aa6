"""The migrations make exactly the tables of the code, up and down, with data in them."""

from __future__ import annotations

from collections.abc import Callable

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import func, inspect, select

from satupintu.store import (
    cases,
    drafts,
    migrations,
    referrals,
    second_factors,
    sessions,
    submissions,
)
from satupintu.store.keys import Keyring
from satupintu.store.open import Store
from satupintu.store.tables import metadata
from store.store_content import NOON, account, case, record, referral, submission, versions
from store.test_store_on_the_way import draft


def test_the_tables_of_the_code_are_those_of_the_last_revision(store: Store) -> None:
    with store.reading() as tx:
        context = MigrationContext.configure(tx.connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    assert migrations.current(store) == migrations.head()


def test_upgrading_an_upgraded_database_changes_nothing(store: Store) -> None:
    with store.writing() as tx:
        account(tx)
    migrations.upgrade(store)
    with store.reading() as tx:
        assert tx.run(select(func.count()).select_from(metadata.tables["accounts"])).scalar() == 1


def test_every_revision_goes_down_and_up_again_with_data_in_it(
    new_database: Callable[..., str], keyring: Keyring
) -> None:
    store = Store.open(new_database(migrated=False), keyring)
    assert migrations.current(store) is None
    migrations.upgrade(store)
    fill(store)
    migrations.downgrade(store, "base")
    with store.reading() as tx:
        left = set(inspect(tx.connection).get_table_names()) - {"alembic_version"}
    assert left == set()
    migrations.upgrade(store)
    fill(store)
    store.close()


def fill(store: Store) -> None:
    with store.writing() as tx:
        versions(tx)
        manager = account(tx)
        kept = case(tx, manager=manager.id)
        sent = submission(kept.id, submitted_by=manager.id, kept={"/hamil": True})
        submissions.add(tx, sent)
        decided = record(kept.id, sent.id)
        submissions.add_decision(tx, decided)
        referrals.add(tx, [referral(kept.id, decision_id=decided.id)])
        cases.next_number(tx, 2026)
        second_factors.begin(tx, manager.id, "JBSWY3DPEHPK3PXP", NOON)
        second_factors.give_codes(tx, manager.id, ("0" * 16,), NOON)
        begun = draft()
        drafts.add(tx, begun, holder="token")
        drafts.give_code(tx, begun, "T7KM-4W9A-RX2B-08ZC")
        sessions.wait_for_code(tx, "token", manager.id, NOON)
