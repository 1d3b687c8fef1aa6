"""The catalogue: every question type in every state, with the document that asks it beside it."""

from __future__ import annotations

from flask import Blueprint, abort, render_template

from satupintu.forms import catalogue as specimens
from satupintu.web import frame
from satupintu.web.guard import guarded_by
from satupintu.web.section import NavItem, Section
from satupintu_admin.documents import READERS

catalogue = Blueprint("catalogue", __name__)
section = Section(catalogue, (NavItem("catalogue.listed", "admin.catalogue", READERS),))


@catalogue.get("/katalog")
@guarded_by("documents.list")
def listed() -> str:
    """List the question types with what each is for."""
    return render_template("catalogue/listed.html", specimens=specimens.specimens().values())


@catalogue.get("/katalog/<kind>")
@guarded_by("documents.list")
def one(kind: str) -> str:
    """Show one question type, empty, answered and refused, with its document."""
    if kind not in specimens.specimens():
        abort(404)
    shown = specimens.shown(kind, language=frame.page_language(), zone=frame.wording().zone)
    kinds = list(specimens.specimens())
    place = kinds.index(kind)
    return render_template(
        "catalogue/one.html",
        shown=shown,
        before=kinds[place - 1] if place else None,
        after=kinds[place + 1] if place + 1 < len(kinds) else None,
    )
