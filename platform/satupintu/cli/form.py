"""``satupintu form``: what a form does with answers, before anyone fills it in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from satupintu.cli import _form_pdf, _given, _migrating
from satupintu.cli._language import language_option
from satupintu.config import Settings
from satupintu.words import DEFAULT, say

if TYPE_CHECKING:
    from satupintu.documents import Json
    from satupintu.forms.roundtrip import RoundTrip


@click.group()
def command() -> None:
    """Try a form without a server.

    \b
    Contoh / example:
      satupintu form roundtrip --form form.json --answers answers.json
      satupintu form pdf --form form.json --out blank.pdf
    """


command.add_command(_migrating.migrate)
command.add_command(_form_pdf.command)


@command.command("roundtrip")
@click.option("--form", required=True, type=click.Path(path_type=Path), help="The form.")
@click.option("--answers", required=True, help="A JSON object of answers: a file, or - for stdin.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@language_option
@click.pass_context
def roundtrip(
    context: click.Context, form: Path, answers: str, as_json: bool, lang: str | None
) -> None:
    """Fill in a form with answers, page by page without JavaScript, and compare what came back.

    The form may also be a plain JSON Schema of any draft, which is asked on one page as a whole;
    what of it could not be taken as it stands is told, with --json as "notes".
    Works on files alone; moments are shown in the zone of the service document beside the form.
    Only what stands on a page is posted. Computed answers are worked out, and files count as sent
    before. Ends with 0 where every control has a label and the answers came back with nothing left
    to do, with 1 where not, with 2 where the form or the answers cannot be used.

    \b
    Contoh / example:
      satupintu form roundtrip --form form.json --answers answers.json --lang en
      echo '{"FIELD": 9}' | satupintu form roundtrip --form form.json --answers - --json
    """
    language = lang or DEFAULT
    from satupintu.actions.folder import File, Folder, named
    from satupintu.forms import plain
    from satupintu.forms.roundtrip import round_trip

    file = File.read(form)
    zone = Folder.around(form, Settings.read().content).zone
    if file.kind is None and plain.is_plain(file.document):
        with named(file.path):
            done = plain.round_trip(
                file.document, _given.read(answers), language=language, zone=zone
            )
    else:
        read = Folder.form_in(file)
        with _given.named(answers):
            done = round_trip(read, _given.read(answers), language=language, zone=zone)
    if as_json:
        click.echo(json.dumps(_json(done, language), ensure_ascii=False, indent=2))
    else:
        for line in _lines(done, language):
            click.echo(line)
    context.exit(0 if done.sound else 1)


def _json(done: RoundTrip, language: str) -> Json:
    told = [{"pointer": p.pointer, "message": p.sentence(language)} for p in done.notes]
    return {
        "rendered": True,
        "labels": done.labels,
        "unlabelled": list(done.unlabelled),
        "answers": done.answers,
        "equal": done.equal,
        "problems": [
            {"pointer": p.pointer, "message": p.sentence(language)} for p in done.problems
        ],
        **({"notes": told} if told else {}),
    }


def _lines(done: RoundTrip, language: str) -> Iterator[str]:
    yield say("commands.labelled", language, count=done.labels)
    if done.unlabelled:
        yield say("commands.unlabelled", language, names=", ".join(done.unlabelled))
    yield say("commands.answers_returned" if done.equal else "commands.answers_changed", language)
    for note in done.notes:
        yield say("commands.of_the_schema", language, place=f"#{note.pointer}",
                  note=note.sentence(language))  # fmt: skip
    for problem in done.problems:
        yield f"{problem.pointer}: {problem.sentence(language)}"
