"""``satupintu serve``: the pages for everybody, those for administrators, and the worker."""

from __future__ import annotations

import errno
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from threading import Event

import click

from satupintu.actions import demonstration, demonstration_cases
from satupintu.actions.platform import Platform
from satupintu.cli._language import language_option
from satupintu.config import Settings
from satupintu.errors import Problem, Unavailable
from satupintu.words import DEFAULT, say

BACKLOG = 512
_PAGES = "satupintu.cli._process"
STOP_WITHIN = 30
"""Seconds that a part may take to finish what it is answering before it is killed."""


@dataclass(frozen=True)
class Part:
    """One process of the product: a module of ours with its arguments, run by itself."""

    name: str
    arguments: tuple[str, ...]
    ports: Mapping[str, str]
    """The ports that the pages really listen on, where 0 took a free one: each links to the other.
    """
    listener: socket.socket | None = None

    def start(self) -> subprocess.Popen[bytes]:
        """Start it; it inherits the listening socket."""
        inherited = [] if self.listener is None else [self.listener.fileno()]
        return subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-m", *self.arguments, *map(str, inherited)],
            pass_fds=inherited,
            env={**os.environ, **self.ports},
        )


@click.command()
@click.option("--host", help="Address to listen on; else SATUPINTU_HOST.")
@click.option(
    "--port", type=int, help="Port of the pages; else SATUPINTU_PORT. 0 takes a free one."
)
@click.option("--admin-port", type=int, help="Port of the administrators' pages.")
@click.option(
    "--demonstration",
    "demonstrate",
    is_flag=True,
    help="Make a key, accounts and example content first.",
)
@language_option
def command(
    host: str | None, port: int | None, admin_port: int | None, demonstrate: bool, lang: str | None
) -> None:
    """Serve the pages until Ctrl+C.

    \b
    Contoh / example:
      satupintu serve --demonstration
      satupintu serve --host 0.0.0.0 --port 8080
    """
    settings = _settings(host, port, admin_port)
    language = lang or DEFAULT
    with ExitStack() as open_sockets:
        pages = open_sockets.enter_context(listening(settings.host, settings.port))
        admin = open_sockets.enter_context(listening(settings.host, settings.admin_port))
        if demonstrate:
            _demonstrate(settings, language)
        else:
            _prepare(settings)
        click.echo(say("cli.serving", language, address=_address(pages)))
        click.echo(say("cli.serving_admin", language, address=_address(admin)))
        click.echo(say("cli.stop", language))
        ports = {
            "SATUPINTU_PORT": str(pages.getsockname()[1]),
            "SATUPINTU_ADMIN_PORT": str(admin.getsockname()[1]),
        }
        parts = (
            Part("pages", (_PAGES, "satupintu.app"), ports, pages),
            Part("admin", (_PAGES, "satupintu_admin.app"), ports, admin),
            Part("worker", ("satupintu.cli._worker",), ports),
        )
        run(parts)


@contextmanager
def listening(host: str, port: int) -> Iterator[socket.socket]:
    """Open a listening socket. Raises Unavailable with a sentence where the port is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as opened:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            opened.bind((host, port))
            opened.listen(BACKLOG)
        except OSError as e:
            where = {"host": host, "port": port}
            if e.errno == errno.EADDRINUSE:
                raise Unavailable(Problem("cli.port_taken", {**where, "other": port + 10})) from e
            reason = e.strerror or str(e)
            raise Unavailable(Problem("cli.bad_address", {**where, "reason": reason})) from e
        yield opened


def run(parts: Sequence[Part]) -> None:
    """Run the parts until a signal or until one of them ends; then stop them all, and wait.

    Raises Unavailable where a part ended by itself.
    """
    stop = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    running = {part.name: part.start() for part in parts}
    ended = None
    try:
        while ended is None and not stop.wait(0.2):
            ended = next((name for name, p in running.items() if p.poll() is not None), None)
    finally:
        for process in running.values():
            process.terminate()
        for process in running.values():
            try:
                process.wait(STOP_WITHIN)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
    if ended is not None:
        code = running[ended].returncode
        raise Unavailable(Problem("cli.part_ended", {"part": ended, "code": code}))


def _settings(host: str | None, port: int | None, admin_port: int | None) -> Settings:
    settings = Settings.read()
    return replace(
        settings,
        host=host or settings.host,
        port=settings.port if port is None else port,
        admin_port=settings.admin_port if admin_port is None else admin_port,
    )


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def _demonstrate(settings: Settings, language: str) -> None:
    demonstration.make_key(settings)
    platform = Platform.open(settings)
    try:
        made = demonstration.fill(platform)
        demonstration_cases.make(platform)
    finally:
        platform.close()
    if made.key_file is not None:
        click.echo(say("cli.demonstration_key", language, path=made.key_file))
    click.echo(say("cli.demonstration_accounts", language, password=made.password))
    width = max((len(person.login) for person in made.people), default=0)
    for person in made.people:
        click.echo(f"  {person.login:<{width}}  {person.title}, {person.agency}")


def _prepare(settings: Settings) -> None:
    platform = Platform.open(settings)
    try:
        platform.prepare()
    finally:
        platform.close()
