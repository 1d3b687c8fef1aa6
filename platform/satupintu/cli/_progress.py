"""A bar on stderr, where somebody is looking, for what takes seconds."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click


@contextmanager
def progress() -> Iterator[Callable[[int, int], None]]:
    """Show how far a command is: it tells how much of how much is done, anew for each part."""
    with click.progressbar(length=1, file=sys.stderr) as bar:

        def told(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        yield told
