"""The table of states, against a tiny model that walks through time minute by minute."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from satupintu.people.permissions import MAY
from satupintu.people.roles import ROLES
from satupintu.rules import lifecycle
from satupintu.rules.lifecycle import STATES, TABLE, Event, Happening

START = datetime(2026, 1, 1, tzinfo=UTC)
MINUTES = 40


def moment(minute: int) -> datetime:
    return START + timedelta(minutes=minute)


def event(version: str, what: Happening, at: int, start: int | None, place: int) -> Event:
    return Event(
        kind="rule_set",
        document_id="contoh",
        version=version,
        what=what,
        at=moment(at),
        by="a",
        reason="uji",
        in_force_from=None if start is None else moment(start),
        place=place,
    )


@st.composite
def histories(draw: st.DrawFn) -> tuple[Event, ...]:
    """Draw what may have been recorded: clocks stand still or go on, nothing begins in the past."""
    at, found = 0, []
    for place in range(1, draw(st.integers(0, 9)) + 1):
        at += draw(st.integers(0, 5))
        version = draw(st.sampled_from("abc"))
        if draw(st.integers(0, 3)):
            start = at + draw(st.sampled_from((0, 0, 1, 3, 8)))
            found.append(event(version, "published", at, start, place))
        else:
            found.append(event(version, "withdrawn", at, None, place))
    return tuple(found)


class Walked:
    """The model: one list of what came into force, changed as time goes by."""

    def __init__(self, history: Sequence[Event]) -> None:
        self.at: list[str | None] = []
        waiting: list[Event] = []
        live: list[Event] = []
        for minute in range(MINUTES + 20):
            now = moment(minute)
            for one in (e for e in history if e.at == now):
                if one.what == "published":
                    waiting.append(one)
                else:
                    waiting = [w for w in waiting if w.version != one.version]
                    live = [w for w in live if w.version != one.version]
                waiting.sort(key=lambda e: (e.in_force_from, e.place))
                live, waiting = self._come(live, waiting, now)
            live, waiting = self._come(live, waiting, now)
            self.at.append(live[-1].version if live else None)

    @staticmethod
    def _come(
        live: list[Event], waiting: list[Event], now: datetime
    ) -> tuple[list[Event], list[Event]]:
        due = [w for w in waiting if w.in_force_from and w.in_force_from <= now]
        return [*live, *due], [w for w in waiting if w not in due]


@given(histories())
def test_what_is_in_force_is_what_a_walk_through_time_finds(history: tuple[Event, ...]) -> None:
    walked = Walked(history)
    for minute, expected in enumerate(walked.at):
        found = lifecycle.in_force(history, moment(minute))
        assert (found.version if found else None) == expected, minute


@given(histories())
def test_spans_say_the_same_as_every_single_moment(history: tuple[Event, ...]) -> None:
    spans = lifecycle.spans(history)
    for minute in range(MINUTES + 20):
        now = moment(minute)
        inside = [s for s in spans if s.start <= now and (s.until is None or now < s.until)]
        found = lifecycle.in_force(history, now)
        assert [s.version for s in inside] == ([found.version] if found else [])
    for one, following in pairwise(spans):
        assert one.until is not None
        assert one.until <= following.start
        assert one.version != following.version or one.until < following.start


@given(histories(), st.integers(0, MINUTES))
def test_what_is_recorded_later_changes_nothing_of_what_was(
    history: tuple[Event, ...], minute: int
) -> None:
    now = moment(minute)
    known = tuple(e for e in history if e.at <= now)
    assert lifecycle.in_force(known, now) == lifecycle.in_force(history, now)
    for version in "abc":
        assert lifecycle.state(known, version, now) == lifecycle.state(history, version, now)


@given(histories(), st.integers(0, MINUTES))
def test_at_most_one_version_is_in_force_and_the_rest_have_a_state_of_their_own(
    history: tuple[Event, ...], minute: int
) -> None:
    states = [lifecycle.state(history, version, moment(minute)) for version in "abc"]
    assert states.count("in_force") <= 1
    assert set(states) <= set(STATES)


def test_the_table_is_the_one_that_permissions_are_read_from() -> None:
    for name, step in TABLE.items():
        assert set(step.by) <= set(ROLES)
        if name != "import":
            assert MAY[f"documents.{name}"] == set(step.by)


def test_what_comes_into_force_by_a_person_needs_a_second_one() -> None:
    for name, step in TABLE.items():
        if "published" in step.records and name != "import":
            assert step.four_eyes
            assert step.gates
