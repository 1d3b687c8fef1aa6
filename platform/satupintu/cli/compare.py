"""``satupintu compare``: what a new version of a rule set does to every possible case."""

from __future__ import annotations

import json
from pathlib import Path

import click

from satupintu.cli import prove as proving
from satupintu.cli._language import language_option
from satupintu.words import DEFAULT, say


@click.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option(
    "--form",
    "form_file",
    type=click.Path(path_type=Path),
    help="The form of both; found in the content folder where not given.",
)
@click.option("--seconds", default=proving.SECONDS, show_default=True, help="Time for the proof.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@language_option
@click.pass_context
def command(
    context: click.Context,
    old: Path,
    new: Path,
    form_file: Path | None,
    seconds: float,
    as_json: bool,
    lang: str | None,
) -> None:
    """Compare two rule sets over every case that their form accepts.

    Says in one of four words what the NEW one does: equivalent, more protective (nobody loses an
    agency or waits longer, somebody gains), less protective, mixed; overall and by agency, with a
    case for each direction and the difference in words. Works on files alone. Ends with 0, with 1
    where the time did not suffice, with 2 where a document cannot be used.

    \b
    Contoh / example:
      satupintu compare rules/rujukan.json draft.json --lang en
    """
    from satupintu.actions.folder import File
    from satupintu.rules.difference import sentences
    from satupintu.rules.readings.prove import compare
    from satupintu.rules.readings.prove.telling import Teller

    language = lang or DEFAULT
    before, form = proving.documents(old, form_file)
    after, new_form = proving.documents(new, form_file)
    found = compare(before, after, new_form, seconds=seconds)
    told = sentences(
        File.read(old).document,
        File.read(new).document,
        form,
        new_form,
        language,
        equivalent=found.verdict == "equivalent",
    )
    if as_json:
        click.echo(json.dumps(found.to_json(told), ensure_ascii=False, indent=2))
    else:
        click.echo(say(f"prove.compared_{found.verdict}", language))
        for line in (*told, *Teller(after, new_form, language).compared(found)):
            click.echo(line)
    context.exit(1 if found.verdict == "undetermined" else 0)
