"""The administrators' process on a whole installation, without a network."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from packs.installation import installation
from satupintu.actions.platform import Platform
from satupintu_admin.app import create_app
from web import visitor


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    """One installation with the shipped content for every test here."""
    platform = installation(tmp_path_factory.mktemp("administrators"))
    yield platform
    platform.close()


@pytest.fixture
def app(installed: Platform) -> Flask:
    """The administrators' pages."""
    return create_app(installed)


@pytest.fixture
def administrator(app: Flask) -> FlaskClient:
    """A browser in which an administrator is logged in."""
    client = app.test_client()
    visitor.log_in(client, "administrator")
    return client


@pytest.fixture
def auditor(app: Flask) -> FlaskClient:
    """A browser in which an auditor is logged in."""
    client = app.test_client()
    visitor.log_in(client, "auditor")
    return client
