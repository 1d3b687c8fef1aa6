"""``satupintu seed``: a new installation gets its content, a demonstration also its people."""

from __future__ import annotations

from contextlib import closing

import click

from satupintu.cli._language import language_option
from satupintu.config import Settings
from satupintu.words import DEFAULT, say


@click.command()
@click.option("--demonstration", "demonstrate", is_flag=True, help="Key, accounts and cases too.")
@language_option
def command(demonstrate: bool, lang: str | None) -> None:
    """Prepare the database and import the content folder; its first versions come into force.

    With --demonstration also a master key where there is none, the accounts of seed/people.json
    with one password that is printed, and a few made-up cases that say so. Doing it again adds
    only what is missing. Never use --demonstration where real stories are kept.

    \b
    Contoh / example:
      SATUPINTU_CONTENT=/srv/satupintu/content satupintu seed
    """
    from satupintu.actions import demonstration, demonstration_cases, importing
    from satupintu.actions.documents import import_documents
    from satupintu.actions.platform import Platform
    from satupintu.people.actor import SYSTEM

    settings, language = Settings.read(), lang or DEFAULT
    if demonstrate:
        demonstration.make_key(settings)
    with closing(Platform.open(settings)) as platform:
        if demonstrate:
            made = demonstration.fill(platform)
            count = demonstration_cases.make(platform)
            click.echo(say("commands.cases_made", language, count=count))
            click.echo(say("commands.accounts_made", language, count=len(made.people)))
            click.echo(say("cli.demonstration_accounts", language, password=made.password))
            if made.key_file is not None:
                click.echo(say("cli.demonstration_key", language, path=made.key_file))
            return
        platform.prepare()
        done = import_documents(platform, SYSTEM, importing.from_folder(settings.content))
    for one in done:
        click.echo(f"{one.version[:12]}  {one.file}")
