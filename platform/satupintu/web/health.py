"""Tells whoever watches over an installation whether this process and its store answer."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from satupintu.errors import NotFound, Problem, Unavailable
from satupintu.web import frame
from satupintu.web.guard import open_to_all
from satupintu.web.section import Section

health = Blueprint("health", __name__)
section = Section(health)


@health.get("/sehat")
@open_to_all
def well() -> Response:
    """200 where the store answers and a service is in force; else 503."""
    try:
        frame.documents().service()
    except NotFound as e:
        raise Unavailable(Problem("web.no_service")) from e
    return jsonify(status="ok")
