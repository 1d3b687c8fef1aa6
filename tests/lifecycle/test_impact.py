from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from lifecycle.publishing import Publishing, titled
from satupintu import clock
from satupintu.actions import gates, lifecycle, looking, versions
from satupintu.actions.impact import impact
from satupintu.conditions.values import read_facts
from satupintu.errors import Conflict, NotAllowed
from satupintu.rules import plain
from satupintu.rules.decision import Decision
from satupintu.store import past

ALWAYS = "BALAI_SATWA"


def slower(document: Any) -> None:
    """Let what every case gets come an hour later, and nobody be held any more."""
    for rule in document["rules"]:
        for outcome in rule.get("refer", ()):
            if outcome["agency"] == ALWAYS and outcome["within_hours"] == 36:
                outcome["within_hours"] = 37
    document["guarantees"] = []


def test_the_impact_counts_what_two_rule_sets_say_of_every_past_case(told: Publishing) -> None:
    old, new = told.in_force("rule_set"), told.kept("rule_set", slower).hash
    found = impact(told.platform, told.owner, new, old, since=clock.now() - timedelta(days=1))
    content, form = told.platform.content, told.in_force("form")
    before, after = (content.rule_set_version(version, form) for version in (old, new))
    changed = later = 0
    for example in before.examples[:3]:
        facts = read_facts(dict(example.facts), content.form_version(form).facts)
        one, other = (plain.decide(rule_set, facts) for rule_set in (before, after))
        changed += not one.same_outcome(other)
        later += _hours(one) != _hours(other)
    assert (found.cases, found.unreadable) == (3, 0)
    assert (found.changed, found.agencies[ALWAYS].later) == (changed, later)
    assert later > 0
    assert found.agencies[ALWAYS].before == found.agencies[ALWAYS].after
    assert sum(change.cases for change in found.changes) == changed
    assert {m.of[0] for c in found.changes for m in c.moves if m.what == "hours"} >= {ALWAYS}
    assert all(change.facts == {} for change in found.changes)
    assert "facts" not in str(found.to_json())


def _hours(decision: Decision) -> int | None:
    return next((a.within_hours for a in decision.agencies if a.agency == ALWAYS), None)


def test_cases_before_the_period_and_erased_ones_are_left_out(told: Publishing) -> None:
    old, new = told.in_force("rule_set"), told.kept("rule_set", slower).hash
    later = clock.now() + timedelta(days=1)
    assert impact(told.platform, told.owner, new, old, since=later).cases == 0
    with told.platform.store.engine.connect() as connection, connection.begin():
        connection.exec_driver_sql("UPDATE cases SET wrapped_key = NULL WHERE number LIKE '%1'")
    with told.platform.store.reading() as tx:
        left = list(past.assessed_since(tx, clock.now() - timedelta(days=1)))
    assert len(left) == 2


def test_whoever_submits_and_whoever_approves_looks_themselves(told: Publishing) -> None:
    city, version = told, told.kept("rule_set", titled("Seen")).hash
    gates.run(city.platform, city.writer, version)
    city.looked(city.owner, version)
    with pytest.raises(Conflict) as caught:
        lifecycle.submit(city.platform, city.writer, version, "uji")
    assert {p.key for p in caught.value.problems} == {"gates.not_seen_impact"}
    city.looked(city.writer, version)
    lifecycle.submit(city.platform, city.writer, version, "uji")
    with pytest.raises(Conflict):
        lifecycle.approve(city.platform, city.other, version, "setuju")
    lifecycle.approve(city.platform, city.owner, version, "setuju")
    opened = versions.read(city.platform, city.auditor, version)
    assert "impact" not in {s.gate for s in opened.standings}, "nothing to compare with any more"


def test_what_was_looked_at_says_nothing_about_another_rule_set_in_force(told: Publishing) -> None:
    city, version = told, told.kept("rule_set", titled("Seen")).hash
    seen = looking.of_version(city.platform, city.owner, version)
    assert seen is not None
    city.approved("rule_set", titled("Meanwhile"))
    with pytest.raises(Conflict):
        looking.look(city.platform, city.owner, version, seen)


def test_only_who_writes_or_decides_sees_the_impact(told: Publishing) -> None:
    version = told.kept("rule_set", titled("Whose")).hash
    with pytest.raises(NotAllowed):
        looking.of_version(told.platform, told.auditor, version)
    assert looking.of_version(told.platform, told.owner, told.in_force("form")) is None
