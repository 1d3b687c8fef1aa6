"""Three cities to journey through: the shipped one, a small unrelated one, the shipped renamed."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from journeys.city import City, opened
from packs import renamed
from satupintu.cli import _logs

ROOT = Path(__file__).parents[2]
_logs.configure(sys.stderr)
"""As in production: no trace that writes out every local variable, which takes half a minute."""

CITIES = ("shipped", "small", "renamed")


@pytest.fixture(scope="session", params=CITIES)
def city(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[City]:
    """One installation of a city; each journey makes cases of its own in it."""
    match request.param:
        case "shipped":
            content = ROOT
        case "small":
            content = ROOT / "tests" / "packs" / "kecil"
        case _:
            content = tmp_path_factory.mktemp("renamed")
            renamed.write(ROOT, content)
    city = opened(tmp_path_factory.mktemp("city"), content)
    if request.param == "renamed" and os.environ.get("SATUPINTU_ASSURE") != "1":
        city.every = 3  # the same stories under other names
    yield city
    city.platform.close()
