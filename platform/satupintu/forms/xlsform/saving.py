"""The sheets of a workbook as the bytes of a file, with their columns in the order people know."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

SPOKEN = {"id": "Bahasa Indonesia (id)", "en": "English (en)"}
TEXTS = ("label", "hint", "required_message", "constraint_message")
PLAIN = (
    "required", "relevant", "constraint", "calculation", "appearance", "default",
    "read_only", "repeat_count", "sensitivity", "role", "x_id",
)  # fmt: skip

Row = dict[str, str]


def language_of(code: str) -> str:
    """Return what a column calls a language."""
    return SPOKEN.get(code, f"{code} ({code})")


def _columns(sheet: str, rows: Sequence[Row], languages: Sequence[str]) -> list[str]:
    """Return the columns that have anything in them, in the order people know."""
    texts = [f"{column}::{language_of(code)}" for column in TEXTS for code in languages]
    order = {"survey": ("type", "name", *texts[: 2 * len(languages)], *PLAIN, *texts)}
    wanted = order.get(
        sheet, ("list_name", "name", *texts) if sheet == "choices" else tuple(rows[0])
    )
    return [c for c in dict.fromkeys(wanted) if any(row.get(c) for row in rows)]


def workbook(sheets: Mapping[str, Sequence[Row]], languages: Sequence[str]) -> bytes:
    """Return sheets of rows as an ``.xlsx`` file; a sheet without rows is left out."""
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
