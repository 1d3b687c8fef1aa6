"""Rows that have a page of their own: which one is open, and which one a button opens.

The list and its rows are one page of the form, at one address. A page that shows a single row says
so in a hidden control (``ROW``), so that nothing else on the page is read from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from satupintu.errors import Problem
from satupintu.forms import questions
from satupintu.forms.document import Form, Page, Question
from satupintu.forms.facts import Answers, at
from satupintu.forms.questions import rows_by_page
from satupintu.forms.questions.kinds import Texts
from satupintu.forms.questions.rows import ACT

IN_ADDRESS = "baris"
"""In the address of a page: the control name of the row that is open."""

ROW = "~row"
"""The hidden control of a row's page: the row's control name."""


LEAVES = ("goto:", "back", "save", "skip")
"""Buttons that lead away whatever is missing."""


@dataclass(frozen=True)
class RowPage:
    """One row of a repeated group, open on its own; ``number`` counts from 0."""

    rows: Question
    number: int

    @property
    def control(self) -> str:
        """Return the row's control name: ``anak.2``."""
        return f"{self.rows.name}.{self.number}"

    def holds(self, name: str) -> bool:
        """Return whether a control, or the question of a problem, stands in this row."""
        return name == self.control or name.startswith(f"{self.control}.")


def by_page(among: Iterable[Question]) -> Iterator[Question]:
    """Yield the repeated groups whose rows have a page of their own, those in groups too."""
    for question in among:
        if questions.of(question.kind).by_page:
            yield question
        elif question.is_group:
            yield from by_page(question.children)


def rows_of(form: Form, page: Page, answers: Answers) -> Iterator[RowPage]:
    """Yield every row of a page that has a page of its own."""
    for rows in by_page(form.questions[name] for name in page.questions):
        listed = at(answers, rows.name)
        for number in range(len(listed) if isinstance(listed, list) else 0):
            yield RowPage(rows, number)


def named(form: Form, page: Page, answers: Answers, control: str) -> RowPage | None:
    """Return the row of a control name, None where there is no such row on this page."""
    return next((row for row in rows_of(form, page, answers) if row.control == control), None)


def row_of(form: Form, name: str) -> str:
    """Return the control name of the row with a page of its own that a control stands in."""
    parts = name.split(".")
    for length in range(1, len(parts) - 1):
        question = form.questions.get(".".join(parts[:length]))
        if question is not None and questions.of(question.kind).by_page:
            return ".".join(parts[: length + 1])
    return ""


def told(row: RowPage, answers: Answers, language: str, zone: ZoneInfo) -> str:
    """Return what a list says of one row."""
    listed = at(answers, row.rows.name)
    return rows_by_page.told(row.rows, listed[row.number], language, zone)


def gather(among: Iterable[Question], sentences: dict[str, list[str]]) -> None:
    """Add, for each such row, what its own page has still to be told."""
    for rows in by_page(among):
        below = f"{rows.name}."
        for name in [n for n in sentences if n.startswith(below)]:
            number = name.removeprefix(below).partition(".")[0]
            if number != name.removeprefix(below):
                sentences.setdefault(f"{below}{number}", []).extend(sentences[name])


def unmoved(among: Iterable[Question], texts: Texts) -> tuple[str, ...]:
    """Return the names of such groups whose rows stand where they stood."""
    act = (texts.getlist(ACT) or [""])[-1]
    moves = ("remove", "up", "down")
    names = (rows.name for rows in by_page(among))
    return tuple(n for n in names if not act.startswith(tuple(f"rows:{n}:{m}:" for m in moves)))


def posted_row(texts: Texts) -> str:
    """Return the control name of the row whose page was posted; nothing for any other page."""
    return (texts.getlist(ROW) or [""])[-1]


def back_to_list(texts: Texts) -> bool:
    """Return whether a row's own page was posted by what leads no further than its list."""
    act = (texts.getlist(ACT) or [""])[-1]
    return bool(posted_row(texts)) and not act.startswith(LEAVES)


def within(row: RowPage, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems of one row."""
    return tuple(p for p in problems if row.holds(".".join(p.pointer.split("/")[1:])))


def pressed(
    form: Form, page: Page, answers: Answers, texts: Texts, *, stays: bool
) -> RowPage | None:
    """Return the row to show after a page was kept, None where it is the page itself.

    ``rows:NAME:edit:NUMBER`` opens a row, ``rows:NAME:add`` the new one; a row's own page
    ``stays`` while something is to be done there, unless ``rows:NAME:list`` leads back.
    """
    act = (texts.getlist(ACT) or [""])[-1]
    open_now = named(form, page, answers, posted_row(texts))
    if act == "redraw":
        return open_now
    for rows in by_page(form.questions[name] for name in page.questions):
        listed = at(answers, rows.name)
        count = len(listed) if isinstance(listed, list) else 0
        if act == f"rows:{rows.name}:add" and count:
            return RowPage(rows, count - 1)
        edit = re.fullmatch(re.escape(f"rows:{rows.name}:edit:") + "([0-9]{1,4})", act)
        if edit is not None and int(edit[1]) < count:
            return RowPage(rows, int(edit[1]))
    leaves = act.startswith(("rows:", *LEAVES))
    return open_now if stays and not leaves else None
