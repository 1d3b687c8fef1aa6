"""Every action: permission, one commit with its audit entry, and nothing left where it raises."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import insert, select

from satupintu import actions, clock
from satupintu.actions import action as module
from satupintu.actions.action import ACTIONS, Act, Action, deny
from satupintu.actions.action import action as make
from satupintu.actions.platform import Platform
from satupintu.errors import BadAnswers, NotAllowed, NotFound, Problem, Unavailable
from satupintu.people import permissions
from satupintu.people.actor import PUBLIC, Actor
from satupintu.store import audit
from satupintu.store.audit import Entry
from satupintu.store.keys import Keyring
from satupintu.store.open import Store
from satupintu.store.tables import case_counters

STAFF = Actor("00000000-0000-4000-8000-000000000001", "staff", "PINTU", "petugas")
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture
def define(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Make actions that are forgotten after the test."""
    monkeypatch.setattr(module, "ACTIONS", {})
    return make


def trail(platform: Platform) -> list[Entry]:
    with platform.store.reading() as tx:
        return list(reversed(audit.listed(tx)))


def counted(platform: Platform) -> list[int]:
    with platform.store.reading() as tx:
        return list(tx.run(select(case_counters.c.last)).scalars())


def count(act: Act, year: int) -> None:
    act.tx.run(insert(case_counters), {"year": year, "last": 1})


def test_an_action_commits_with_its_audit_entry(
    platform: Platform, define: Callable[..., Any]
) -> None:
    @define("case.close")
    def close(act: Act, year: int) -> datetime:
        count(act, year)
        act.note("case", "kasus-1", why="selesai")
        act.note("case", "kasus-2")
        return act.at

    with clock.standing_at(NOON):
        assert close(platform, STAFF, 2026) == NOON
    assert counted(platform) == [1]
    first, second = trail(platform)
    assert (first.at, first.account, first.role) == (NOON, STAFF.account_id, "staff")
    assert (first.action, first.outcome) == ("case.close", "done")
    assert (first.object_kind, first.object_id) == ("case", "kasus-1")
    assert first.details == {"why": "selesai"}
    assert second.object_id == "kasus-2"


def test_an_action_that_notes_nothing_still_has_its_entry(
    platform: Platform, define: Callable[..., Any]
) -> None:
    @define("case.list", reads=True)
    def listed(act: Act) -> int:
        return 7

    assert listed(platform, STAFF) == 7
    (entry,) = trail(platform)
    assert (entry.action, entry.outcome, entry.object_kind) == ("case.list", "done", None)


def test_a_role_that_may_not_never_gets_in_and_the_attempt_is_written_down(
    platform: Platform, define: Callable[..., Any]
) -> None:
    @define("case.close")
    def close(act: Act) -> None:
        raise AssertionError("got in")

    with pytest.raises(NotAllowed) as caught:
        close(platform, PUBLIC)
    assert "dicatat" in caught.value.problems[0].sentence("id")
    (entry,) = trail(platform)
    assert (entry.action, entry.outcome, entry.role) == ("case.close", "refused", "public")


@pytest.mark.parametrize(
    ("error", "outcome", "details"),
    [
        (deny(), "refused", {"problems": ["actions.not_allowed"]}),
        (NotFound(Problem("store.not_found")), "refused", {"problems": ["store.not_found"]}),
        (BadAnswers(Problem("store.changed")), "failed", {"problems": ["store.changed"]}),
        (ZeroDivisionError("rahasia"), "failed", {"error": "ZeroDivisionError"}),
    ],
)
@pytest.mark.parametrize("reads", [False, True])
def test_what_raises_leaves_nothing_but_the_entry_that_says_so(
    platform: Platform,
    define: Callable[..., Any],
    error: Exception,
    outcome: str,
    details: dict[str, Any],
    reads: bool,
) -> None:
    @define("case.close", reads=reads)
    def close(act: Act) -> None:
        if not reads:
            count(act, 2026)
        act.note("case", "kasus-1")
        raise error

    with pytest.raises(type(error)):
        close(platform, STAFF)
    assert counted(platform) == []
    (entry,) = trail(platform)
    assert (entry.outcome, entry.details) == (outcome, details)


def test_a_noted_refusal_commits_so_that_a_failed_log_in_counts(
    platform: Platform, define: Callable[..., Any]
) -> None:
    @define("session.login")
    def login(act: Act) -> bool:
        count(act, 2026)
        act.refuse("account", "petugas")
        return False

    assert login(platform, PUBLIC) is False
    assert counted(platform) == [1]
    (entry,) = trail(platform)
    assert entry.outcome == "refused"


def test_a_part_of_another_action_shares_its_commit_and_its_entries(
    platform: Platform, define: Callable[..., Any]
) -> None:
    @define("case.note")
    def note(act: Act) -> None:
        count(act, 2026)
        act.note("case", "kasus-1")

    @define("case.close")
    def close(act: Act) -> None:
        note.inside(act)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        close(platform, STAFF)
    assert counted(platform) == []
    note(platform, STAFF)
    assert counted(platform) == [1]


def test_where_the_store_does_not_answer_the_action_says_so(
    platform: Platform, define: Callable[..., Any], keyring: Keyring
) -> None:
    @define("case.close")
    def close(act: Act) -> None:
        count(act, 2026)

    url = platform.store.engine.url.render_as_string(hide_password=False)
    hasty = Platform(platform.settings, Store.open(url, keyring, patience=0.2), platform.content)
    with platform.store.writing() as tx:
        tx.run(insert(case_counters), {"year": 2026, "last": 5})
        with pytest.raises(Unavailable):
            close(hasty, STAFF)
    assert counted(platform) == [5]
    assert trail(platform) == []
    hasty.close()


def test_a_page_is_not_read_where_its_entry_cannot_be_written(
    platform: Platform, define: Callable[..., Any], keyring: Keyring
) -> None:
    @define("case.read", reads=True)
    def read(act: Act) -> str:
        act.note("case", "kasus-1")
        return "rahasia"

    url = platform.store.engine.url.render_as_string(hide_password=False)
    hasty = Platform(platform.settings, Store.open(url, keyring, patience=0.2), platform.content)
    with platform.store.writing() as tx:
        tx.connection.exec_driver_sql(
            "LOCK TABLE audit IN EXCLUSIVE MODE"
            if tx.connection.dialect.name == "postgresql"
            else "DELETE FROM audit"
        )
        with pytest.raises(Unavailable):
            read(hasty, STAFF)
    hasty.close()


def test_an_action_without_a_row_in_the_table_cannot_be_made(define: Callable[..., Any]) -> None:
    with pytest.raises(LookupError, match="no row"):
        define("case.burn")


@pytest.mark.parametrize(("name", "reads"), [("case.read", True), ("case.close", False)])
def test_an_action_on_a_case_cannot_be_made_without_its_trail(
    define: Callable[..., Any], name: str, reads: bool
) -> None:
    with pytest.raises(LookupError, match="audit entry"):
        define(name, reads=reads, trail=False)


def test_an_action_is_made_once(define: Callable[..., Any]) -> None:
    define("case.close")(lambda act: None)
    with pytest.raises(LookupError, match="already"):
        define("case.close")(lambda act: None)


def every_action() -> Iterator[Action[..., Any]]:
    for found in pkgutil.iter_modules(actions.__path__):
        importlib.import_module(f"{actions.__name__}.{found.name}")
    yield from ACTIONS.values()


def test_every_action_has_a_row_in_the_permission_table() -> None:
    assert {one.name for one in every_action()} <= set(permissions.MAY)


def test_no_action_that_reads_answers_goes_without_its_trail() -> None:
    assert {
        one.name for one in every_action() if not one.trail
    } & permissions.READS_ANSWERS == set()
