"""The bytes of a workbook as sheets of texts: bounded, with nothing run and nothing looked up."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from satupintu.errors import BadDocument, Problem

MAX_BYTES = 10 * 1024 * 1024
MAX_UNPACKED = 40 * 1024 * 1024
"""What a workbook may hold once unpacked; a bomb is told by what it says of itself, and no reader
unpacks more than that.
"""
MAX_PARTS = 500
MAX_SHEETS = 30
MAX_ROWS = 5_000
MAX_COLUMNS = 200
MAX_LETTERS = 8_000_000
"""Letters of all cells together: one shared text may stand in very many cells."""

BLANK_ROWS = 200
"""So many empty rows end a sheet, as they do for other readers of XLSForms."""

_ODD = (
    zipfile.BadZipFile, InvalidFileException, ParseError, zlib.error, KeyError,
    ValueError, TypeError, AttributeError, IndexError, OSError, EOFError, RecursionError,
    AssertionError, OverflowError, RuntimeError,
)  # fmt: skip
"""What openpyxl and zipfile raise of bytes that are not the workbook they say they are."""


@dataclass(frozen=True)
class Row:
    """One row: its number as a spreadsheet shows it, and the texts by column number from 1."""

    number: int
    cells: Mapping[int, str]


@dataclass(frozen=True)
class Sheet:
    """One sheet: its first row that says anything, and the rows below it."""

    name: str
    headers: Row
    rows: tuple[Row, ...]


def cell(sheet: str, row: int, column: int | None = None) -> str:
    """Return how a spreadsheet writes the place of a cell, or of a row: ``survey!C5``."""
    return f"{sheet}!{get_column_letter(column) if column else ''}{row}"


def split(place: str) -> tuple[str, int | None, str | None]:
    """Return sheet, row and column letters of a place that ``cell`` wrote."""
    sheet, _, rest = place.rpartition("!") if "!" in place else (place, "", "")
    found = re.fullmatch("([A-Z]*)([0-9]+)", rest)
    return (sheet, int(found[2]), found[1] or None) if found else (place, None, None)


def read(data: bytes) -> Mapping[str, Sheet]:
    """Return the sheets of a workbook by name, in small letters. Raises BadDocument."""
    if len(data) > MAX_BYTES:
        raise BadDocument(Problem("xlsform.too_large", {"limit": MAX_BYTES // 1024 // 1024}))
    _look_inside(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what a sheet has beyond texts is of no concern here
            return _sheets(data)
    except BadDocument:
        raise
    except _ODD as e:
        raise BadDocument(Problem("xlsform.not_a_workbook")) from e


def _look_inside(data: bytes) -> None:
    """Refuse what would unpack without end, and XML that declares entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
            if len(parts) > MAX_PARTS or sum(p.file_size for p in parts) > MAX_UNPACKED:
                params = {"limit": MAX_UNPACKED // 1024 // 1024}
                raise BadDocument(Problem("xlsform.unpacks_too_large", params))
            for part in parts:
                if part.filename.lower().endswith((".xml", ".rels")):
                    text = packed.read(part)
                    if b"\0" in text[:200] or b"<!DOCTYPE" in text or b"<!ENTITY" in text:
                        raise BadDocument(Problem("xlsform.hostile"))
    except BadDocument:
        raise
    except _ODD as e:
        raise BadDocument(Problem("xlsform.not_a_workbook")) from e


def _sheets(data: bytes) -> Mapping[str, Sheet]:
    values = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    formulas = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False)
    try:
        if len(values.sheetnames) > MAX_SHEETS:
            raise BadDocument(Problem("xlsform.too_many_sheets", {"limit": MAX_SHEETS}))
        left = [MAX_LETTERS]
        found = {}
        for name in values.sheetnames:
            if not hasattr(values[name], "iter_rows"):
                continue  # a chart has a sheet of its own
            rows = list(_rows(name, values[name], formulas[name], left))
            if rows:
                found[name.strip().lower()] = Sheet(name, rows[0], tuple(rows[1:]))
        return found
    finally:
        values.close()
        formulas.close()


def _rows(name: str, values: Any, formulas: Any, left: list[int]) -> Iterator[Row]:
    blank = kept = 0
    both = zip(
        values.iter_rows(max_col=MAX_COLUMNS + 1),
        formulas.iter_rows(max_col=MAX_COLUMNS + 1),
        strict=False,
    )
    for number, (row, written) in enumerate(both, 1):
        texts: dict[int, str] = {}
        for column, (held, formula) in enumerate(zip(row, written, strict=False), 1):
            text = _text(held, formula, cell(name, number, column))
            if text:
                texts[column] = text
                left[0] -= len(text)
        if left[0] < 0:
            raise BadDocument(Problem("xlsform.too_much_text", {}, cell(name, number)))
        if max(texts, default=0) > MAX_COLUMNS:
            where = cell(name, number, max(texts))
            raise BadDocument(Problem("xlsform.too_many_columns", {"limit": MAX_COLUMNS}, where))
        blank = 0 if texts else blank + 1
        if blank > BLANK_ROWS:
            return
        if texts:
            kept += 1
            if kept > MAX_ROWS:
                where = cell(name, number)
                raise BadDocument(Problem("xlsform.too_many_rows", {"limit": MAX_ROWS}, where))
            yield Row(number, texts)


def _text(held: Any, formula: Any, where: str) -> str:
    if held.data_type == "e":
        raise BadDocument(Problem("xlsform.formula_error", {"value": str(held.value)}, where))
    if held.value is None:
        if formula.data_type == "f":
            raise BadDocument(Problem("xlsform.formula_uncounted", {}, where))
        return ""
    return as_text(held.value)


def as_text(value: object) -> str:
    """Return a cell's value as text: whole numbers without a point, dates as ISO 8601 has them."""
    match value:
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer() and abs(value) < 2**53:
            return str(int(value))
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime() | date() | time():
            return value.isoformat()
        case _:
            return str(value).replace("\xa0", " ").strip()
