"""Installations for the tests of the desk, one for each content pack, copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from intake.desk import KECIL, installation
from satupintu.actions.platform import Platform
from satupintu.config import Settings

PACKS = {"city": None, "kecil": KECIL}


@pytest.fixture(scope="session")
def prototype(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Return the folder of a filled installation of a pack, made once."""
    made: dict[str, Path] = {}

    def of(pack: str) -> Path:
        if pack not in made:
            var = tmp_path_factory.mktemp(pack)
            content = PACKS[pack]
            installation(var, **({} if content is None else {"content": content})).close()
            made[pack] = var
        return made[pack]

    return of


def _copied(prototype: Path, pack: str, var: Path) -> Platform:
    shutil.copytree(prototype, var)
    settings = Settings.read({"SATUPINTU_VAR": str(var)})
    content = PACKS[pack]
    return Platform.open(settings if content is None else replace(settings, content=content))


@pytest.fixture
def city(prototype: Callable[[str], Path], tmp_path: Path) -> Iterator[Platform]:
    """The shipped content, installed."""
    platform = _copied(prototype("city"), "city", tmp_path / "var")
    yield platform
    platform.close()


@pytest.fixture(params=PACKS)
def either(
    request: pytest.FixtureRequest, prototype: Callable[[str], Path], tmp_path: Path
) -> Iterator[Platform]:
    """Each content pack in turn, installed."""
    pack = str(request.param)
    platform = _copied(prototype(pack), pack, tmp_path / "var")
    yield platform
    platform.close()
