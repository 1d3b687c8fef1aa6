"""Installations with content and accounts: one to look at, others of a test's own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from packs.installation import KECIL, installation
from satupintu.actions import demonstration
from satupintu.actions.platform import Platform


@pytest.fixture
def installed_pack(tmp_path: Path) -> Iterator[Callable[[Path | None], Platform]]:
    """Make an installation of this test's own."""
    made: list[Platform] = []

    def make(content: Path | None = None) -> Platform:
        made.append(installation(tmp_path / f"var{len(made)}", content))
        return made[-1]

    yield make
    for platform in made:
        platform.close()


@pytest.fixture
def city(installed_pack: Callable[[Path | None], Platform]) -> Platform:
    """The shipped content, installed."""
    return installed_pack(None)


@pytest.fixture
def small(installed_pack: Callable[[Path | None], Platform]) -> Platform:
    """The small pack, installed."""
    return installed_pack(KECIL)


@pytest.fixture
def either(platform: Platform) -> Platform:
    """The small pack on the database of this run: the test runs once on each."""
    there = replace(platform, settings=replace(platform.settings, content=KECIL))
    demonstration.fill(there)
    return there
