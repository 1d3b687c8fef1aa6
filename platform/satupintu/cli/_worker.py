"""The process of the worker; ``satupintu serve`` starts one beside the pages.

Run as ``python -m satupintu.cli._worker``; SIGTERM or Ctrl+C lets it finish the step under way.
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import closing
from threading import Event, Thread

from satupintu.actions.platform import Platform
from satupintu.actions.worker import work
from satupintu.cli import _logs
from satupintu.config import Settings

_STOP = frozenset({signal.SIGINT, signal.SIGTERM})


def main() -> int:
    """Work until told to stop; return 1 where the work ended by itself."""
    # A handler would run between any two lines of the work; waiting for the signal is no handler.
    signal.pthread_sigmask(signal.SIG_BLOCK, _STOP)
    _logs.configure(sys.stderr)
    stop, ended = Event(), Event()
    worker = Thread(target=_work, args=(stop, ended))
    worker.start()
    signal.sigwait(_STOP)
    stop.set()
    worker.join()
    return 1 if ended.is_set() else 0


def _work(stop: Event, ended: Event) -> None:
    try:
        with closing(Platform.open(Settings.read())) as platform:
            work(platform, stop)
    finally:
        if not stop.is_set():
            ended.set()
            os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    sys.exit(main())
