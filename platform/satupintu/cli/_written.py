"""A file that a command writes."""

from __future__ import annotations

from pathlib import Path

from satupintu.errors import BadDocument, Problem


def write(path: Path, data: bytes) -> None:
    """Write a whole file. Raises BadDocument with its name where that cannot be."""
    try:
        path.write_bytes(data)
    except OSError as e:
        reason = {"reason": e.strerror or "?"}
        raise BadDocument(Problem("actions.not_written", reason, file=str(path))) from e
