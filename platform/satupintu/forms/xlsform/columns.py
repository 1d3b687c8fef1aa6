"""The columns of a sheet by what they mean, in the spellings that XLSForms have had."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from satupintu.errors import Problem
from satupintu.forms.xlsform.workbook import Row, Sheet, cell
from satupintu.words import DEFAULT

ALIASES: Mapping[str, str] = {
    "relevance": "relevant",
    "readonly": "read_only",
    "calculate": "calculation",
    "caption": "label",
    "value": "name",
    "command": "type",
    "constraining_message": "constraint_message",
    "jr:constraintmsg": "constraint_message",
    "requiredmsg": "required_message",
    "jr:requiredmsg": "required_message",
    "tag": "name",
    "count": "repeat_count",
    "jr:count": "repeat_count",
    "form_title": "title",
    "set_form_title": "title",
    "form_id": "id_string",
    "set_form_id": "id_string",
    "image": "media::image",
    "audio": "media::audio",
    "video": "media::video",
    "big-image": "media::big-image",
}
OUTER = ("bind", "control", "body")
"""Older sheets name the part of an XForm that a column goes into."""

SPOKEN: Mapping[str, str] = {
    "bahasa indonesia": "id", "indonesia": "id", "indonesian": "id", "english": "en",
    "inggris": "en", "french": "fr", "francais": "fr", "français": "fr", "spanish": "es",
    "español": "es", "arabic": "ar", "portuguese": "pt", "hindi": "hi", "swahili": "sw",
    "malay": "ms", "jawa": "jv", "javanese": "jv", "sunda": "su", "sundanese": "su",
    "chinese": "zh", "dutch": "nl", "german": "de",
}  # fmt: skip


@dataclass(frozen=True)
class Header:
    """What a column means; ``language`` is a code, "" where the header names none."""

    key: str
    language: str = ""
    unknown_language: bool = False


@dataclass(frozen=True)
class Record:
    """One row by what its columns mean. ``default`` is the language of a text without one."""

    sheet: str
    number: int
    default: str
    cells: Mapping[Header, str]
    places: Mapping[Header, int] = field(repr=False)

    def text(self, key: str) -> str:
        """Return the text of a column, whatever its language; "" where there is none."""
        return next((text for h, text in self.cells.items() if h.key == key), "")

    def texts(self, key: str) -> dict[str, str]:
        """Return the texts of a column by language."""
        found = {}
        for header, text in self.cells.items():
            if header.key == key and not header.unknown_language:
                found[header.language or self.default] = text
        return found

    def at(self, key: str) -> str:
        """Return the place of a column in this row, of the row where it has no such column."""
        column = next((n for h, n in self.places.items() if h.key == key), None)
        return cell(self.sheet, self.number, column)


@dataclass(frozen=True)
class Table:
    """A sheet as records; ``headers`` has the column number of each."""

    name: str
    headers: Mapping[Header, int]
    records: tuple[Record, ...]
    row: int
    doubled: tuple[Problem, ...] = ()
    """A remark for each column that has no header, or one that another column has."""

    def unread(self, known: frozenset[str]) -> Iterator[Problem]:
        """Yield a remark for each column with texts that nothing reads, at its header."""
        yield from self.doubled
        for header, column in self.headers.items():
            said = [r for r in self.records if header in r.cells]
            if not said:
                continue
            where = cell(self.name, self.row, column)
            if header.key not in known:
                params = {"column": header.key, "count": len(said)}
                yield Problem("xlsform.column_left", params, where, level="warning")
            elif header.unknown_language:
                params = {"language": header.language}
                yield Problem("xlsform.language_left", params, where, level="warning")


def table(sheet: Sheet, default: str = DEFAULT) -> Table:
    """Return a sheet by the meaning of its columns; the first of two that mean the same counts."""
    headers: dict[Header, int] = {}
    doubled: list[Problem] = []
    at = sheet.headers
    filled = sorted({column for row in sheet.rows for column in row.cells})
    for column in filled:
        if column not in at.cells:
            where = cell(sheet.name, at.number, column)
            doubled.append(Problem("xlsform.column_headless", {}, where, level="warning"))
    for column, text in sorted(at.cells.items()):
        if headers.setdefault(header(text), column) != column and column in filled:
            first = cell(sheet.name, at.number, headers[header(text)])
            where = cell(sheet.name, at.number, column)
            params = {"column": text, "first": first}
            doubled.append(Problem("xlsform.column_twice", params, where, level="warning"))
    return Table(
        sheet.name,
        headers,
        tuple(_record(sheet, headers, row, default) for row in sheet.rows),
        sheet.headers.number,
        tuple(doubled),
    )


def _record(sheet: Sheet, headers: Mapping[Header, int], row: Row, default: str) -> Record:
    texts = {h: row.cells[n] for h, n in headers.items() if n in row.cells}
    return Record(sheet.name, row.number, default, texts, headers)


def header(text: str) -> Header:
    """Return what a header means: ``label::English (en)``, ``bind:relevant``, ``hint``."""
    whole = text.strip().lower().replace(" ", "_")
    if "::" not in text and whole in ALIASES:
        return Header(ALIASES[whole])
    parts = [p.strip() for p in text.split("::" if "::" in text else ":")]
    key = parts.pop(0).lower().replace(" ", "_").replace("-", "_")
    if key in OUTER and parts:
        inner = parts.pop(0).lower()
        key = ALIASES.get(inner, inner)
    elif key == "media" and parts:
        key = f"media::{parts.pop(0).lower()}"
    else:
        key = ALIASES.get(key, key)
    if not parts:
        return Header(key)
    code = language(parts[0])
    return Header(key, code) if code else Header(key, parts[0], unknown_language=True)


def language(name: str) -> str | None:
    """Return the code of a language: ``English (en)``, ``English``, ``en``; None if unknown."""
    found = re.search(r"\(([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]+)?\)\s*$", name)
    if found:
        return found[1].lower()
    plain = name.strip().lower()
    return SPOKEN.get(plain) or (plain if re.fullmatch("[a-z]{2,3}", plain) else None)


def words(texts: Mapping[str, str], default: str) -> tuple[str, dict[str, str]]:
    """Return the base text and the others by language; "" where there is no text at all.

    The base is Indonesian. Where that is missing, the text of the workbook's own language stands
    in its place, and as its own language too.
    """
    base = texts.get(DEFAULT) or texts.get(default) or next(iter(texts.values()), "")
    return base, {code: text for code, text in texts.items() if code != DEFAULT and text}
