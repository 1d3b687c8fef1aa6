"""``satupintu import``: documents become immutable versions in the store."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import click

from satupintu.cli._language import language_option
from satupintu.cli._parts import CommandWithParts
from satupintu.config import Settings
from satupintu.words import DEFAULT, say


@click.command("import", cls=CommandWithParts)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--in-force", is_flag=True, help="Put new versions in force now; needs --reason.")
@click.option("--reason", help="Why, for the record.")
@language_option
def command(files: tuple[Path, ...], in_force: bool, reason: str | None, lang: str | None) -> None:
    """Import documents, or all of a content folder; all of them or none.

    Bytes are kept exactly as they are. The first version of a document comes into force, a later
    one waits unless --in-force is given. Prints each document with its version.

    \b
    Contoh / example:
      satupintu import rules/rujukan.json
      satupintu import content/ --in-force --reason "Keputusan rapat 3 November"
    """
    from satupintu.actions import importing
    from satupintu.actions.documents import import_documents
    from satupintu.actions.platform import Platform
    from satupintu.people.actor import SYSTEM

    if in_force and not reason:
        raise click.UsageError(say("commands.reason_missing", lang or DEFAULT))
    folders = [path for path in files if path.is_dir()]
    new = [
        *(one for folder in folders for one in importing.from_folder(folder)),
        *importing.from_files(path for path in files if path not in folders),
    ]
    with closing(Platform.open(Settings.read())) as platform:
        done = import_documents(platform, SYSTEM, new, in_force=in_force, reason=reason)
    for one in done:
        if one.in_force:
            state = "commands.now_in_force"
        else:
            state = "commands.new_version" if one.new else "commands.known_version"
        said = say(state, lang or DEFAULT)
        click.echo(f"{one.version[:12]}  {one.file}  {one.document_id}  {said}")
