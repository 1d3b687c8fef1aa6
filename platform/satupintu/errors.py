"""What can go wrong, said so that a person knows the place and the way out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Literal

from satupintu import words

Level = Literal["error", "warning", "note"]
"""``error`` stands in the way of using a document, ``warning`` deserves a look, ``note`` is worth
knowing and is told only to whoever asks.
"""

NOTHING: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with a document or with answers.

    ``key`` names the sentence in the catalogues; ``params`` fill it. ``pointer`` is a JSON pointer
    into the document or the answers, ``column`` counts from 1 inside a condition's text. ``text``
    replaces the catalogue's sentence where the document brings its own, by language.
    """

    key: str
    params: Mapping[str, object] = field(default_factory=lambda: NOTHING)
    pointer: str = ""
    column: int | None = None
    file: str | None = None
    level: Level = "error"
    text: Mapping[str, str] | None = None

    @property
    def warning(self) -> bool:
        """Tell whether it stands in nobody's way: a warning, or a note."""
        return self.level != "error"

    def sentence(self, language: str) -> str:
        """Return what is wrong and what to do, without the place."""
        if self.text is not None:
            return words.pick(self.text, language)
        return words.say(self.key, language, **dict(self.params))

    def place(self) -> str:
        """Return file, pointer and column, as far as they are known:
        ``rujukan.json#/rules/3/when:14``.
        """
        place = (self.file or "") + (f"#{self.pointer}" if self.pointer else "")
        return place + (f":{self.column}" if self.column is not None else "")

    def under(self, prefix: str) -> Problem:
        """Return the same problem with its pointer moved below ``prefix``."""
        return replace(self, pointer=prefix + self.pointer)

    def within(self, file: str) -> Problem:
        """Return the same problem with the file it was found in."""
        return replace(self, file=file)


class SatuPintuError(Exception):
    """Anything this platform refuses or cannot do; carries the problems to show."""

    def __init__(self, *problems: Problem) -> None:
        self.problems: tuple[Problem, ...] = problems
        super().__init__("; ".join(f"{p.place()} {p.sentence('en')}".strip() for p in problems))


class BadDocument(SatuPintuError):
    """A form, rule set, agency list, service or condition that cannot be used."""

    @classmethod
    def raise_if(cls, problems: Iterable[Problem]) -> None:
        """Raise with every problem that is not only a warning; do nothing where there is none."""
        found = tuple(p for p in problems if not p.warning)
        if found:
            raise cls(*found)


class BadAnswers(SatuPintuError):
    """Answers or facts that their form does not accept."""


class NotAllowed(SatuPintuError):
    """The person may not do this; the attempt is in the audit trail."""


class NotFound(SatuPintuError):
    """There is no such thing, or the person may not know that there is."""


class Conflict(SatuPintuError):
    """Somebody else changed it first."""


class Unavailable(SatuPintuError):
    """The store or an engine does not answer now; nothing was kept, nothing was lost."""


class TooOften(SatuPintuError):
    """Somebody tried more often than a limit allows; later it works again."""
