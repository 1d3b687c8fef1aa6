"""Where a person's work starts, by role: the first entry of their header."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from satupintu.web import frame, pages
from satupintu.web.guard import guarded_by
from satupintu.web.section import Section

home = Blueprint("home", __name__)
section = Section(home)


@home.get("/mulai")
@guarded_by("session.logout")
def start() -> Response:
    """Lead to the person's first page; to administrators say where theirs are."""
    first = pages.first_page()
    if first is not None:
        return make_response(redirect(url_for(first), 303))
    # A link and no redirect: browsers let no form of ours lead on to another address.
    return make_response(render_template("people/elsewhere.html", address=desk_address()))


def address() -> str:
    """Return where to go after log-in."""
    first = pages.first_page()
    return url_for(first) if first is not None else pages.start_address()


def desk_address() -> str:
    """Return the address of the administrators' pages: the setting, else this host's other port."""
    settings = frame.platform().settings
    return settings.admin_url or _on_port(settings.admin_port)


def pages_address() -> str:
    """Return the address of the pages for reporters, staff and agencies."""
    settings = frame.platform().settings
    return settings.url or _on_port(settings.port)


def _on_port(port: int) -> str:
    host = urlsplit(request.host_url).hostname or "localhost"
    return f"{request.scheme}://{f'[{host}]' if ':' in host else host}:{port}"
