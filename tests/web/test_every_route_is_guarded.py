from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

import satupintu.actions
import satupintu_admin.app
from satupintu.actions import accounts
from satupintu.actions.action import ACTIONS
from satupintu.actions.platform import Platform
from satupintu.app import create_app
from satupintu.people import permissions
from satupintu.people.actor import SYSTEM
from satupintu.people.permissions import MAY, READS_ANSWERS, may
from satupintu.people.roles import ACCOUNT_ROLES, Role
from satupintu.web.guard import declared
from satupintu.web.headers import ALWAYS
from web import visitor
from web.route_roles import ADMIN, EVERYBODY, PAGES, Roles

APPS: dict[str, tuple[Callable[[Platform], Flask], Mapping[str, Roles]]] = {
    "pages": (create_app, PAGES),
    "admin": (satupintu_admin.app.create_app, ADMIN),
}
UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}
ENDS_THE_SESSION = {"people.log_in", "people.log_out", "people.lock", "public.leave"}
NOWHERE = "00000000-0000-4000-8000-000000000000"


@pytest.fixture(scope="module", params=list(APPS))
def process(request: pytest.FixtureRequest) -> str:
    """The name of one of the two processes."""
    return str(request.param)


@pytest.fixture(scope="module")
def app(process: str, installed: Platform) -> Flask:
    return APPS[process][0](installed)


@pytest.fixture(scope="module")
def table(process: str) -> Mapping[str, Roles]:
    return APPS[process][1]


@pytest.fixture(scope="module")
def logins(installed: Platform) -> dict[Role, str]:
    """Return somebody's log-in name for each role."""
    return {a.role: a.login for a in reversed(accounts.listed(installed, SYSTEM))}


class Visitors:
    """A browser for each role, logged in again where the last request ended the session."""

    def __init__(self, app: Flask, logins: Mapping[Role, str]) -> None:
        self._app, self._logins = app, logins
        self._known: dict[Role, tuple[FlaskClient, str]] = {}

    def ask(self, role: Role, method: str, address: str, *, again: bool) -> TestResponse:
        client, token = self._known.get(role) or self._enter(role)
        if not again:
            self._known[role] = client, token
        else:
            self._known.pop(role, None)
        data = {"csrf_token": token} if method in UNSAFE else None
        return client.open(address, method=method, data=data)

    def _enter(self, role: Role) -> tuple[FlaskClient, str]:
        client = self._app.test_client()
        if role != "public":
            visitor.log_in(client, self._logins[role])
        return client, visitor.token(client, "/masuk" if role == "public" else "/akun")


@pytest.fixture(scope="module")
def visitors(app: Flask, logins: Mapping[Role, str]) -> Visitors:
    return Visitors(app, logins)


def address(app: Flask, rule: Rule) -> str:
    """Return an address that the rule answers, of things that don't exist."""
    values: dict[str, Any] = dict.fromkeys(rule.arguments, NOWHERE)
    values.update(dict.fromkeys(rule.arguments & {"kind", "login", "name", "address"}, "tidak-ada"))
    values.update(dict.fromkeys(rule.arguments & {"act"}, "akhiri"))
    return str(app.url_map.bind("localhost").build(rule.endpoint, values))


def asked(app: Flask) -> Iterator[tuple[Rule, str, str]]:
    """Yield every route with every method it answers."""
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield rule, method, address(app, rule)


def turned_away(answer: TestResponse) -> bool:
    """Tell whether the person was refused, or sent to log in."""
    where = answer.headers.get("Location", "")
    return answer.status_code == 403 or where.startswith("/masuk")


@pytest.fixture
def denials(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every action that was asked for by somebody whose role may not: what the table decided."""
    found: list[str] = []

    def watched(role: Role, action: str) -> bool:
        allowed = may(role, action)
        if not allowed:
            found.append(action)
        return allowed

    monkeypatch.setattr(permissions, "may", watched)
    return found


def test_every_route_has_a_line_and_every_line_a_route(
    app: Flask, table: Mapping[str, Roles]
) -> None:
    assert set(app.view_functions) == set(table), "tests/web/route_roles.py"


@pytest.mark.parametrize("role", ["public", *ACCOUNT_ROLES])
def test_a_role_comes_as_far_as_its_line_says(
    app: Flask,
    table: Mapping[str, Roles],
    visitors: Visitors,
    denials: list[str],
    role: Role,
) -> None:
    guards = declared(app)
    for rule, method, where in asked(app):
        said = f"{role}: {method} {where} ({rule.endpoint})"
        denials.clear()
        answer = visitors.ask(role, method, where, again=rule.endpoint in ENDS_THE_SESSION)
        assert answer.status_code < 500, f"{said}: {answer.status_code}"
        if role not in table[rule.endpoint]:
            assert turned_away(answer), f"{said}: {answer.status_code}"
        else:
            assert not denials, f"{said}: {denials}"
            to_the_door = answer.headers.get("Location", "").startswith("/masuk")
            leaves = rule.endpoint in ENDS_THE_SESSION or not guards[rule.endpoint]
            assert leaves or not to_the_door, said


def test_no_line_lets_a_role_further_than_the_actions_behind_it(
    app: Flask, table: Mapping[str, Roles]
) -> None:
    for endpoint, actions in declared(app).items():
        roles = table[endpoint]
        if not actions or roles == EVERYBODY:
            continue
        assert all(any(may(role, action) for action in actions) for role in roles), endpoint
        anybody = {role for role in ACCOUNT_ROLES if all(may(role, a) for a in actions)}
        assert anybody <= roles, endpoint


def test_who_keeps_the_house_reads_no_answer(app: Flask, table: Mapping[str, Roles]) -> None:
    for endpoint, actions in declared(app).items():
        if READS_ANSWERS & set(actions) and table[endpoint] != EVERYBODY:
            assert not table[endpoint] & {"administrator", "policy_owner", "auditor"}, endpoint


def test_every_unsafe_route_refuses_a_form_without_its_token(
    app: Flask, logins: Mapping[Role, str]
) -> None:
    somebody = app.test_client()
    visitor.log_in(somebody, logins["staff"])
    held = visitor.session_cookie(somebody)
    for client in (app.test_client(), somebody):
        for rule, method, where in asked(app):
            if method not in UNSAFE:
                continue
            for data, headers in (
                ({}, {}),
                ({"csrf_token": "tebakan"}, {}),
                ({"csrf_token": "tebakan"}, {"Sec-Fetch-Site": "cross-site"}),
            ):
                answer = client.open(where, method=method, data=data, headers=headers)
                assert answer.status_code == 400, f"{method} {where} ({rule.endpoint})"
                assert "terlalu lama terbuka" in answer.text
    assert visitor.session_cookie(somebody) == held
    assert visitor.inside(somebody, "/akun")


@pytest.mark.parametrize("role", ["public", "staff"])
def test_every_answer_has_the_strict_headers(app: Flask, visitors: Visitors, role: Role) -> None:
    for rule, method, where in asked(app):
        answer = visitors.ask(role, method, where, again=rule.endpoint in ENDS_THE_SESSION)
        for name, value in ALWAYS.items():
            assert answer.headers.get(name) == value, f"{method} {where}: {name}"
        assert answer.headers["Cache-Control"] == "no-store", f"{method} {where}"


def test_every_action_of_the_table_exists_and_every_action_has_a_row() -> None:
    for module in pkgutil.iter_modules(satupintu.actions.__path__):
        import_module(f"satupintu.actions.{module.name}")
    assert set(ACTIONS) == set(MAY)
