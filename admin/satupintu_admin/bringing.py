"""Schemas and workbooks that were written for others, brought in as the draft of a form."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Response, make_response, render_template, request

from satupintu import documents
from satupintu.actions import document_drafts as actions
from satupintu.documents import Json
from satupintu.errors import BadDocument, Problem, SatuPintuError
from satupintu.forms.importing.form import PURPOSES, Wanted, from_schema, id_of
from satupintu.forms.xlsform import importing as xlsform
from satupintu.web import failures, frame
from satupintu.web.guard import guarded_by
from satupintu.web.section import Section
from satupintu.words import languages, name_of

bringing = Blueprint("bringing", __name__)
section = Section(bringing)

ZIPPED = b"PK\x03\x04"
SPREADSHEETS = frozenset({".xlsx", ".xlsm", ".xls", ".ods", ".csv"})
"""Whoever sends one of these is told what a workbook must be, rather than what JSON is."""


@bringing.get("/draf/dari-lain")
@guarded_by("documents.drafts")
def new() -> Response:
    """Ask for a schema, and for what its pages were to look like."""
    actions.listed(frame.platform(), frame.who())
    return _page(None)


@bringing.post("/draf/dari-lain")
@guarded_by("documents.drafts", "documents.begin")
def bring() -> str | Response:
    """Begin a draft with the form that is made of a schema, and tell what could not be carried."""
    actions.listed(frame.platform(), frame.who())  # whoever may not begin one is told that first
    try:
        name, data = _bytes("schema")
        if _is_workbook(name, data):
            form, notes = _workbook(name, data)
            problems: tuple[Problem, ...] = ()
        else:
            made = from_schema(_document("schema", data), _document("ui"), _wanted(name))
            form, notes, problems = made.form, made.notes, made.problems
        text = documents.readable(form)
        draft = actions.start(frame.platform(), frame.who(), f"{form['x-form']['id']}.json", text)
    except BadDocument as error:
        return _page(error)
    return render_template(
        "drafting/brought.html", draft=draft, notes_told=notes, problems=problems
    )


def _is_workbook(name: str, data: bytes) -> bool:
    return data.startswith(ZIPPED) or Path(name).suffix.lower() in SPREADSHEETS


def _workbook(name: str, data: bytes) -> tuple[Json, tuple[Problem, ...]]:
    """Return a workbook as a form, and what was not carried. Raises BadDocument."""
    typed = request.form.get("id", "").strip()
    chosen = request.form.get("purpose", "")
    purpose = chosen if chosen in PURPOSES else PURPOSES[0]
    try:
        done = xlsform.read(data, form_id=id_of(typed) if typed else None, purpose=purpose)
    except BadDocument as error:
        raise BadDocument(*(p.within(name) for p in error.problems)) from error
    return done.document, tuple(p.within("workbook") for p in done.remarks)


def _wanted(name: str) -> Wanted:
    purpose, texts = request.form.get("purpose", ""), request.form.get("texts", "")
    return Wanted(
        id=id_of(request.form.get("id", "").strip() or Path(name).stem),
        purpose=purpose if purpose in PURPOSES else PURPOSES[0],
        language=texts if texts in languages() else None,
        file="schema",
        ui_file="ui",
    )


def _bytes(part: str) -> tuple[str, bytes]:
    """Return the name and the bytes that were sent for a part; a file goes before the text."""
    file = request.files.get(f"{part}_file")
    name = (file.filename or "") if file is not None else ""
    data = file.read() if file is not None and name else request.form.get(part, "").encode()
    return name, data


def _document(part: str, data: bytes | None = None) -> Json:
    """Return the value of a document that was sent; None where none was, which only the look may
    be. Raises BadDocument with its part.
    """
    data = _bytes(part)[1] if data is None else data
    if not data.strip():
        if part != "ui":
            raise BadDocument(Problem("versions.bring_schema_missing"))
        return None
    try:
        return documents.parse(data)
    except BadDocument as error:
        raise BadDocument(*(problem.within(part) for problem in error.problems)) from error


def _page(error: SatuPintuError | None) -> Response:
    text = render_template(
        "drafting/bring.html",
        problems=[p if p.file else p.within("schema") for p in error.problems] if error else (),
        purposes=PURPOSES,
        languages=[(one, name_of(one)) for one in languages()],
        typed=request.form,
    )
    return make_response(text, failures.status_of(error) if error else 200)
