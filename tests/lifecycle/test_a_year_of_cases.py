"""A year of synthetic cases under rule sets that came and went, decided again from the store."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from lifecycle.publishing import Publishing
from satupintu import clock
from satupintu.actions import lifecycle
from satupintu.actions.content import Content
from satupintu.actions.engines import Engines
from satupintu.actions.reproducing import reproduce
from satupintu.rules.decision import Decision
from satupintu.store import submissions
from staff.desk_cases import answers_for, send

DAY = timedelta(days=1)


def hours(factor: int) -> Any:
    """Return a change of every deadline, in the rules and in what their examples expect."""

    def change(document: Any) -> None:
        for rule in document["rules"]:
            for outcome in rule.get("refer", ()):
                outcome["within_hours"] *= factor
        for example in document["examples"]:
            expected = example["expect"].get("agencies", {})
            example["expect"]["agencies"] = {k: v * factor for k, v in expected.items()}
        for guarantee in document["guarantees"]:
            for promise in _promises(guarantee):
                if "within_hours" in promise:
                    promise["within_hours"] *= factor

    return change


def _promises(guarantee: Any) -> Iterator[Any]:
    for kind in ("always", "never"):
        claim = guarantee.get(kind, {})
        yield from claim.get("any", [claim])


def test_each_case_of_a_year_is_decided_again_as_it_was(either: Publishing) -> None:
    city, desk, today = either, either.desk(), clock.now()
    first = city.in_force("rule_set")
    decided: list[tuple[str, str, str, Decision | None]] = []

    def cases(day: int) -> None:
        """Take one story of every example on a day of the year."""
        with clock.standing_at(today + day * DAY):
            for example in city.platform.content.live(clock.now()).rule_set().examples[:3]:
                sent = send(city.platform, answers_for(city.platform, example), desk)
                with city.platform.store.reading() as tx:
                    (record,) = submissions.decisions_of_case(tx, sent.case_id)
                decided.append((sent.case_id, record.id, record.rule_set_hash, record.decision))

    cases(1)
    with clock.standing_at(today + 60 * DAY):
        second = city.approved("rule_set", hours(2)).hash
        third = city.submitted("rule_set", hours(3)).hash
        city.approve(third, today + 120 * DAY)
    cases(61)
    cases(119)
    cases(121)
    with clock.standing_at(today + 180 * DAY):
        hasty = city.approved("rule_set", hours(5)).hash
    cases(181)
    with clock.standing_at(today + 182 * DAY):
        lifecycle.withdraw(city.platform, city.owner, hasty, "tergesa-gesa")
    cases(183)
    with clock.standing_at(today + 300 * DAY):
        future = city.approved("rule_set", hours(7), today + 400 * DAY).hash
    cases(364)

    used = [rule_set for _, _, rule_set, _ in decided]
    assert list(dict.fromkeys(used)) == [first, second, third, hasty]
    assert used[-1] == third, "what was in force before came back"
    assert future not in used
    assert city.in_force("rule_set", today + 401 * DAY) == future

    alone = replace(
        city.platform,
        content=Content(city.platform.store),
        engines=Engines(),
        settings=replace(city.platform.settings, content=city.folder / "nothing"),
    )
    with clock.standing_at(today + 800 * DAY), closing(alone.engines):
        assert alone.content.live(clock.now()).rule_set().hash == future
        for case_id, record_id, rule_set, decision in decided:
            again = reproduce(alone, desk, case_id, record_id)
            assert again.record.rule_set_hash == rule_set
            assert again.decision == decision
            assert again.same
    deadlines = {
        rule_set: sum(a.within_hours for a in decision.agencies)
        for _, _, rule_set, decision in reversed(decided)
        if decision is not None
    }
    assert deadlines[second] == 2 * deadlines[first]
    assert deadlines[third] == 3 * deadlines[first]


def test_a_decision_that_was_altered_is_not_reproduced(
    city: Publishing, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = city.desk()
    example = city.platform.content.live(clock.now()).rule_set().examples[0]
    sent = send(city.platform, answers_for(city.platform, example), desk)
    with city.platform.store.reading() as tx:
        (record,) = submissions.decisions_of_case(tx, sent.case_id)
    assert record.decision is not None
    altered = replace(record, decision=replace(record.decision, agencies=()))
    monkeypatch.setattr(submissions, "decisions_of_case", lambda tx, case_id: (altered,))
    assert not reproduce(city.platform, desk, sent.case_id, record.id).same
