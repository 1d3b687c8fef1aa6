"""Messages reach their agencies in the order of each case, whatever dies in between."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from agency.referred import sent
from satupintu import clock
from satupintu.actions.delivery import CLAIM, deliver
from satupintu.actions.platform import Platform
from satupintu.agencies.directory import Agency
from satupintu.errors import Problem
from satupintu.messages.message import DeliveryError, Message
from satupintu.messages.retry import LONGEST_WAIT
from satupintu.people.actor import SYSTEM
from satupintu.people.permissions import MAY
from satupintu.store import audit, outbox

DIES = """
import os, signal, sys
from pathlib import Path
from satupintu.actions.delivery import deliver
from satupintu.actions.platform import Platform
from satupintu.config import Settings

left = int(sys.argv[1])

def bring(message, agency):
    global left
    with Path(sys.argv[2]).open("a") as file:
        file.write(f"{message.case_id} {message.sequence} {message.id}\\n")
    left -= 1
    if not left:
        os.kill(os.getpid(), signal.SIGKILL)

deliver(Platform.open(Settings.read()), bring)
"""


def everything(platform: Platform, case_ids: list[str]) -> list[Message]:
    with platform.store.reading() as tx:
        return [m for case_id in case_ids for m in outbox.of_case(tx, case_id)]


def waiting(platform: Platform) -> int:
    with platform.store.reading() as tx:
        return outbox.waiting(tx)


def in_order(brought: Iterator[tuple[str, int]]) -> bool:
    """Tell whether no message of a case came before an earlier one had arrived at least once."""
    reached: Counter[str] = Counter()
    for case_id, sequence in brought:
        if sequence > reached[case_id] + 1:
            return False
        reached[case_id] = max(reached[case_id], sequence)
    return True


def test_every_message_arrives_once_and_in_order(either: Platform) -> None:
    case_ids = [sent(either, example) for example in ("C2", "C3", "C4")]
    brought: list[Message] = []
    count = deliver(either, lambda message, _agency: brought.append(message))
    assert count == len(brought) == len(everything(either, case_ids))
    assert in_order((m.case_id, m.sequence) for m in brought)
    assert all(m.delivered_at is not None for m in everything(either, case_ids))
    assert deliver(either) == 0
    assert waiting(either) == 0


def test_a_receiver_that_often_fails_gets_everything_in_the_end(either: Platform) -> None:
    case_ids = [sent(either, "C2") for _ in range(3)]
    dice = random.Random(7)
    brought: list[tuple[str, int]] = []

    def bring(message: Message, agency: Agency) -> None:
        assert message.recipient == agency.id
        if dice.random() < 0.3:
            problem = Problem("messages.wrong_recipient", {"agency": agency.id})
            raise DeliveryError(problem, permanent=False)
        brought.append((message.case_id, message.sequence))

    for hours in range(40):
        with clock.shifted(hours * LONGEST_WAIT):
            deliver(either, bring)
    assert waiting(either) == 0
    assert len(brought) == len(set(brought)) == len(everything(either, case_ids))
    assert in_order(iter(brought))


def test_a_message_that_never_can_arrive_lets_the_next_one_go(small: Platform) -> None:
    case_id = sent(small, "C2")
    brought: list[Message] = []

    def bring(message: Message, agency: Agency) -> None:
        if message.sequence == 1:
            problem = Problem("messages.wrong_recipient", {"agency": agency.id})
            raise DeliveryError(problem, permanent=True)
        brought.append(message)

    deliver(small, bring)
    assert [m.sequence for m in brought] == [
        m.sequence for m in everything(small, [case_id]) if m.sequence > 1
    ]
    first = everything(small, [case_id])[0]
    assert first.delivered_at is None
    with small.store.reading() as tx:
        [entry] = audit.listed(tx, object_kind="message", object_id=first.id)
    assert entry.action == "worker.deliver"


def test_what_a_dead_worker_claimed_goes_out_once_more_under_the_same_id(
    small: Platform, tmp_path: Path
) -> None:
    case_ids = [sent(small, "C2"), sent(small, "C3")]
    ids = {m.id for m in everything(small, case_ids)}
    log = tmp_path / "brought"
    env = {**os.environ, "SATUPINTU_VAR": str(small.settings.var)}
    kills = 0
    while True:
        with clock.shifted(kills * (CLAIM + timedelta(seconds=1))):
            if not _due(small):
                break
            done = subprocess.run(
                [sys.executable, "-c", _SHIFT.format(kills=kills) + DIES, "2", str(log)],
                env=env,
                check=False,
            )
        kills += 1
        assert done.returncode in (0, -signal.SIGKILL)
        assert kills < 40
    lines = [line.split() for line in log.read_text().splitlines()]
    assert kills > 2
    assert {line[2] for line in lines} == ids
    assert in_order((case_id, int(sequence)) for case_id, sequence, _ in lines)
    assert len(lines) - len(ids) <= kills


_SHIFT = """
from datetime import timedelta
from satupintu import clock
from satupintu.actions.delivery import CLAIM
clock._shift[0] = {kills} * (CLAIM + timedelta(seconds=1))
"""


def _due(platform: Platform) -> bool:
    with platform.store.reading() as tx:
        return outbox.waiting(tx) > 0


def test_two_workers_bring_nothing_twice(either: Platform) -> None:
    case_ids = [sent(either, "C2") for _ in range(3)]
    brought: list[str] = []

    def bring(message: Message, _agency: Agency) -> None:
        brought.append(message.id)
        deliver(either, lambda inner, _: brought.append(inner.id))  # another, meanwhile

    deliver(either, bring)
    assert sorted(brought) == sorted(m.id for m in everything(either, case_ids))


def test_the_shipped_channels_deliver_to_the_inbox(small: Platform) -> None:
    case_id = sent(small, "C2")
    assert deliver(small) == len(everything(small, [case_id]))


@pytest.mark.parametrize("role", ["staff", "agency_head", "administrator"])
def test_nobody_but_the_worker_takes_its_steps(role: str) -> None:
    steps = [action for action in MAY if action.startswith("worker.")]
    assert steps
    assert all(role not in MAY[step] and SYSTEM.role in MAY[step] for step in steps)
