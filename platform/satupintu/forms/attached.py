"""What a page tells of the files that answers name: their names, their sizes, where they open."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from satupintu import words


@dataclass(frozen=True)
class Attached:
    """A file as it is told of; ``size`` is in bytes."""

    name: str
    size: int


@dataclass(frozen=True)
class AttachedFiles:
    """The files that may stand on a page, by their ids; an id that is not known is a file too."""

    language: str
    known: Mapping[str, Attached] = field(default_factory=dict)
    url_for_file: Callable[[str], str] | None = None
    """Where a file opens, for those who may; its content is never on the page itself."""

    def name(self, id: str) -> str:
        """Return the name of a file."""
        found = self.known.get(id)
        return words.say("questions.file_attached", self.language) if found is None else found.name

    def size(self, id: str) -> str:
        """Return the size of a file in words, nothing where it is not known."""
        found = self.known.get(id)
        return "" if found is None else size(found.size, self.language)

    def url(self, id: str) -> str | None:
        """Return where a file opens, None where the reader may not open it."""
        return None if self.url_for_file is None else self.url_for_file(id)

    def told(self, id: str) -> str:
        """Return the name of a file with its size."""
        return f"{self.name(id)} ({self.size(id)})" if id in self.known else self.name(id)


def size(count: int, language: str) -> str:
    """Return a number of bytes as people read it: ``340 KB``, ``1,2 MB``."""
    if count < 1024 * 1024:
        return f"{max(1, round(count / 1024))} KB"
    point = words.say("questions.decimal", language)
    return f"{count / 1024 / 1024:.1f} MB".replace(".", point)
