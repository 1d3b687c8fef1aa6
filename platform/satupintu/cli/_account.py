"""Who acts on the command line: an account that proves itself as it would on a page.

The only place where a command becomes somebody; whatever else a log-in asks for is asked here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import click

from satupintu.actions import sessions
from satupintu.actions.platform import Platform
from satupintu.people.actor import Actor
from satupintu.words import DEFAULT, say

F = TypeVar("F", bound=Callable[..., Any])

ADDRESS = "command line"
"""What tries are counted by in place of a network address."""


def account_option(command: F) -> F:
    """Add ``--as``; the command gets ``login``."""
    return click.option(
        "--as", "login", required=True, help="Log-in name of who does this; asks for the password."
    )(command)


@contextmanager
def acting(platform: Platform, login: str, lang: str | None) -> Iterator[Actor]:
    """Be an account for the length of one command, with its own password.

    Raises BadAnswers, TooOften.
    """
    asked = say("commands.password", lang or DEFAULT, login=login)
    password = click.prompt(asked, hide_input=True, err=True)
    visit = sessions.log_in(platform, login=login, password=password, address=ADDRESS)
    try:
        yield visit.actor
    finally:
        sessions.log_out(platform, visit.actor, visit.token)
