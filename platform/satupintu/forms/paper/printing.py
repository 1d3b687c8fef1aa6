"""A sheet made into a PDF: tagged, for PDF/UA-1. The only place that knows typst.

A text is data and never markup: the template reads the sheet as JSON, typst reads nothing else,
neither a file nor the network.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import typst

from satupintu.errors import BadAnswers, Problem
from satupintu.forms.paper.letters import FONTS, printable
from satupintu.forms.paper.sheet import Sheet, as_data

TEMPLATE = Path(__file__).parent / "sheet.typ"

MOST_LETTERS = 4_000_000
"""Letters of one sheet; what a form accepts in one submission stays far below."""


def pdf(sheet: Sheet) -> bytes:
    """Return a sheet as a PDF; the same sheet gives the same bytes.

    Raises BadAnswers where there is too much for one document.
    """
    letters = _Letters()
    data = letters.of(as_data(sheet))
    if letters.count > MOST_LETTERS:
        raise BadAnswers(Problem("paper.too_much", {"limit": MOST_LETTERS}))
    data["numbered"] = letters.numbered
    made: Any = _compiler(json.dumps(data)).compile(
        format="pdf",
        pdf_standards=["ua-1"],
        timestamp=0 if sheet.at is None else int(sheet.at.timestamp()),
    )
    return bytes(made)


def _compiler(data: str) -> typst.Compiler:
    return typst.Compiler(
        input=TEMPLATE.read_bytes(),
        root=FONTS,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"sheet": data},
        package_path=FONTS,
        package_cache_path=FONTS,
    )


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )


class _Letters:
    """Makes every text of a sheet printable, and remembers whether anything was not."""

    def __init__(self) -> None:
        self.numbered = False
        self.count = 0

    def of(self, data: Any) -> Any:
        match data:
            case str():
                said, numbered = printable(data)
                self.numbered = self.numbered or numbered
                self.count += len(said)
                return said
            case list():
                return [self.of(one) for one in data]
            case dict():
                return {key: self.of(value) for key, value in data.items()}
        return data
