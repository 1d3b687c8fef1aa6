"""``satupintu accounts``: who can log in, for an administrator on the machine itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager

import click

from satupintu.actions import accounts
from satupintu.actions.accounts import ResetLink
from satupintu.actions.platform import Platform
from satupintu.cli._language import language_option
from satupintu.config import Settings
from satupintu.people import one_time_links
from satupintu.people.actor import SYSTEM
from satupintu.people.demonstration import Person
from satupintu.people.roles import ACCOUNT_ROLES, Role
from satupintu.words import DEFAULT, say


@click.group()
def command() -> None:
    """List, make, reset and close accounts. Nobody's password is ever set or shown here.

    \b
    Contoh / example:
      satupintu accounts list
    """


@command.command("list")
@language_option
def list_command(lang: str | None) -> None:
    """Print every account: log-in name, agency, role, title, state, second factor.

    \b
    Contoh / example:
      satupintu accounts list --lang en
    """
    with _platform() as platform:
        found = accounts.listed(platform, SYSTEM)
        secured = accounts.with_second_factor(platform, SYSTEM)
    language = lang or DEFAULT
    for account in found:
        if account.disabled_at is not None:
            state = "commands.account_closed"
        else:
            state = "commands.account_open" if account.may_log_in else "commands.account_waiting"
        role = say(f"people.role.{account.role}", language)
        parts = [account.login, account.agency, role, account.title, say(state, language)]
        if account.id in secured:
            parts.append(say("commands.second_factor_on", language))
        click.echo("\t".join(parts))


@command.command("create")
@click.argument("login")
@click.option("--role", required=True, type=click.Choice(ACCOUNT_ROLES))
@click.option("--agency", required=True, help="Code of the agency that the account belongs to.")
@click.option("--title", required=True, help="What pages show in place of a name.")
@language_option
def create_command(login: str, role: Role, agency: str, title: str, lang: str | None) -> None:
    """Make an account and print the one-time link by which the person sets a password.

    \b
    Contoh / example:
      satupintu accounts create petugas3 --role staff --agency CODE --title "Petugas penerima"
    """
    with _platform() as platform:
        accounts.create(platform, SYSTEM, Person(login, role, agency, title))
        link = accounts.reset(platform, SYSTEM, login)
    _print(link, lang or DEFAULT)


@command.command("reset-link")
@click.argument("login")
@click.option(
    "--second-factor", is_flag=True, help="Remove the second factor too: the phone is lost."
)
@language_option
def reset_link_command(login: str, second_factor: bool, lang: str | None) -> None:
    """End an account's password and sessions, and print a one-time link for a new password.

    \b
    Contoh / example:
      satupintu accounts reset-link petugas3
    """
    with _platform() as platform:
        link = accounts.reset(platform, SYSTEM, login, second_factor=second_factor)
    _print(link, lang or DEFAULT)


@command.command("disable")
@click.argument("login")
@language_option
def disable_command(login: str, lang: str | None) -> None:
    """Close an account for good and end its sessions.

    \b
    Contoh / example:
      satupintu accounts disable petugas3
    """
    with _platform() as platform:
        account = accounts.disable(platform, SYSTEM, login)
    click.echo(f"{account.login}\t{say('commands.account_closed', lang or DEFAULT)}")


@contextmanager
def _platform() -> Iterator[Platform]:
    with closing(Platform.open(Settings.read())) as platform:
        yield platform


def _print(link: ResetLink, language: str) -> None:
    click.echo(one_time_links.path(link.token))
    until = link.expires_at.isoformat(timespec="minutes")
    click.echo(say("commands.link_told", language, login=link.account.login, until=until), err=True)
