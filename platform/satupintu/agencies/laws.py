"""The legal basis: the laws and standards that rules and agencies name, and how one is cited."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from types import MappingProxyType

from satupintu import documents, words
from satupintu.agencies import shape
from satupintu.documents import Json, pointer
from satupintu.errors import BadDocument, Problem
from satupintu.words import Text

_NUMBERED = re.compile(r"^.*?\b\d+/\d{4}\b")


@dataclass(frozen=True)
class Law:
    """One law or standard; ``standing`` says how far its provisions were checked."""

    id: str
    title: Text
    points: Text
    standing: str
    sources: tuple[str, ...]

    def short(self, language: str) -> str:
        """Return the title up to its number and year ("UU 12/2022"), else all of it."""
        title = words.pick(self.title, language)
        numbered = _NUMBERED.match(title)
        return numbered.group() if numbered else title


Laws = Mapping[str, Law]
"""The legal basis by id."""


def cite(basis: str, laws: Laws, language: str) -> str:
    """Return how a page cites ``LAW`` or ``LAW:article``: "UU 12/2022 Pasal 42"."""
    law, _, article = basis.partition(":")
    name = laws[law].short(language) if law in laws else law
    return words.say("agencies.cite", language, law=name, article=article) if article else name


def unknown(basis: Iterable[str], laws: Laws, where: str) -> Iterator[Problem]:
    """Yield a problem for each basis whose law is not in ``laws``, with the nearest that is."""
    for index, entry in enumerate(basis):
        law = entry.partition(":")[0]
        if law not in laws:
            near = get_close_matches(law, laws, n=1)
            key = "agencies.unknown_law_near" if near else "agencies.unknown_law"
            params = {"law": law, "near": near[0]} if near else {"law": law}
            yield Problem(key, params, where + pointer(["basis", index]))


def read(document: Json) -> Laws:
    """Return the laws of a legal-basis document. Raises BadDocument with every problem."""
    BadDocument.raise_if(_problems(document))
    return MappingProxyType(
        {
            entry["id"]: Law(
                id=entry["id"],
                title=MappingProxyType(entry["title"]),
                points=MappingProxyType(entry["points"]),
                standing=entry["standing"],
                sources=tuple(entry["sources"]),
            )
            for entry in document
        }
    )


def check(data: bytes, file: str) -> list[Problem]:
    """Return everything wrong with a legal basis, warnings included, each with its place."""
    try:
        document = documents.parse(data)
    except BadDocument as e:
        return [p.within(file) for p in e.problems]
    return [p.within(file) for p in _problems(document)]


def _problems(document: Json) -> list[Problem]:
    found = shape.problems(document, "legal_basis")
    if found:
        return found
    found.extend(shape.repeated([entry["id"] for entry in document], []))
    for index, entry in enumerate(document):
        found.extend(shape.untranslated(entry["title"], pointer([index, "title"])))
        found.extend(shape.untranslated(entry["points"], pointer([index, "points"])))
    return found
