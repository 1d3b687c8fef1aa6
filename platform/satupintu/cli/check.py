"""``satupintu check``: what is wrong with documents, before anyone relies on them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from satupintu.cli._language import language_option
from satupintu.config import Settings
from satupintu.words import DEFAULT, say

if TYPE_CHECKING:
    from satupintu.actions.checking import Checked
    from satupintu.documents import Json
    from satupintu.errors import Problem


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--strict", is_flag=True, help="End with 1 where there is a warning.")
@click.option("--notes", is_flag=True, help="Say also what is only worth knowing.")
@click.option(
    "--since",
    type=click.Path(exists=True, path_type=Path),
    help="Earlier documents, a file or content folder: say which translations were left behind.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@language_option
@click.pass_context
def command(
    context: click.Context,
    files: tuple[Path, ...],
    strict: bool,
    notes: bool,
    since: Path | None,
    as_json: bool,
    lang: str | None,
) -> None:
    """Check documents of any kind: forms, rule sets, agencies, laws, service, accounts.

    Prints each problem as FILE#POINTER:COLUMN: SENTENCE; docs/checks.md explains the codes
    that --json gives. Works on files alone: what a document names is looked up in the content
    folder that it lies in, among FILES, and in SATUPINTU_CONTENT. Ends with 0 where every
    document is fit for use, with 1 where only --strict refuses it, else with 2.

    \b
    Contoh / example:
      satupintu check schemas/forms/*.json rules/rujukan.json --lang en
      satupintu check rules/rujukan.json --strict --notes --json
      satupintu check schemas/forms/*.json --since ../versi-lama
    """
    language = lang or DEFAULT
    from satupintu.actions.checking import check

    checked = check(files, Settings.read().content, notes=notes, since=since)
    if as_json:
        found = [_json(problem, language) for one in checked for problem in one.problems]
        click.echo(json.dumps({"problems": found}, ensure_ascii=False, indent=2))
    else:
        for line in _lines(checked, language):
            click.echo(line)
    if not all(one.fit for one in checked):
        context.exit(2)
    context.exit(1 if strict and not all(one.clean for one in checked) else 0)


def _lines(checked: tuple[Checked, ...], language: str) -> Iterator[str]:
    for one in checked:
        for problem in one.problems:
            sentence = problem.sentence(language)
            if problem.level != "error":
                sentence = say(f"commands.{problem.level}", language, sentence=sentence)
            yield f"{problem.place()}: {sentence}"
        if one.fit:
            kind = say(f"commands.kind.{one.kind}", language)
            yield say("commands.fit", language, file=one.path, kind=kind)


def _json(problem: Problem, language: str) -> Json:
    return {
        "file": problem.file,
        "pointer": problem.pointer,
        "column": problem.column,
        "level": problem.level,
        "code": problem.key,
        "message": problem.sentence(language),
    }
