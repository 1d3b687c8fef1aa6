"""The engine in a process of its own, so that a crash or a hang is no outage."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import weakref
from collections.abc import Sequence
from functools import partial
from typing import Any

from satupintu.rules.document import RuleSet
from satupintu.rules.readings.execute.engine import Engine
from satupintu.rules.readings.execute.host import Definition
from satupintu.rules.readings.execute.trouble import EngineTrouble
from satupintu.rules.readings.execute.wire import receive, send

SECONDS_TO_DECIDE = 2.0
SECONDS_TO_START = 20.0
"""Starting a process and loading the largest rule set there may be."""


class GuardedHost:
    """Networks in a child process; trouble ends the process, and the next call starts anew."""

    def __init__(
        self,
        definitions: Sequence[Definition],
        *,
        seconds: float = SECONDS_TO_DECIDE,
        seconds_to_start: float = SECONDS_TO_START,
        megabytes: int = 0,
        processor_seconds: int = 0,
    ) -> None:
        self._definitions = [(definition.text, definition.width) for definition in definitions]
        self._seconds = seconds
        self._seconds_to_start = seconds_to_start
        self._limits = (str(megabytes), str(processor_seconds))
        self._child: _Child | None = None
        self._start()

    def fired(self, network: int, properties: str) -> list[str]:
        """Return the names of the rules that fire in one network. Raises EngineTrouble."""
        if self._child is None or self._child.owner != os.getpid():
            self._start()
        fired: list[str] = self._ask((network, properties), self._seconds)
        return fired

    def close(self) -> None:
        """End the process."""
        child, self._child = self._child, None
        if child is not None:
            child.end()

    @property
    def process_id(self) -> int | None:
        """The process that runs now; None after trouble, until the next call."""
        return None if self._child is None else self._child.process.pid

    def _start(self) -> None:
        self._child = _Child(self._limits)
        self._ask(self._definitions, self._seconds_to_start)

    def _ask(self, value: Any, seconds: float) -> list[str]:
        child = self._child
        assert child is not None  # noqa: S101  both callers have just started it
        try:
            child.connection.settimeout(seconds)
            send(child.connection, value)
            answer = receive(child.connection)
        except TimeoutError as e:
            self.close()
            raise EngineTrouble("timed_out", f"{seconds} s") from e
        except (OSError, EOFError) as e:
            self.close()
            raise EngineTrouble("crashed", str(child.process.returncode)) from e
        if "trouble" in answer:
            self.close()
            raise EngineTrouble("failed", answer["trouble"])
        fired: list[str] = answer["fired"]
        return fired


class _Child:
    """One process with the connection to it; ended at the latest when nobody holds it any more."""

    def __init__(self, limits: Sequence[str]) -> None:
        ours, its = socket.socketpair()
        with its:
            self.process = subprocess.Popen(  # noqa: S603  our own interpreter, no one's words
                [sys.executable, "-m", f"{__package__}.child", *limits],
                stdin=its.fileno(),
                stdout=subprocess.DEVNULL,
                # Nothing of this process's environment, so that no key of ours is ever in there.
                env={"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
            )
        self.connection = ours
        self.owner = os.getpid()
        self.end = weakref.finalize(self, _end, self.process, ours, self.owner)


def _end(process: subprocess.Popen[bytes], connection: socket.socket, owner: int) -> None:
    connection.close()
    if os.getpid() == owner:  # a fork has the same objects, but the process is its parent's
        process.kill()
        process.wait()


class GuardedEngine(Engine):
    """The same engine over a child process: each decision within ``seconds``, or EngineTrouble."""

    def __init__(self, ruleset: RuleSet, *, seconds: float = SECONDS_TO_DECIDE) -> None:
        super().__init__(ruleset, partial(GuardedHost, seconds=seconds))
