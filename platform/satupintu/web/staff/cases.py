"""The list of cases, and the search among them."""

from __future__ import annotations

from flask import render_template, request

from satupintu.actions import cases as actions
from satupintu.actions import search
from satupintu.cases.case import CASE_STATES
from satupintu.web import frame
from satupintu.web.guard import guarded_by
from satupintu.web.staff.desk import desk, number

OPEN = ("undecided", "decided", "triage")


@desk.get("/kasus")
@guarded_by("case.list")
def cases() -> str:
    """Show the cases that the person may see, the newest first."""
    closed = request.args.get("bagian") == "tutup"
    page = max(1, number(request.args.get("halaman")) or 1)
    states = tuple(s for s in CASE_STATES if (s not in OPEN) == closed)
    found = actions.listed(frame.platform(), frame.who(), states, page)
    return render_template("staff/cases.html", found=found, closed=closed, page=page)


@desk.post("/kasus/cari")
@guarded_by("case.search")
def search_cases() -> str:
    """Show what a search finds.

    It is posted and answered at once: a name that stood in an address would stay in histories and
    logs.
    """
    typed = request.form.get("typed", "").strip()
    found = search.search(frame.platform(), frame.who(), typed) if typed else None
    return render_template("staff/search.html", typed=typed, found=found)
