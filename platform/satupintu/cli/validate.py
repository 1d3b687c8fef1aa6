"""``satupintu validate``: what a form, or any JSON Schema, refuses in answers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from satupintu.cli import _given
from satupintu.cli._language import language_option
from satupintu.words import DEFAULT, say

if TYPE_CHECKING:
    from satupintu.documents import Json
    from satupintu.errors import Problem


@click.command()
@click.option("--form", type=click.Path(path_type=Path), help="A form document of this platform.")
@click.option("--schema", type=click.Path(path_type=Path), help="Any JSON Schema 2020-12.")
@click.option("--answers", required=True, help="Any JSON value: a file, or - for stdin.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@language_option
@click.pass_context
def command(
    context: click.Context,
    form: Path | None,
    schema: Path | None,
    answers: str,
    as_json: bool,
    lang: str | None,
) -> None:
    """Say what is wrong with answers, by a form or by any JSON Schema.

    Prints each problem as FILE#POINTER: SENTENCE. Works on files alone and never goes to the
    network. With --form the sentences are those that a person is shown on the form's pages, and
    the form is checked first; it may also be a plain JSON Schema of any draft. Ends with 0 where
    the answers are valid, with 1 where they are not, with 2 where the form, the schema or the file
    of answers cannot be used.

    \b
    Contoh / example:
      satupintu validate --form schemas/forms/laporan-publik.json --answers answers.json
      echo '[1, 2]' | satupintu validate --schema any.json --answers - --json --lang en
    """
    language = lang or DEFAULT
    match form, schema:
        case Path(), None:
            problems = _by_form(form, answers)
        case None, Path():
            problems = _by_schema(schema, answers)
        case _:
            raise click.UsageError("Give one of --form and --schema.")
    name = _given.name_of(answers)
    if as_json:
        found = [{"pointer": p.pointer, "message": p.sentence(language)} for p in problems]
        told = {"valid": not found, "problems": found}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        for problem in problems:
            click.echo(f"{problem.within(name).place()}: {problem.sentence(language)}")
        if not problems:
            click.echo(say("commands.answers_valid", language, file=name))
    context.exit(1 if problems else 0)


def _by_form(path: Path, answers: str) -> tuple[Problem, ...]:
    from satupintu.actions.folder import File, named
    from satupintu.forms import plain
    from satupintu.forms.answers import problems
    from satupintu.forms.reading import read

    file = File.read(path)
    if file.kind is None and plain.is_plain(file.document):
        with named(path):
            return plain.refused(file.document, _given.read(answers))
    with named(path):
        form = read(file.document)
    return problems(form, _given.read(answers))


def _by_schema(path: Path, answers: str) -> tuple[Problem, ...]:
    from satupintu.actions.folder import File, named
    from satupintu.forms.any_schema.reading import read

    file = File.read(path)
    with named(path):
        schema = read(file.document)
    value: Json = _given.read(answers)
    with named(path):
        return schema.problems(value)
