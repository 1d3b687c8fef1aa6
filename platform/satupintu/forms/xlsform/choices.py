"""The lists of a choices sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from satupintu.documents import Json
from satupintu.errors import BadDocument, Problem
from satupintu.forms.xlsform.columns import Record, Table, header, words

LONGEST_NAME = 200
MOST = 1000
BOOLEAN = frozenset({"true", "false"})
"""A list of exactly these two is a question of yes or no."""

KNOWN = frozenset({"list_name", "name", "label"})


@dataclass(frozen=True)
class Choice:
    """One choice: its value, its texts by language, and all that its row says."""

    name: str
    texts: Mapping[str, str]
    record: Record

    def column(self, name: str) -> str:
        """Return what a further column says, as a choice filter reads it."""
        return self.name if name == "name" else self.record.text(header(name).key)


Lists = Mapping[str, tuple[Choice, ...]]


def read(table: Table | None, *, twice: bool) -> tuple[Lists, list[Problem]]:
    """Return the choices by the name of their list, and what is wrong with them. ``twice`` allows
    a value more than once, as lists that depend on another answer do. Raises BadDocument where
    the sheet lacks a column without which nothing of it can be read.
    """
    found: dict[str, list[Choice]] = {}
    problems: list[Problem] = []
    if table is None:
        return {}, problems
    known = {one.key for one in table.headers}
    for key in ("list_name", "name"):
        if key not in known:
            where = f"{table.name}!{table.row}"
            raise BadDocument(Problem("xlsform.column_missing", {"column": key}, where))
    for record in table.records:
        listed, name = record.text("list_name"), record.text("name")
        if not listed and not name:
            continue
        if not listed or not name or len(name) > LONGEST_NAME:
            column = "name" if listed else "list_name"
            problems.append(Problem("xlsform.choice_unnamed", {}, record.at(column)))
            continue
        among = found.setdefault(listed, [])
        if not twice and any(c.name == name for c in among):
            params = {"name": name, "list": listed}
            problems.append(Problem("xlsform.choice_twice", params, record.at("name")))
        among.append(Choice(name, record.texts("label"), record))
    return {listed: tuple(choices) for listed, choices in found.items()}, problems


def options(choices: tuple[Choice, ...], default: str) -> list[Json]:
    """Return the choices as titled constants, each once."""
    made: dict[str, Json] = {}
    for choice in choices:
        title, others = words(choice.texts, default)
        option: dict[str, Json] = {"const": choice.name, "title": title or choice.name}
        if others:
            option["x-i18n"] = {code: {"title": text} for code, text in others.items()}
        made.setdefault(choice.name, option)
    return list(made.values())
