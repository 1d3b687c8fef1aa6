"""Installations for the tests of the desk, one for each content pack, copied for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from packs.installation import KECIL, installation
from satupintu.actions.platform import Platform

PACKS: dict[str, Path | None] = {"city": None, "kecil": KECIL}


@pytest.fixture
def city(tmp_path: Path) -> Iterator[Platform]:
    """The shipped content, installed."""
    platform = installation(tmp_path / "var")
    yield platform
    platform.close()


@pytest.fixture(params=PACKS)
def either(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Platform]:
    """Each content pack in turn, installed."""
    platform = installation(tmp_path / "var", PACKS[str(request.param)])
    yield platform
    platform.close()
