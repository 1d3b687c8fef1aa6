"""Installations for the tests of the intake, each made once and copied."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from intake.desk import installation
from satupintu.actions.platform import Platform
from satupintu.config import Settings


@pytest.fixture(scope="session")
def prototypes(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path | None], Path]:
    """Return the folder of a filled installation of a content pack, to be copied."""
    made: dict[Path | None, Path] = {}

    def of(content: Path | None) -> Path:
        if content not in made:
            var = tmp_path_factory.mktemp("prototype")
            installation(var, **({} if content is None else {"content": content})).close()
            made[content] = var
        return made[content]

    return of


@pytest.fixture
def new_platform(
    prototypes: Callable[[Path | None], Path], tmp_path: Path
) -> Iterator[Callable[[Path | None], Platform]]:
    """Make an installation of this test's own: the shipped content, or another pack's."""
    made: list[Platform] = []

    def make(content: Path | None = None) -> Platform:
        var = tmp_path / f"var{len(made)}"
        shutil.copytree(prototypes(content), var)
        settings = Settings.read({"SATUPINTU_VAR": str(var)})
        if content is not None:
            settings = replace(settings, content=content)
        made.append(Platform.open(settings))
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
