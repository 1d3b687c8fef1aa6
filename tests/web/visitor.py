"""Somebody at a browser without a network: sends forms with their page's token."""

from __future__ import annotations

import re

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from satupintu.people.demonstration import PASSWORD

OWN = "/mulai"
"""A page of the public process for anybody with an account."""


def token(client: FlaskClient, page: str = "/masuk") -> str:
    """Return the token against forged forms that a page of ours gives."""
    text = client.get(page, follow_redirects=True).text
    found = re.search(r'name="csrf_token" value="([^"]+)"', text)
    assert found is not None, text
    return found.group(1)


def post(client: FlaskClient, address: str, **fields: str) -> TestResponse:
    """Send a form."""
    return client.post(address, data={"csrf_token": token(client), **fields})


def log_in(
    client: FlaskClient, login: str, password: str = PASSWORD, **fields: str
) -> TestResponse:
    """Send the form of the log-in page."""
    return post(client, "/masuk", login=login, password=password, **fields)


def inside(client: FlaskClient, page: str = OWN) -> bool:
    """Tell whether the browser's session is open: a page of one's own is shown."""
    where = client.get(page).headers.get("Location", "")
    return not where.startswith(("/masuk", "/kunci"))


def session_cookie(client: FlaskClient) -> str:
    """Return the token that the browser holds, empty without one."""
    cookie = client.get_cookie("sesi")
    return cookie.value if cookie else ""
