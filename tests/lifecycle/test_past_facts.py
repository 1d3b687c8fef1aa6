"""Facts of past cases leave the store without whose they are, and only by who may."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from lifecycle.publishing import Publishing
from lifecycle.test_impact import slower
from satupintu import clock
from satupintu.actions import past_facts
from satupintu.actions.impact import impact, replay
from satupintu.conditions.types import Day, Moment, Text
from satupintu.errors import NotAllowed
from satupintu.people.actor import Actor
from satupintu.rules.readings.replay import cases
from satupintu.rules.readings.replay.layout import Layout, monday
from satupintu.rules.readings.replay.progress import untold
from satupintu.store.tables import audit, submissions
from staff.desk_cases import NAME

YEAR = timedelta(days=365)


def head(city: Publishing) -> Actor:
    return city.somebody("kepala", "service_head")


def test_only_the_service_head_takes_facts_out_and_the_trail_says_so(told: Publishing) -> None:
    for who in (told.writer, told.owner, told.auditor, told.desk()):
        with pytest.raises(NotAllowed):
            past_facts.export(told.platform, who, clock.now() - YEAR)
    found = past_facts.export(told.platform, head(told), clock.now() - YEAR)
    assert (len(found.cases), found.left_out) == (3, 0)
    with told.platform.store.engine.connect() as connection:
        rows = connection.execute(
            select(audit.c.role, audit.c.outcome)
            .where(audit.c.action == "facts.export")
            .order_by(audit.c.id)
        ).all()
    assert [outcome for _, outcome in rows].count("refused") == 4
    assert ("service_head", "done") in [tuple(row) for row in rows]


def test_a_file_holds_the_facts_and_nothing_that_says_whose_they_are(
    told: Publishing, tmp_path: Path
) -> None:
    found = past_facts.export(told.platform, head(told), clock.now() - YEAR)
    form = found.form
    for name, of in found.types.items():
        assert not isinstance(of, Day | Moment | Text)
        assert not form.questions[name].roles & past_facts.IDENTIFYING
    file = tmp_path / "facts.parquet"
    cases.write(file, form, found.types, found.cases)
    data = file.read_bytes()
    for word in (NAME, *NAME.split()):
        assert word.encode() not in data
    with told.platform.store.engine.connect() as connection:
        numbers = connection.exec_driver_sql("SELECT id, number FROM cases").all()
    assert len(numbers) == 3
    assert not [one for row in numbers for one in row if str(one).encode() in data]
    with cases.opened(str(file), form, found.types) as (engine, table):
        records = list(engine.records(select(table)))
    layout = Layout(found.types)
    kept = sorted(repr(sorted(layout.facts(record).items())) for record in records)
    assert kept == sorted(repr(sorted(facts.items())) for _, facts in found.cases)
    here = told.platform.content.service(clock.now()).zone
    assert {week for week, _ in found.cases} == {monday(clock.now().astimezone(here))}


def test_a_week_begins_when_it_is_monday_here_and_not_in_greenwich(told: Publishing) -> None:
    midnight = datetime(2026, 11, 30, tzinfo=told.platform.content.service(clock.now()).zone)
    moved = update(submissions).where(submissions.c.purpose == "assessment")
    with told.platform.store.engine.connect() as connection, connection.begin():
        first = connection.scalar(select(func.min(submissions.c.id)))
        minute = timedelta(minutes=1)
        connection.execute(moved.values(submitted_at=midnight + minute))
        connection.execute(
            moved.where(submissions.c.id == first).values(submitted_at=midnight - minute)
        )
    found = past_facts.export(told.platform, head(told), midnight - YEAR)
    weeks = [week for week, _ in found.cases]
    assert weeks == [date(2026, 11, 23), date(2026, 11, 30), date(2026, 11, 30)]


def test_a_replay_of_the_store_counts_what_the_impact_counts_and_shows_no_case(
    told: Publishing,
) -> None:
    platform, content = told.platform, told.platform.content
    old, new = told.in_force("rule_set"), told.kept("rule_set", slower).hash
    form = told.in_force("form")
    sets = (content.rule_set_version(old, form), content.rule_set_version(new, form))
    with pytest.raises(NotAllowed):
        replay(platform, told.desk(), *sets, content.form_version(form), untold)
    seen = replay(platform, told.owner, *sets, content.form_version(form), untold)
    known = impact(platform, told.owner, new, old, since=clock.now() - YEAR)
    assert (seen.cases, seen.changed) == (known.cases, known.changed) == (3, seen.changed)
    for code, one in known.agencies.items():
        other = seen.agencies[code]
        assert (one.before, one.after, one.sooner, one.later) == (
            *(other.before, other.after, other.sooner, other.later),
        )
    assert seen.changes
    assert all(change.facts == {} for change in seen.changes)


def test_what_the_present_form_cannot_read_is_left_out_and_counted(
    told: Publishing, monkeypatch: pytest.MonkeyPatch
) -> None:
    def narrowed(value: object, types: object) -> object:
        raise past_facts.BadAnswers()

    monkeypatch.setattr(past_facts, "read_facts", narrowed)
    found = past_facts.export(told.platform, head(told), clock.now() - YEAR)
    assert (found.cases, found.left_out) == ((), 3)
