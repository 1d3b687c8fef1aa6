"""Delivery: what stands in the outbox is brought to its agency, in the order of each case.

A message is claimed, brought over and only then written off, each in a commit of its own: no
receiver holds up the database, and a worker that dies in between leaves a claim that runs out.
Then the message goes out once more under the same id.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import structlog

from satupintu import clock
from satupintu.actions.action import Act, action
from satupintu.actions.platform import Platform
from satupintu.agencies.directory import Agency
from satupintu.errors import Problem
from satupintu.messages import channels
from satupintu.messages.message import DeliveryError, Message
from satupintu.messages.retry import after_failure
from satupintu.people.actor import SYSTEM
from satupintu.store import outbox

AT_ONCE = 20
CLAIM = timedelta(minutes=5)
"""How long a message is left to the worker that claimed it."""

Bring = Callable[[Message, Agency], object]

_log = structlog.get_logger(__name__)


def deliver(platform: Platform, bring: Bring = channels.deliver) -> int:
    """Bring over every message that is due now; return how many arrived. A step of the worker."""
    arrived = 0
    while claimed := _claim(platform, SYSTEM):
        agencies = platform.content.agencies(clock.now())
        for message in claimed:
            failure = _try(message, agencies.get(message.recipient), bring)
            _settle(platform, SYSTEM, message, failure)
            arrived += failure is None
    return arrived


# No trail: what was delivered when stands with each message, and nobody's answers are read.
@action("worker.claim", trail=False)
def _claim(act: Act) -> tuple[Message, ...]:
    """Return some messages to try now; until the claim runs out no other worker gets them."""
    found = outbox.due(act.tx, act.at, limit=AT_ONCE)
    for message in found:
        outbox.postponed(act.tx, replace(message, next_attempt_at=act.at + CLAIM))
    return found


@action("worker.deliver", trail=False)
def _settle(act: Act, message: Message, failure: DeliveryError | None) -> None:
    """Write down that a message arrived, waits for its next try, or never will arrive."""
    if failure is None:
        outbox.delivered(act.tx, message.id, act.at)
        return
    later = after_failure(message, failure, act.at)
    if later is not None:
        outbox.postponed(act.tx, later)
        return
    outbox.given_up(act.tx, message.id, act.at)
    act.note(
        "message", message.id, case=message.case_id, problems=[p.key for p in failure.problems]
    )


def _try(message: Message, agency: Agency | None, bring: Bring) -> DeliveryError | None:
    """Return what went wrong, None where the message arrived."""
    if agency is None:
        problem = Problem("messages.no_recipient", {"agency": message.recipient})
        return DeliveryError(problem, permanent=True)
    try:
        bring(message, agency)
    except DeliveryError as e:
        _log.warning("not_delivered", message=message.id, permanent=e.permanent, reason=str(e))
        return e
    return None
