"""A whole installation on SQLite with the shipped content, and its pages without a network."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from packs.installation import installation
from satupintu import clock
from satupintu.actions.platform import Platform
from satupintu.app import create_app
from satupintu.store import limits


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    """One installation for every test that only looks at pages."""
    platform = installation(tmp_path_factory.mktemp("installed"))
    yield platform
    platform.close()


@pytest.fixture
def new_installation(tmp_path: Path) -> Iterator[Callable[..., Platform]]:
    """Make an installation that a test may break; keyword arguments change its settings."""
    made: list[Platform] = []

    def make(**changes: Any) -> Platform:
        made.append(installation(tmp_path / f"var{len(made)}", **changes))
        return made[-1]

    yield make
    for platform in made:
        platform.close()


@pytest.fixture
def app(installed: Platform) -> Flask:
    """The pages for reporters, staff and agencies; nobody has tried anything yet."""
    with installed.store.writing() as tx:
        limits.forget_before(tx, clock.now() + timedelta(days=1))
    return create_app(installed)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without a network, without cookies yet."""
    return app.test_client()
