"""PDFs as a reader and a screen reader find them: text, tags, language, labels of pages."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

import pypdfium2
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, NullObject

from forms.going_round import WIB
from satupintu.documents import Json
from satupintu.forms.document import Form
from satupintu.forms.paper import printing
from satupintu.forms.paper.asked import blank
from satupintu.forms.paper.letters import BREAK, printable
from satupintu.forms.paper.sheet import Letterhead
from satupintu.forms.paper.told import filled
from satupintu.forms.reading_back import sections

DOOR = Letterhead("Pintu Contoh", "Kota Contoh")
AT = datetime(2026, 11, 23, 10, 15, tzinfo=WIB)


@dataclass(frozen=True)
class Pdf:
    """One PDF, read."""

    data: bytes

    @cached_property
    def reader(self) -> PdfReader:
        return PdfReader(io.BytesIO(self.data))

    @property
    def root(self) -> Any:
        return self.reader.trailer["/Root"]

    @cached_property
    def text(self) -> str:
        """All of its text, on one line."""
        return plain(" ".join(page.extract_text() for page in self.reader.pages))

    def right_edges(self) -> list[float]:
        """For each page, how far to the right a letter reaches, as a part of its width."""
        pages = pypdfium2.PdfDocument(self.data)
        found = []
        for page in pages:
            text = page.get_textpage()
            ends = [text.get_charbox(n)[2] for n in range(text.count_chars())]
            found.append(max(ends, default=0.0) / page.get_width())
        pages.close()
        return found

    @cached_property
    def tags(self) -> list[str]:
        """The roles of its structure, in the order they are read."""
        return list(_roles(self.root["/StructTreeRoot"]))

    def headings(self, level: int) -> int:
        return self.tags.count(f"/H{level}")


def _roles(node: Any) -> Iterator[str]:
    node = node.get_object()
    if isinstance(node, ArrayObject):
        for one in node:
            yield from _roles(one)
    elif isinstance(node, DictionaryObject):
        if "/S" in node:
            yield str(node["/S"])
        kids = node.get("/K")
        if kids is not None and not isinstance(kids, NullObject):
            yield from _roles(kids)


def plain(text: str) -> str:
    """Return a text as two readings of it are compared: spaces alike, no places to break."""
    return " ".join(text.replace(BREAK, "").split())


def as_printed(text: str) -> str:
    """Return a text as it is looked for on paper: letters that no font has by their numbers."""
    return squeezed(printable(text)[0])


def squeezed(text: str) -> str:
    """Return a text without its spaces: where a line ends inside a word there is one more."""
    return "".join(text.replace(BREAK, "").split())


def blank_of(form: Form, language: str = "id") -> Pdf:
    return Pdf(printing.pdf(blank(form, DOOR, language)))


def filled_of(form: Form, answers: Json, language: str = "id", **seen: Any) -> Pdf:
    told = sections(form, answers, language=language, zone=WIB, **seen)
    return Pdf(printing.pdf(filled(form, told, DOOR, language, at=AT)))


def assert_for_screen_readers(pdf: Pdf, title: str, language: str) -> None:
    """Assert what PDF/UA-1 asks of a document, as far as a file shows it."""
    root = pdf.root
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/Lang"] == language
    assert pdf.reader.metadata is not None
    assert pdf.reader.metadata.title == title
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    assert pdf.headings(1) == 1
    assert pdf.headings(2) >= 1
    assert [str(n) for n in range(1, len(pdf.reader.pages) + 1)] == pdf.reader.page_labels
