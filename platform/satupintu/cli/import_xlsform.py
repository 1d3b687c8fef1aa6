"""``satupintu import xlsform``: a workbook as a form, with what could not be carried."""

from __future__ import annotations

import json
from pathlib import Path

import click

from satupintu import documents
from satupintu.cli import _written, tell
from satupintu.cli._language import language_option
from satupintu.documents import Json
from satupintu.errors import BadDocument, Problem
from satupintu.words import DEFAULT


@click.command("xlsform")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--id", "form_id", help="Id of the form; else the workbook's form_id.")
@click.option("--out", type=click.Path(path_type=Path), help="File for the form; else stdout.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object: form and remarks.")
@language_option
def command(
    file: Path, form_id: str | None, out: Path | None, as_json: bool, lang: str | None
) -> None:
    """Turn an XLSForm workbook into a form document.

    Nothing is put into the database: look at the form, then import it. Whatever could not be
    carried is told on stderr as FILE#SHEET!CELL: SENTENCE. A workbook that is wrong ends with 2.

    \b
    Contoh / example:
      satupintu import xlsform survei.xlsx --id survei --out survei.json
    """
    from satupintu.forms.xlsform import importing

    data = documents.read(file)
    try:
        done = importing.read(data, form_id=form_id)
    except BadDocument as e:
        raise BadDocument(*(p.within(str(file)) for p in e.problems)) from e
    remarks = tuple(p.within(str(file)) for p in done.remarks)
    text = json.dumps(done.document, ensure_ascii=False, indent=2) + "\n"
    if out is not None:
        _written.write(out, text.encode())
    if as_json:
        told = [_json(p, lang or DEFAULT) for p in remarks]
        both = {"form": done.document, "remarks": told}
        click.echo(json.dumps(both, ensure_ascii=False, indent=2))
        return
    tell(remarks, lang)
    click.echo(str(out) if out is not None else text, nl=out is not None)


def _json(problem: Problem, language: str) -> Json:
    from satupintu.forms.xlsform import workbook

    sheet, row, column = workbook.split(problem.pointer)
    return {
        "sheet": sheet,
        "row": row,
        "column": column,
        "code": problem.key,
        "message": problem.sentence(language),
    }
