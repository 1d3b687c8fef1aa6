"""``satupintu facts``: what past cases were like, without whose they are."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import click

from satupintu.cli._account import account_option, acting
from satupintu.cli._language import language_option
from satupintu.config import Settings
from satupintu.errors import Conflict, Problem
from satupintu.words import DEFAULT, say


@click.group()
def command() -> None:
    """Take the facts of past cases out of the store.

    \b
    Contoh / example:
      satupintu facts export facts.parquet --as HEAD
    """


@command.command("export")
@click.argument("file", type=click.Path(path_type=Path))
@account_option
@click.option("--days", default=365, show_default=True, help="How far back the cases go.")
@language_option
def export(file: Path, login: str, days: int, lang: str | None) -> None:
    """Write the facts of past cases to FILE as Parquet, one row a case, for `satupintu replay`.

    What a person typed is never among them, nor a date, nor an answer that says who somebody is;
    of when, only the week is told. Only the service head may; the audit trail says who did. FILE
    has to be new. Ends with 0, or with 2 where the account may not.

    \b
    Contoh / example:
      satupintu facts export facts.parquet --as HEAD --days 90
    """
    from datetime import timedelta

    from satupintu import clock
    from satupintu.actions import past_facts
    from satupintu.actions.platform import Platform
    from satupintu.rules.readings.replay import cases

    if file.exists():
        raise Conflict(Problem("replay.file_exists", file=str(file)))
    with closing(Platform.open(Settings.read())) as platform, acting(platform, login, lang) as who:
        found = past_facts.export(platform, who, clock.now() - timedelta(days=days))
    cases.write(file, found.form, found.types, found.cases)
    told = {"count": len(found.cases), "file": str(file), "left_out": found.left_out}
    click.echo(say("replay.exported", lang or DEFAULT, **told))
