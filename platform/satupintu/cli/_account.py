"""Who acts on the command line: an account that proves itself as it would on a page.

The only place where a command becomes somebody; whatever else a log-in asks for is asked here.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import click

from satupintu import config
from satupintu.actions import second_step, sessions
from satupintu.actions.platform import Platform
from satupintu.actions.sessions import Visit
from satupintu.errors import NotAllowed, Problem
from satupintu.people.actor import Actor
from satupintu.words import DEFAULT, say

F = TypeVar("F", bound=Callable[..., Any])

ADDRESS = "command line"
"""What tries are counted by in place of a network address."""


def account_option(command: F) -> F:
    """Add ``--as``; the command gets ``login``."""
    return click.option(
        "--as",
        "login",
        required=True,
        help="Log-in name of who does this; asks for the password, and for a code.",
    )(command)


@contextmanager
def acting(platform: Platform, login: str, lang: str | None) -> Iterator[Actor]:
    """Be an account for the length of one command, with its own password and second factor.

    Raises BadAnswers, TooOften, NotAllowed where the account must switch a second factor on first.
    """
    visit = _logged_in(platform, login, lang or DEFAULT)
    try:
        if visit.must_enrol:
            raise NotAllowed(Problem("second_factor.enrol_first"))
        yield visit.actor
    finally:
        sessions.log_out(platform, visit.actor, visit.token)


def _logged_in(platform: Platform, login: str, lang: str) -> Visit:
    """Log in as the page does, and be counted as there."""
    password = _secret(config.PASSWORD, say("commands.password", lang, login=login), hidden=True)
    begun = sessions.log_in(platform, login=login, password=password, address=ADDRESS)
    if isinstance(begun, Visit):
        return begun
    code = _secret(config.CODE, say("commands.code", lang, login=login), hidden=False)
    return second_step.take(platform, begun.token, code=code, address=ADDRESS)


def _secret(variable: str, asked: str, *, hidden: bool) -> str:
    """Return what a script put into the environment, else what a person answers."""
    given = os.environ.get(variable)
    return given or str(click.prompt(asked, hide_input=hidden, err=True))
