"""``satupintu export jsonschema``: a form as a document that any validator takes."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from satupintu.cli import _written
from satupintu.cli._language import language_option
from satupintu.config import Settings
from satupintu.words import DEFAULT

if TYPE_CHECKING:
    from satupintu.documents import Json


@click.command("jsonschema")
@click.argument("form")
@click.option("--out", type=click.Path(path_type=Path), help="Where to write it; else stdout.")
@language_option
def command(form: str, out: Path | None, lang: str | None) -> None:
    """Write a form as a plain JSON Schema 2020-12, without our x- keywords.

    Titles and descriptions are in the language that --language says, where the form has them.

    FORM is a file, else the id of a form in force in the store. The document accepts the same
    answers, in any validator that checks formats. A plain JSON Schema of an older draft is raised.
    Ends with 0, with 2 where the form cannot be
    used.

    \b
    Contoh / example:
      satupintu export jsonschema schemas/forms/laporan-publik.json --language en --out plain.json
      satupintu export jsonschema asesmen-awal
    """
    from satupintu import documents
    from satupintu.forms.exporting.plain import plain

    document = _in_a_file(Path(form)) if Path(form).is_file() else _in_force(form)
    text = documents.readable(
        plain(document, lang or DEFAULT) if "x-form" in document else document
    )
    if out is None:
        click.echo(text.decode(), nl=False)
    else:
        _written.write(out, text)


def _in_a_file(path: Path) -> Json:
    from satupintu.actions.folder import File, Folder, named
    from satupintu.forms.importing.raising import raised
    from satupintu.forms.plain import is_plain

    file = File.read(path)
    if file.kind is None and is_plain(file.document):
        with named(path):
            return raised(file.document).schema
    return Folder.form_in(file).schema


def _in_force(form_id: str) -> Json:
    from satupintu import clock
    from satupintu.actions.platform import Platform

    with closing(Platform.open(Settings.read())) as platform:
        return platform.content.form(form_id, clock.now()).schema
