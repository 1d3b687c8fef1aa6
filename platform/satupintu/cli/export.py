"""``satupintu export``: the documents in force, byte for byte as they were imported."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import click

from satupintu.cli._language import language_option
from satupintu.cli._parts import CommandWithParts
from satupintu.config import Settings
from satupintu.errors import Conflict, Problem
from satupintu.words import DEFAULT, say


@click.command("export", cls=CommandWithParts)
@click.option("--to", type=click.Path(path_type=Path), help="Folder; else SATUPINTU_CONTENT.")
@click.option("--overwrite", is_flag=True, help="Replace files that say something else.")
@language_option
def command(to: Path | None, overwrite: bool, lang: str | None) -> None:
    """Write the documents in force to a content folder.

    A file that is there already and differs is left alone, and nothing is written, unless
    --overwrite is given. Prints each file.

    \b
    Contoh / example:
      satupintu export --to backup/
    """
    from satupintu.actions import documents
    from satupintu.actions.platform import Platform
    from satupintu.people.actor import SYSTEM

    settings = Settings.read()
    folder = to or settings.content
    with closing(Platform.open(settings)) as platform:
        exported = documents.export(platform, SYSTEM)
    differing = [
        folder / one.file
        for one in exported
        if (folder / one.file).is_file() and (folder / one.file).read_bytes() != one.data
    ]
    if differing and not overwrite:
        raise Conflict(*(Problem("commands.file_differs", file=str(path)) for path in differing))
    documents.write(folder, exported)
    for one in exported:
        click.echo(folder / one.file)
    said = say("commands.exported", lang or DEFAULT, count=len(exported), folder=folder)
    click.echo(said, err=True)
