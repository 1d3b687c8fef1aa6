"""Who can log in: made, reset and closed here; nobody's password is ever shown."""

from __future__ import annotations

from typing import cast

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from satupintu.actions import accounts as actions
from satupintu.actions.accounts import ResetLink
from satupintu.errors import BadAnswers, Conflict, NotFound, Problem, SatuPintuError
from satupintu.people import one_time_links
from satupintu.people.account import Account
from satupintu.people.demonstration import Person
from satupintu.people.roles import ACCOUNT_ROLES, Role
from satupintu.web import failures, frame, home, pages
from satupintu.web.guard import guarded_by
from satupintu.web.section import NavItem, Section

accounts = Blueprint("accounts", __name__)
section = Section(
    accounts, (NavItem("accounts.listed", "admin.accounts", frozenset({"administrator"})),)
)

FIELDS = ("login", "title", "agency", "role")


@accounts.get("/daftar-akun")
@guarded_by("account.list", "account.second_factors")
def listed() -> str:
    """List every account, by agency."""
    found = actions.listed(frame.platform(), frame.who())
    secured = actions.with_second_factor(frame.platform(), frame.who())
    return render_template("accounts/listed.html", accounts=found, secured=secured)


@accounts.get("/daftar-akun/baru")
@guarded_by("account.list", "account.create")
def new() -> Response:
    """Ask for what a new account needs."""
    actions.listed(frame.platform(), frame.who())
    return _new_page(dict.fromkeys(FIELDS, ""), None)


@accounts.post("/daftar-akun/baru")
@guarded_by("account.create", "account.reset")
def create() -> Response:
    """Make the account and show the link by which its owner sets a password."""
    typed = {name: request.form.get(name, "").strip() for name in FIELDS}
    person = Person(typed["login"], cast(Role, typed["role"]), typed["agency"], typed["title"])
    try:
        actions.create(frame.platform(), frame.who(), person)
    except (BadAnswers, Conflict) as error:
        return _new_page(typed, error)
    return _link_page(actions.reset(frame.platform(), frame.who(), person.login))


@accounts.get("/daftar-akun/<login>")
@guarded_by("account.list", "account.second_factors")
def one(login: str) -> str:
    """Show one account, and what can be done with it."""
    found = actions.listed(frame.platform(), frame.who())
    account = next((one for one in found if one.login == login), None)
    if account is None:
        raise NotFound(Problem("accounts.no_login", {"login": login}))
    secured = account.id in actions.with_second_factor(frame.platform(), frame.who())
    return render_template("accounts/one.html", account=account, own=_own(account), secured=secured)


@accounts.post("/daftar-akun/<login>/tautan")
@guarded_by("account.reset")
def reset(login: str) -> Response:
    """End password and sessions, where asked the second factor, and show a new link, this once."""
    without = request.form.get("second_factor") == "1"
    link = actions.reset(frame.platform(), frame.who(), login, second_factor=without)
    return _link_page(link, without=without)


@accounts.post("/daftar-akun/<login>/tutup")
@guarded_by("account.disable")
def disable(login: str) -> Response:
    """Close an account for good."""
    actions.disable(frame.platform(), frame.who(), login)
    return make_response(redirect(url_for("accounts.one", login=login), 303))


def _own(account: Account) -> bool:
    return account.id == frame.who().account_id


def _new_page(typed: dict[str, str], error: SatuPintuError | None) -> Response:
    text = render_template(
        "accounts/new.html",
        typed=typed,
        errors=pages.by_field(error, "login") if error else {},
        agencies=frame.documents().agencies(),
        roles=ACCOUNT_ROLES,
    )
    return make_response(text, failures.status_of(error) if error else 200)


def _link_page(link: ResetLink, *, without: bool = False) -> Response:
    # The answer to the POST itself: a page to be led to would have to carry the token.
    address = home.pages_address() + one_time_links.path(link.token)
    text = render_template("accounts/link.html", link=link, address=address, without=without)
    return make_response(text)
