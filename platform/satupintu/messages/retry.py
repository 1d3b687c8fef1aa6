"""When a message that did not arrive is tried again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from satupintu.messages.message import DeliveryError, Message

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)


def wait(attempts: int) -> timedelta:
    """Return the time before the next try: doubled after each that failed, up to an hour."""
    doubled = min(max(attempts - 1, 0), 16)  # far past the longest wait, far below an overflow
    return min(FIRST_WAIT * (1 << doubled), LONGEST_WAIT)


def after_failure(message: Message, failure: DeliveryError, at: datetime) -> Message | None:
    """Return the message as it waits for its next try; None where the failure is permanent.

    There is no last try: whoever waits for help is told late rather than never.
    """
    if failure.permanent:
        return None
    attempts = message.attempts + 1
    return replace(message, attempts=attempts, next_attempt_at=at + wait(attempts))
