"""The sheets of a workbook as bytes: which columns each has, and every cell as text."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

Row = dict[str, str]

SPOKEN = {"id": "Bahasa Indonesia (id)", "en": "English (en)"}
TEXTS = ("label", "hint", "required_message", "constraint_message")
PLAIN = (
    "required", "relevant", "constraint", "calculation", "appearance", "default",
    "read_only", "repeat_count", "choice_filter", "sensitivity", "role", "x_id",
)  # fmt: skip


def spoken_as(code: str) -> str:
    """Return how a header names a language."""
    return SPOKEN.get(code, f"{code} ({code})")


def _columns(sheet: str, rows: Sequence[Row], languages: Sequence[str]) -> list[str]:
    """Return the columns that have anything in them, in the order people know."""
    texts = [f"{column}::{spoken_as(code)}" for column in TEXTS for code in languages]
    order = {"survey": ("type", "name", *texts[: 2 * len(languages)], *PLAIN, *texts)}
    further = (c for row in rows for c in row)  # what lists hang on; of settings, everything
    wanted = order.get(sheet, ("list_name", "name", *texts, *further))
    if sheet == "settings":
        wanted = tuple(rows[0])
    return [c for c in dict.fromkeys(wanted) if any(row.get(c) for row in rows)]


def written(sheets: Mapping[str, Sequence[Row]], languages: Sequence[str]) -> bytes:
    """Return a workbook of sheets by name, with the texts of these languages."""
    book = openpyxl.Workbook(write_only=True)
    for name, rows in sheets.items():
        if not rows:
            continue
        sheet = book.create_sheet(name)
        columns = _columns(name, rows, languages)
        sheet.freeze_panes = "A2"
        for row in ({c: c for c in columns}, *rows):
            cells = []
            for column in columns:
                cell = WriteOnlyCell(
                    sheet, ILLEGAL_CHARACTERS_RE.sub("", row.get(column, "")) or None
                )
                if cell.value is not None:
                    cell.data_type = "s"  # a text that begins with = is no formula
                cells.append(cell)
            sheet.append(cells)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()
