"""Compresses pages, because a phone on a poor line pays for every kilobyte."""

from __future__ import annotations

import gzip
import io
import secrets

from flask import Flask, Response, request

_WORTH_IT = 1024
_LEVEL = 5
_PADDING = 96


def install(app: Flask) -> None:
    """Compress every page of ``app`` for browsers that take gzip."""

    @app.after_request
    def compress(response: Response) -> Response:
        if response.mimetype != "text/html" or response.is_streamed:
            return response
        response.vary.add("Accept-Encoding")
        data = response.get_data()
        if len(data) < _WORTH_IT or not request.accept_encodings.quality("gzip"):
            return response
        response.set_data(compressed(data))
        response.headers["Content-Encoding"] = "gzip"
        return response


def compressed(data: bytes) -> bytes:
    """Return ``data`` as gzip, with a file name of random length in its header.

    The length of a compressed page tells how much of what a stranger put into an address repeats
    a secret of the page (the BREACH attack); the random part hides those few bytes.
    """
    padding = "x" * secrets.randbelow(_PADDING)
    out = io.BytesIO()
    with gzip.GzipFile(padding, "wb", _LEVEL, out, mtime=0) as file:
        file.write(data)
    return out.getvalue()
