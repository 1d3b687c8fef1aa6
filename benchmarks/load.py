"""Servers as ``satupintu serve`` starts them, and a client that costs next to nothing."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from urllib.parse import urlencode

HOST = "127.0.0.1"
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Answer:
    """What a server said."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def cookies(self) -> dict[str, str]:
        """The cookies that it set, by name."""
        set_ = (value for name, value in self.headers if name == "set-cookie")
        return dict(cookie.split(";", 1)[0].split("=", 1) for cookie in set_)


class Line:
    """One connection, kept open."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._open()

    def _open(self) -> None:
        self._socket = socket.create_connection((HOST, self._port), timeout=60)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._read = self._socket.makefile("rb")

    def ask(self, message: bytes) -> Answer:
        """Send a request and wait for its answer."""
        self._socket.sendall(message)
        first = self._read.readline()
        headers = []
        for line in iter(self._read.readline, b"\r\n"):
            name, _, value = line.decode("latin-1").partition(":")
            headers.append((name.lower(), value.strip()))
        said = dict(headers)
        body = self._read.read(int(said.get("content-length", 0)))
        if said.get("connection") == "close":
            self.close()
            self._open()
        return Answer(int(first.split()[1]), tuple(headers), body)

    def close(self) -> None:
        """Hang up."""
        self._read.close()
        self._socket.close()


def request(
    method: str, path: str, fields: Mapping[str, str] | None = None, cookies: Mapping[str, str] = {}
) -> bytes:
    """Return the bytes of a request, so that nothing is left to work out while time is taken."""
    body = urlencode(fields or {}).encode()
    lines = [f"{method} {path} HTTP/1.1", f"Host: {HOST}"]
    if cookies:
        lines.append("Cookie: " + "; ".join(f"{k}={v}" for k, v in cookies.items()))
    if fields is not None:
        lines += [f"Content-Type: {FORM}", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode() + body


def environment(var: Path) -> dict[str, str]:
    """Return this process's environment with no setting of the product but its folder."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("SATUPINTU_", "DATABASE_"))}
    return kept | {"SATUPINTU_VAR": str(var)}


@contextmanager
def serving(module: str, var: Path) -> Iterator[int]:
    """Run an application as ``satupintu serve`` does; yield its port once it answers."""
    with socket.socket() as listener:
        listener.bind((HOST, 0))
        listener.listen(512)
        number, port = listener.fileno(), listener.getsockname()[1]
        process = subprocess.Popen(
            [sys.executable, "-m", "satupintu.cli._process", module, str(number)],
            pass_fds=[number],
            env=environment(var) | {"PYTHONPATH": os.getcwd()},
        )
        try:
            yield port
        finally:
            process.terminate()
            process.wait(60)


def per_second(port: int, requests: Sequence[bytes], connections: int, wanted: int) -> float:
    """Return how many of ``requests`` were answered a second; every answer must be ``wanted``."""
    waiting: SimpleQueue[bytes] = SimpleQueue()
    for one in requests:
        waiting.put(one)
    lines = [Line(port) for _ in range(connections)]
    found: list[Counter[int]] = [Counter() for _ in lines]

    def work(line: Line, seen: Counter[int]) -> None:
        while True:
            try:
                message = waiting.get_nowait()
            except Empty:
                return
            seen[line.ask(message).status] += 1

    threads = [Thread(target=work, args=pair) for pair in zip(lines, found, strict=True)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - started
    for line in lines:
        line.close()
    statuses = Counter(chain.from_iterable(seen.elements() for seen in found))
    if statuses != {wanted: len(requests)}:
        raise RuntimeError(f"expected {len(requests)} times {wanted}, got {dict(statuses)}")
    return len(requests) / took
