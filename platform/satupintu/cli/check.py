"""``satupintu check``: what is wrong with documents, before anyone relies on them."""

from __future__ import annotations

from pathlib import Path

import click

from satupintu.cli._language import language_option
from satupintu.config import Settings
from satupintu.words import DEFAULT, say


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@language_option
@click.pass_context
def command(context: click.Context, files: tuple[Path, ...], lang: str | None) -> None:
    """Check documents of any kind: forms, rule sets, agencies, laws, service, accounts.

    Prints each problem as FILE#POINTER:COLUMN: SENTENCE. Works on files alone: what a
    document names is looked up in the content folder that it lies in, among FILES, and in
    SATUPINTU_CONTENT. Ends with 0 where every document is fit for use, else with 2.

    \b
    Contoh / example:
      satupintu check schemas/forms/*.json rules/rujukan.json --lang en
    """
    language = lang or DEFAULT
    from satupintu.actions.checking import check

    checked = check(files, Settings.read().content)
    for one in checked:
        for problem in one.problems:
            sentence = problem.sentence(language)
            if problem.warning:
                sentence = say("commands.warning", language, sentence=sentence)
            click.echo(f"{problem.place()}: {sentence}")
        if one.fit:
            kind = say(f"commands.kind.{one.kind}", language)
            click.echo(say("commands.fit", language, file=one.path, kind=kind))
    context.exit(0 if all(one.fit for one in checked) else 2)
