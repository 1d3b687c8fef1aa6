"""Installations for the tests of the intake, each made once and copied."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from packs.installation import installation
from satupintu.actions.platform import Platform


@pytest.fixture
def new_platform(tmp_path: Path) -> Iterator[Callable[[Path | None], Platform]]:
    """Make an installation of this test's own: the shipped content, or another pack's."""
    made: list[Platform] = []

    def make(content: Path | None = None) -> Platform:
        made.append(installation(tmp_path / f"var{len(made)}", content))
        return made[-1]

    yield make
    for platform in made:
        platform.close()


@pytest.fixture
def city(new_platform: Callable[[Path | None], Platform]) -> Platform:
    """The shipped content, installed."""
    return new_platform(None)


@pytest.fixture
def raw_bytes() -> Callable[[Platform], bytes]:
    """Read every byte of an installation's database, as somebody with the disk would."""

    def read(platform: Platform) -> bytes:
        folder = Path(platform.settings.var)
        return b"".join(p.read_bytes() for p in folder.glob("*.sqlite3*"))

    return read
