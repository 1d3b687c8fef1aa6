"""The new word of each old one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from satupintu.conditions.types import Choice, FactType, Many, Rows
from satupintu.documents import Json

SHAPES = {
    "question": "tanya_{:03d}",
    "x-id": "tetap-{:03d}",
    "option": "pilihan_{:03d}",
    "page": "langkah-{:03d}",
    "form": "lembar-{:03d}",
    "rule_set": "himpunan-{:03d}",
    "rule": "ATURAN{:03d}",
    "derived": "turunan_{:03d}",
    "case": "SEBAB{:03d}",
    "flag": "tanda_{:03d}",
    "guarantee": "JANJI{:03d}",
    "example": "CONTOH{:03d}",
    "agency": "KANTOR_{:03d}",
    "service": "bantuan_{:03d}",
    "law": "HUKUM-{:03d}",
    "city": "kota-{:03d}",
}
"""A new word by kind of name, with its number."""


@dataclass
class Words:
    """The new word of each old one: asked twice, answered alike."""

    given: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))

    def __call__(self, kind: str, old: str) -> str:
        known = self.given[kind]
        return known.setdefault(old, SHAPES[kind].format(len(known) + 1))

    def all(self, kind: str, olds: Sequence[str]) -> list[str]:
        """Return the new words of several old ones."""
        return [self(kind, old) for old in olds]

    def listed(self, kind: str, documents: Json) -> Json:
        """Return documents with their ids renamed."""
        return [{**one, "id": self(kind, one["id"])} for one in documents]

    def basis(self, old: str) -> str:
        """Return a law with its article, ``LAW:12``, the law renamed."""
        law, colon, article = old.partition(":")
        return self("law", law) + colon + article

    def answer(self, given: Json, of: FactType) -> Json:
        """Return one answer with its options renamed, and the questions of its rows."""
        match of:
            case Choice():
                return self("option", given)
            case Many():
                return self.all("option", given)
            case Rows(fields):
                return [
                    {self("question", k): self.answer(v, fields[k]) for k, v in row.items()}
                    for row in given
                ]
            case _:
                return given
