"""``satupintu form pdf``: a form on paper, blank or filled in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from satupintu.cli import _given
from satupintu.cli._language import language_option
from satupintu.config import Settings
from satupintu.errors import BadAnswers, BadDocument, Problem
from satupintu.words import DEFAULT, pick, say

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from satupintu.documents import Json
    from satupintu.forms.document import Form
    from satupintu.forms.paper.sheet import Letterhead, Sheet

NOT_YET = frozenset({"forms.answer_missing", "forms.answer_ticked"})
"""What may be wrong with answers that are printed: a form half filled in is printed as it is."""


@click.command("pdf")
@click.option("--form", required=True, type=click.Path(path_type=Path), help="The form.")
@click.option("--answers", help="A JSON object of answers: a file, or - for stdin. Else a blank.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The PDF to write.")
@language_option
def command(form: Path, answers: str | None, out: Path, lang: str | None) -> None:
    """Write a form as a PDF: blank to fill in by hand, or filled in with answers.

    The PDF is tagged for screen readers (PDF/UA-1). The form may also be a plain JSON Schema
    2020-12. Works on files alone; the name of the service and its zone are those of the service
    document beside the form. Answers that are missing are printed as missing; any other problem
    is told, nothing is written, and the command ends with 2. An existing file is written over.

    \b
    Contoh / example:
      satupintu form pdf --form schemas/forms/laporan-publik.json --out blank.pdf
      satupintu form pdf --form form.json --answers answers.json --language en --out filled.pdf
    """
    language = lang or DEFAULT
    from satupintu.actions.folder import File, Folder, named
    from satupintu.forms import plain
    from satupintu.forms.paper.printing import pdf

    file = File.read(form)
    folder = Folder.around(form, Settings.read().content)
    is_plain = file.kind is None and plain.is_plain(file.document)
    with named(file.path):
        read = plain.as_form(file.document) if is_plain else Folder.form_in(file)
    letterhead = _letterhead(folder.service, language)
    if answers is None:
        from satupintu.forms.paper.asked import blank

        made = pdf(blank(read, letterhead, language))
    else:
        with _given.named(answers):
            given = _given.read(answers)
            whole = {plain.KEY: given} if is_plain else given
            made = pdf(_filled(read, whole, letterhead, language, folder.zone))
    try:
        out.write_bytes(made)
    except OSError as e:
        problem = Problem("documents.unwritable", {"reason": e.strerror or "?"}, file=str(out))
        raise BadDocument(problem) from e
    click.echo(out)


def _filled(
    form: Form, given: Json, letterhead: Letterhead, language: str, zone: ZoneInfo
) -> Sheet:
    from satupintu import clock
    from satupintu.forms.answers import problems
    from satupintu.forms.paper.told import filled
    from satupintu.forms.questions import date_time
    from satupintu.forms.reading_back import sections

    wrong = [p for p in problems(form, given) if p.key not in NOT_YET]
    if wrong:
        raise BadAnswers(*wrong)
    now = clock.now().astimezone(zone)
    told = sections(form, given, language=language, zone=zone, reveal=form.questions)
    printed = date_time.in_full(now, language)
    facts = ((say("paper.printed_at", language), printed),)
    return filled(form, told, letterhead, language, at=now, facts=facts)


def _letterhead(service: Json, language: str) -> Letterhead:
    """Return what the service document calls itself; nobody has checked it yet."""
    from satupintu.forms.paper.sheet import Letterhead

    found = service if isinstance(service, Mapping) else {}
    name, owner = (_text(found.get(key), language) for key in ("name", "owner"))
    return Letterhead(name or say("web.product", language), owner)


def _text(text: Json, language: str) -> str:
    return str(pick(text, language)) if isinstance(text, Mapping) and text else ""
