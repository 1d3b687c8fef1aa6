"""Installations with content and accounts: one to look at, others of a test's own."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from agency.referred import KECIL
from satupintu.actions import demonstration
from satupintu.actions.platform import Platform
from satupintu.config import Settings


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path | None], Path]:
    """Return the folder of an installation of a content pack, to be copied."""
    made: dict[Path | None, Path] = {}

    def of(content: Path | None) -> Path:
        if content not in made:
            var = tmp_path_factory.mktemp("filled")
            settings = _settings(var, content)
            demonstration.make_key(settings)
            platform = Platform.open(settings)
            demonstration.fill(platform)
            platform.close()
            made[content] = var
        return made[content]

    return of


@pytest.fixture
def installed_pack(
    filled: Callable[[Path | None], Path], tmp_path: Path
) -> Iterator[Callable[[Path | None], Platform]]:
    """Make an installation of this test's own."""
    made: list[Platform] = []

    def make(content: Path | None = None) -> Platform:
        var = tmp_path / f"var{len(made)}"
        shutil.copytree(filled(content), var)
        made.append(Platform.open(_settings(var, content)))
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


def _settings(var: Path, content: Path | None) -> Settings:
    settings = Settings.read({"SATUPINTU_VAR": str(var)})
    return settings if content is None else replace(settings, content=content)
