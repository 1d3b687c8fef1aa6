"""The small city: on SQLite, copied for each test, or on both databases."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from lifecycle.publishing import Publishing
from satupintu import clock
from satupintu.actions import demonstration, proving
from satupintu.actions.platform import Platform
from satupintu.config import Settings
from staff.desk_cases import answers_for, send


def _opened(var: Path) -> Platform:
    settings = Settings.read({"SATUPINTU_VAR": str(var / "var")})
    demonstration.make_key(settings)
    return Platform.open(settings)


@pytest.fixture(scope="session")
def prototype(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an installation of the small city, made once."""
    folder = tmp_path_factory.mktemp("publishing")
    platform = _opened(folder)
    platform.prepare()
    Publishing(platform, folder / "content")
    platform.close()
    return folder


@pytest.fixture
def city(prototype: Path, tmp_path: Path) -> Iterator[Publishing]:
    """An installation whose first documents came into force by the operator's import."""
    folder = tmp_path / "city"
    shutil.copytree(prototype, folder)
    platform = _opened(folder)
    yield Publishing(platform, folder / "content")
    platform.close()


@pytest.fixture
def told(city: Publishing) -> Publishing:
    """The small city with a case of each of three examples, decided and sent."""
    desk = city.desk()
    for example in city.platform.content.live(clock.now()).rule_set().examples[:3]:
        send(city.platform, answers_for(city.platform, example), desk)
    return city


@pytest.fixture
def either(platform: Platform, tmp_path: Path) -> Publishing:
    """The same on SQLite and on PostgreSQL."""
    return Publishing(platform, tmp_path / "content")


@pytest.fixture(autouse=True)
def proofs_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Prove in this process: loading the prover for each try takes longer than the proof."""
    monkeypatch.setattr(proving, "in_child", proving.here)
