"""``satupintu export xlsform``: a form as a workbook, with what could not be carried."""

from __future__ import annotations

from pathlib import Path

import click

from satupintu.cli import _written, tell
from satupintu.cli._language import language_option
from satupintu.errors import Conflict, Problem


@click.command("xlsform")
@click.argument("form", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), help="The workbook; else ID.xlsx here.")
@language_option
def command(form: Path, out: Path | None, lang: str | None) -> None:
    """Write a form as an XLSForm workbook for ODK, Kobo and their kin.

    Whatever no workbook can say is told on stderr as FILE#POINTER: SENTENCE. Without --out a file
    that is there already is left alone. Prints the name of the workbook.

    \b
    Contoh / example:
      satupintu export xlsform schemas/forms/laporan-publik.json --out laporan.xlsx
    """
    from satupintu.actions.folder import File, Folder
    from satupintu.forms.xlsform import writing

    file = File.read(form)
    read = Folder.form_in(file)
    done = writing.write(read)
    target = out if out is not None else Path(f"{read.id}.xlsx")
    if out is None and target.exists():
        raise Conflict(Problem("xlsform.file_there", file=str(target)))
    _written.write(target, done.data)
    tell(tuple(p.within(str(form)) for p in done.remarks), lang)
    click.echo(str(target))
