"""Logs: one line each on stderr, with the moment in UTC; never an answer, never local variables."""

from __future__ import annotations

from typing import TextIO

import structlog
from structlog.typing import EventDict, WrappedLogger

from satupintu import clock


def configure(stream: TextIO) -> None:
    """Send the logs of this process to ``stream``."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            _moment,
            structlog.processors.format_exc_info,
            structlog.processors.LogfmtRenderer(key_order=["at", "level", "event"]),
        ],
        logger_factory=structlog.PrintLoggerFactory(stream),
        cache_logger_on_first_use=False,
    )


def _moment(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    event["at"] = clock.now().isoformat(timespec="milliseconds")
    return event
