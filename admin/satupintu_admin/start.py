"""The front door of the administrators' pages: the person's first page, else the log-in."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, render_template, url_for

from satupintu.people.roles import CASE_ROLES
from satupintu.web import frame, home, pages
from satupintu.web.guard import open_to_all
from satupintu.web.section import Section

start = Blueprint("start", __name__)
section = Section(start)


@start.get("/")
@open_to_all
def first() -> Response:
    """Lead on by role; say to staff and agencies where their pages are."""
    if frame.who().role in CASE_ROLES:
        return make_response(render_template("elsewhere.html", address=home.pages_address()))
    return make_response(redirect(url_for(pages.first_page() or "people.login"), 303))
