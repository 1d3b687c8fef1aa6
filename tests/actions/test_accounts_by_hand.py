"""Accounts are made, reset and closed by an administrator or on the machine itself."""

from __future__ import annotations

from datetime import timedelta

import pytest

from satupintu import clock, config
from satupintu.actions import accounts, importing
from satupintu.actions.documents import import_documents
from satupintu.errors import BadAnswers, Conflict, NotAllowed, NotFound
from satupintu.people.actor import SYSTEM, Actor
from satupintu.people.demonstration import Person
from satupintu.store import people, sessions

STAFF = Person("petugas.contoh", "staff", "UPTD_PPA", "Petugas contoh")


@pytest.fixture
def city(platform):
    """A platform with the shipped content in force."""
    import_documents(platform, SYSTEM, importing.from_folder(config.content_folder()))
    return platform


def test_a_reset_ends_the_password_and_every_session_and_gives_one_link(city):
    made = accounts.create(city, SYSTEM, STAFF, "stored hash")
    with city.store.writing() as tx:
        sessions.start(tx, "token of a browser", made.id, clock.now())
    first = accounts.reset(city, SYSTEM, "PETUGAS.contoh")
    second = accounts.reset(city, SYSTEM, STAFF.login)
    now = clock.now()
    with city.store.reading() as tx:
        assert people.get(tx, made.id).password_hash is None
        assert sessions.by_token(tx, "token of a browser").ended_at is not None
        assert people.linked(tx, first.token, now) is None
        assert people.linked(tx, second.token, now).id == made.id
        assert people.linked(tx, second.token, now + timedelta(hours=25)) is None


def test_a_closed_account_stays_closed(city):
    made = accounts.create(city, SYSTEM, STAFF, "stored hash")
    closed = accounts.disable(city, SYSTEM, STAFF.login)
    again = accounts.disable(city, SYSTEM, STAFF.login)
    assert closed.id == made.id
    assert not closed.may_log_in
    assert again.disabled_at == closed.disabled_at
    with pytest.raises(Conflict):
        accounts.reset(city, SYSTEM, STAFF.login)
    with pytest.raises(Conflict):
        accounts.create(city, SYSTEM, STAFF)


def test_an_unknown_login_is_not_found(city):
    for act in (accounts.disable, accounts.reset):
        with pytest.raises(NotFound):
            act(city, SYSTEM, "tiada")


def test_a_role_of_the_lead_agency_is_refused_elsewhere(city):
    with pytest.raises(BadAnswers):
        accounts.create(city, SYSTEM, Person("x", "staff", "RSUD", "x"))
    with pytest.raises(BadAnswers):
        accounts.create(city, SYSTEM, Person("x", "agency_officer", "TIADA", "x"))


def test_staff_may_do_none_of_it(city):
    staff = Actor("a", "staff", "UPTD_PPA", "petugas")
    for act in (
        lambda: accounts.create(city, staff, STAFF),
        lambda: accounts.disable(city, staff, "x"),
        lambda: accounts.reset(city, staff, "x"),
        lambda: accounts.listed(city, staff),
    ):
        with pytest.raises(NotAllowed):
            act()
