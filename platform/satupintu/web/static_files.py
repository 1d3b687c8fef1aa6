"""Serves the built stylesheet and script: named by their content, asked for only once."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType

from flask import Blueprint, Response, abort, request

from satupintu.web.guard import open_to_all
from satupintu.web.section import Section

_MEDIA = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8"}
_A_YEAR = "public, max-age=31536000, immutable"

static_files = Blueprint("static_files", __name__)
section = Section(static_files)


@dataclass(frozen=True)
class StaticFile:
    """One built file, as it is and compressed once."""

    data: bytes
    compressed: bytes
    media: str


@cache
def manifest() -> Mapping[str, str]:
    """Return the hashed name of every built file by its plain name."""
    return MappingProxyType(json.loads(_dist().joinpath("manifest.json").read_bytes()))


@cache
def _files() -> Mapping[str, StaticFile]:
    found = {}
    for hashed in manifest().values():
        data = _dist().joinpath(hashed).read_bytes()
        media = _MEDIA[hashed.rpartition(".")[2]]
        found[hashed] = StaticFile(data, gzip.compress(data, 9, mtime=0), media)
    return MappingProxyType(found)


def address(name: str) -> str:
    """Return where a built file is served: ``/static/style.c022030ee63ba02f.css``."""
    return f"/static/{manifest()[name]}"


@static_files.get("/static/<name>")
@open_to_all
def send(name: str) -> Response:
    """Answer with one built file; the name is looked up, never opened as a path."""
    file = _files().get(name)
    if file is None:
        abort(404)
    response = Response(file.data, content_type=file.media)
    if request.accept_encodings.quality("gzip"):
        response = Response(file.compressed, content_type=file.media)
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Cache-Control"] = _A_YEAR
    response.vary.add("Accept-Encoding")
    return response


def _dist() -> Traversable:
    return files("satupintu.web").joinpath("static", "dist")
