"""Schemas that were written for others, brought in as the draft of a form."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Response, make_response, render_template, request

from satupintu import documents
from satupintu.actions import document_drafts as actions
from satupintu.documents import Json
from satupintu.errors import BadDocument, Problem, SatuPintuError
from satupintu.forms.importing.form import PURPOSES, Wanted, from_schema, id_of
from satupintu.web import failures, frame
from satupintu.web.guard import guarded_by
from satupintu.web.section import Section
from satupintu.words import languages, name_of

bringing = Blueprint("bringing", __name__)
section = Section(bringing)


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
        name, schema = _sent("schema")
        _, ui = _sent("ui")
        made = from_schema(schema, ui, _wanted(name))
        text = documents.readable(made.form)
        draft = actions.start(
            frame.platform(), frame.who(), f"{made.form['x-form']['id']}.json", text
        )
    except BadDocument as error:
        return _page(error)
    return render_template(
        "drafting/brought.html", draft=draft, notes_told=made.notes, problems=made.problems
    )


def _wanted(name: str) -> Wanted:
    purpose, texts = request.form.get("purpose", ""), request.form.get("texts", "")
    return Wanted(
        id=id_of(request.form.get("id", "").strip() or Path(name).stem),
        purpose=purpose if purpose in PURPOSES else PURPOSES[0],
        language=texts if texts in languages() else None,
        file="schema",
        ui_file="ui",
    )


def _sent(part: str) -> tuple[str, Json]:
    """Return the name and the value of a document that was sent; a file goes before the text.

    None where none was sent, which only the look may be. Raises BadDocument with its part.
    """
    file = request.files.get(f"{part}_file")
    name = (file.filename or "") if file is not None else ""
    data = file.read() if file is not None and name else request.form.get(part, "").encode()
    if not data.strip():
        if part != "ui":
            raise BadDocument(Problem("versions.bring_schema_missing"))
        return "", None
    try:
        return name, documents.parse(data)
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
