"""``satupintu import schema``: a JSON Schema written for others, as the draft of a form."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from satupintu.cli import _written
from satupintu.cli._language import language_option
from satupintu.words import DEFAULT, languages, say

if TYPE_CHECKING:
    from satupintu.documents import Json
    from satupintu.errors import Problem

DRAFTS = ("04", "06", "07", "2019-09", "2020-12")


@click.command("schema")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--ui", type=click.Path(path_type=Path), help="Its uiSchema or JSON Forms UI schema.")
@click.option("--id", "form_id", help="The form's id; else made of the file's name.")
@click.option("--purpose", default="assessment", show_default=True, help="What the form is for.")
@click.option("--draft", type=click.Choice(DRAFTS), help="Its draft; else as its $schema says.")
@click.option("--texts", type=click.Choice(languages()), help="The language its texts are in.")
@click.option("--out", type=click.Path(path_type=Path), help="Where to write it; else stdout.")
@click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON object: form, notes, problems."
)
@language_option
@click.pass_context
def command(
    context: click.Context,
    file: Path,
    ui: Path | None,
    form_id: str | None,
    purpose: str,
    draft: str | None,
    texts: str | None,
    out: Path | None,
    as_json: bool,
    lang: str | None,
) -> None:
    """Make the draft of a form from a JSON Schema of draft-04, 06, 07, 2019-09 or 2020-12.

    A uiSchema of react-jsonschema-form or a UI schema of JSON Forms beside it becomes x- keywords,
    pages and conditions. What could not be carried is told on stderr as FILE#POINTER: SENTENCE.
    Nothing is kept in the store: go on with the draft, check it, import it. Ends with 0, with 1
    where `check` would refuse the draft still, with 2 where the file cannot be used.

    \b
    Contoh / example:
      satupintu import schema produk.json --ui ui.json --out schemas/forms/produk.json
      satupintu import schema produk.json --texts en --json --lang en
    """
    language = lang or DEFAULT
    from satupintu import documents
    from satupintu.actions.folder import File, named
    from satupintu.forms.importing.form import PURPOSES, Wanted, from_schema, id_of

    if purpose not in PURPOSES:
        raise click.BadParameter(f"{', '.join(PURPOSES)}", param_hint="--purpose")
    schema = File.read(file)
    look = None if ui is None else File.read(ui)
    wanted = Wanted(
        id=id_of(form_id or file.stem),
        purpose=purpose,
        draft=draft,
        language=texts,
        file=str(file),
        ui_file=None if ui is None else str(ui),
    )
    with named(file):
        made = from_schema(schema.document, None if look is None else look.document, wanted)
    text = documents.readable(made.form)
    if out is not None:
        _written.write(out, text)
    if as_json:
        told = {
            "form": made.form,
            "notes": [_json(note, language) for note in made.notes],
            "problems": [_json(problem, language) for problem in made.problems],
        }
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        if out is None:
            click.echo(text.decode(), nl=False)
        for note in (*made.notes, *made.problems):
            click.echo(f"{note.place()}: {note.sentence(language)}", err=True)
        said = say("commands.raised", language, count=len(made.notes), questions=_asked(made.form))
        click.echo(said, err=True)
    context.exit(1 if made.problems else 0)


def _asked(form: Json) -> int:
    return sum(len(page["questions"]) for page in form["x-pages"])


def _json(problem: Problem, language: str) -> Json:
    return {
        "file": problem.file,
        "pointer": problem.pointer,
        "code": problem.key,
        "message": problem.sentence(language),
    }
