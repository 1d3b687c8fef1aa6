"""``satupintu migrate``: the database as this version of the product needs it."""

from __future__ import annotations

from contextlib import closing

import click

from satupintu.cli._language import language_option
from satupintu.config import Settings
from satupintu.words import DEFAULT, say


@click.command()
@language_option
def command(lang: str | None) -> None:
    """Bring the database up to date, without serving anything.

    ``serve`` and ``seed`` do this by themselves; on its own it is for an upgrade in steps.

    \b
    Contoh / example:
      DATABASE_URL=postgresql://satupintu@localhost/satupintu satupintu migrate
    """
    from satupintu.actions.platform import Platform

    with closing(Platform.open(Settings.read())) as platform:
        platform.prepare()
    click.echo(say("commands.migrated", lang or DEFAULT))
