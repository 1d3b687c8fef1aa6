"""Sends an attached file to whoever may open it: to be saved, never to be shown as a page."""

from __future__ import annotations

from urllib.parse import quote

from flask import Blueprint, Response

from satupintu.actions import files as actions
from satupintu.web import frame
from satupintu.web.guard import guarded_by
from satupintu.web.section import Section

files = Blueprint("files", __name__)
section = Section(files)


@files.get("/berkas/<file_id>")
@guarded_by("file.open")
def open_file(file_id: str) -> Response:
    """Answer with the file as an attachment, under the name it was given."""
    file = actions.open_file(frame.platform(), frame.who(), file_id)
    plain = file.name.encode("ascii", "replace").decode().replace("?", "_").replace('"', "_")
    answer = Response(file.data, content_type=file.media_type)
    answer.headers["Content-Disposition"] = (
        f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(file.name, safe='')}"
    )
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
