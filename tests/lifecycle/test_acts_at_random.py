"""Random acts at random moments on a real store, against a model of a dozen lines."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from conftest import ASSURE
from lifecycle.publishing import Publishing, titled
from satupintu import clock
from satupintu.actions import lifecycle, versions
from satupintu.actions.content import Content
from satupintu.actions.platform import Platform
from satupintu.config import Settings
from satupintu.errors import Conflict, NotAllowed
from satupintu.store.keys import Keyring
from satupintu.store.open import Store

KIND = "legal_basis"
DAY = timedelta(days=1)
DAYS = st.integers(0, 3)


class Acts(RuleBasedStateMachine):
    """Two people write, submit, approve, publish again and withdraw while days go by."""

    opened: Callable[[], Platform]

    @initialize()
    def install(self) -> None:
        self.folder = TemporaryDirectory()
        self.city = Publishing(self.opened(), Path(self.folder.name) / "content")
        self.platform = self.city.platform
        self.today = clock.now()
        first = self.city.in_force(KIND)
        self.submitters: dict[str, Any] = {}
        self.states: dict[str, str] = {first: "published"}
        self.starts: list[tuple[Any, int, str]] = [(self.today, 0, first)]

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            self.platform.close()
            self.folder.cleanup()

    def expected(self, at: Any) -> str:
        return max(one for one in self.starts if one[0] <= at)[2]

    def of_state(self, *states: str) -> list[str]:
        return [version for version, state in self.states.items() if state in states]

    @rule(days=DAYS)
    def days_go_by(self, days: int) -> None:
        self.today += days * DAY

    @rule(owner=st.booleans())
    def somebody_writes_and_submits(self, owner: bool) -> None:
        who = self.city.owner if owner else self.city.writer
        with clock.standing_at(self.today):
            version = self.city.kept(KIND, titled(f"No. {len(self.states)}"), who).hash
            self.city.tried(version)
            lifecycle.submit(self.platform, who, version, "uji")
        self.states[version] = "submitted"
        self.submitters[version] = who

    @precondition(lambda self: self.of_state("submitted"))
    @rule(data=st.data(), days=st.integers(-1, 3), other=st.booleans())
    def somebody_approves(self, data: st.DataObject, days: int, other: bool) -> None:
        version = data.draw(st.sampled_from(self.of_state("submitted")))
        who = self.city.other if other else self.city.owner
        start = self.today + days * DAY
        with clock.standing_at(self.today):
            self.city.tried(version, start)
            try:
                lifecycle.approve(self.platform, who, version, "uji", start)
            except NotAllowed:
                assert who == self.submitters[version]
                return
            except Conflict:
                assert days < 0
                return
        assert days >= 0
        assert who != self.submitters[version]
        self.states[version] = "published"
        self.starts.append((start, len(self.starts), version))

    @precondition(lambda self: self.of_state("published", "withdrawn"))
    @rule(data=st.data(), days=DAYS)
    def an_old_version_comes_back(self, data: st.DataObject, days: int) -> None:
        version = data.draw(st.sampled_from(self.of_state("published", "withdrawn")))
        start = self.today + days * DAY
        with clock.standing_at(self.today):
            self.city.tried(version, start)
            if self.expected(self.today) == version:
                with pytest.raises(Conflict):
                    lifecycle.publish(self.platform, self.city.other, version, "uji", start)
                return
            lifecycle.publish(self.platform, self.city.other, version, "uji", start)
        self.states[version] = "published"
        self.starts.append((start, len(self.starts), version))

    @precondition(lambda self: self.of_state("published"))
    @rule(data=st.data())
    def a_version_is_withdrawn(self, data: st.DataObject) -> None:
        version = data.draw(st.sampled_from(self.of_state("published")))
        left = [one for one in self.starts if one[2] != version]
        with clock.standing_at(self.today):
            if not any(start <= self.today for start, _, _ in left):
                with pytest.raises(Conflict):
                    lifecycle.withdraw(self.platform, self.city.owner, version, "uji")
                return
            lifecycle.withdraw(self.platform, self.city.owner, version, "uji")
        self.states[version] = "withdrawn"
        self.starts = left

    @rule(days=st.integers(1, 5))
    def the_clock_goes_back_and_nothing_is_recorded(self, days: int) -> None:
        version = self.city.in_force(KIND)
        with clock.standing_at(self.today - 400 * DAY * days), pytest.raises(Conflict) as caught:
            lifecycle.withdraw(self.platform, self.city.owner, version, "uji")
        assert {p.key for p in caught.value.problems} == {"lifecycle.clock_back"}

    @invariant()
    def what_is_in_force_is_what_the_model_says(self) -> None:
        if not hasattr(self, "city"):
            return
        for days in range(5):
            at = self.today + days * DAY
            assert self.city.in_force(KIND, at) == self.expected(at)
        with clock.standing_at(self.today):
            for seen in versions.listed(self.platform, self.city.auditor, KIND):
                held = self.expected(self.today) == seen.version.hash
                assert (seen.state == "in_force") == held
                if self.states[seen.version.hash] == "withdrawn":
                    assert seen.state == "withdrawn"


def test_random_acts_at_random_moments_end_as_the_model_says(
    new_database: Callable[..., str], keyring: Keyring, settings: Settings
) -> None:
    def opened() -> Platform:
        store = Store.open(new_database(), keyring)
        return Platform(settings, store, Content(store))

    machine = type("Acts", (Acts,), {"opened": staticmethod(opened)})
    run_state_machine_as_test(machine, settings=_small())


def _small() -> Any:
    return hypothesis_settings(
        max_examples=60 if ASSURE else 4,
        stateful_step_count=30 if ASSURE else 12,
        deadline=None,
        derandomize=not ASSURE,
        suppress_health_check=list(HealthCheck),
    )
