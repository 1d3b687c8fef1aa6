"""Rows that have a page of their own: which one is open, and which one a button opens.

The list and its rows are one page of the form, at one address. A page that shows a single row says
so in a hidden control (``ROW``), so that nothing else on the page is read from it. A row is known
by its control name (``anak.2``, and in a list inside that row ``anak.2.sekolah.0``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from satupintu import words
from satupintu.documents import Json
from satupintu.errors import Problem
from satupintu.forms import questions
from satupintu.forms.document import Form, Page, Question, name_of
from satupintu.forms.facts import Answers
from satupintu.forms.questions import rows_by_page
from satupintu.forms.questions.kinds import ACT, Texts
from satupintu.words import pick

IN_ADDRESS = "baris"
"""In the address of a page: the control name of the row that is open."""

ROW = "~row"
"""The hidden control of a row's page: the row's control name."""


LEAVES = ("goto:", "back", "save", "skip")
"""Buttons that lead away whatever is missing."""


@dataclass(frozen=True)
class RowPage:
    """One row of a repeated group, open on its own; ``answers`` are those of the row."""

    rows: Question
    control: str
    answers: Json = None

    @property
    def listed(self) -> str:
        """Return the control name of the list that it is a row of."""
        return self.control.rpartition(".")[0]

    @property
    def numbers(self) -> tuple[int, ...]:
        """Return the number of each row around it, the outermost first, and its own, from 0."""
        return tuple(int(step) for step in self.control.split(".") if step.isdigit())

    @property
    def number(self) -> int:
        """Return its number in its list, counted from 0."""
        return self.numbers[-1]

    def holds(self, name: str) -> bool:
        """Return whether a control, or the question of a problem, stands in this row."""
        return name == self.control or name.startswith(f"{self.control}.")


def lists(
    among: Iterable[Question], answers: Json, before: str = ""
) -> Iterator[tuple[Question, str, list[Json]]]:
    """Yield every list whose rows have a page of their own, with its control name and its rows:
    those in groups too, and those in the rows of other lists, after what they stand in.
    """
    for question in among:
        value = answers.get(question.key) if isinstance(answers, dict) else None
        control = before + question.key
        if question.is_group:
            yield from lists(question.children, value, f"{control}.")
        elif question.is_rows:
            rows: list[Json] = value if isinstance(value, list) else []
            if questions.of(question.kind).by_page:
                yield question, control, rows
            for number, row in enumerate(rows if _has_pages(question.children) else ()):
                yield from lists(question.children, row, f"{control}.{number}.")


def _has_pages(among: Iterable[Question]) -> bool:
    return any(questions.of(q.kind).by_page or _has_pages(q.children) for q in among)


def _on(form: Form, page: Page) -> Iterator[Question]:
    return (form.questions[name] for name in page.questions)


def rows_of(form: Form, page: Page, answers: Answers) -> Iterator[RowPage]:
    """Yield every row of a page that has a page of its own."""
    for question, control, rows in lists(_on(form, page), answers) if form.has_rows else ():
        for number, row in enumerate(rows):
            yield RowPage(question, f"{control}.{number}", row)


def named(form: Form, page: Page, answers: Answers, control: str) -> RowPage | None:
    """Return the row of a control name, None where there is no such row on this page."""
    return next((row for row in rows_of(form, page, answers) if row.control == control), None)


def rows_around(form: Form, name: str) -> tuple[str, ...]:
    """Return the control names of the rows with a page of their own that a control stands in, the
    outermost first.
    """
    found = []
    question, parts = "", name.split(".")
    for length, part in enumerate(parts):
        if part.isdigit() and question in form.questions:
            by_page = questions.of(form.questions[question].kind).by_page
            if by_page and length + 1 < len(parts):
                found.append(".".join(parts[: length + 1]))
        else:
            question += f".{part}" if question else part
    return tuple(found)


def title(form: Form, row: RowPage, language: str) -> str:
    """Return what a row is called, after the rows that it stands in."""
    parts = row.control.split(".")
    names = (name_of(".".join(parts[:place])) for place, part in enumerate(parts) if part.isdigit())
    return ": ".join(
        words.say(
            "questions.row",
            language,
            title=pick(form.questions[name].title, language),
            number=number + 1,
        )
        for name, number in zip(names, row.numbers, strict=True)
    )


def told(row: RowPage, language: str, zone: ZoneInfo) -> str:
    """Return what a list says of one row."""
    return rows_by_page.told(row.rows, row.answers, language, zone)


def gather(form: Form, sentences: dict[str, list[str]]) -> None:
    """Add, for each such row, what its own page has still to be told."""
    for name, said in list(sentences.items()):
        for row in rows_around(form, name):
            sentences.setdefault(row, []).extend(said)


def unmoved(among: Iterable[Question], answers: Answers, texts: Texts) -> tuple[str, ...]:
    """Return the control names of such lists whose rows, and the rows around them, stand where they
    stood.
    """
    found = re.fullmatch("rows:([^:]+):(?:remove|up|down):.*", (texts.getlist(ACT) or [""])[-1])
    moved = f"{found[1]}." if found is not None else "."
    names = (control for _, control, _ in lists(among, answers))
    return tuple(name for name in names if not f"{name}.".startswith(moved))


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
    ``stays`` while something is to be done there or a button of it changes a list in the row,
    unless ``rows:NAME:list`` leads back: to the row that its list stands in, if that has a page.
    """
    act = (texts.getlist(ACT) or [""])[-1]
    open_now = named(form, page, answers, posted_row(texts))
    if act == "redraw":
        return open_now
    for question, control, rows in lists(_on(form, page), answers):
        edit = re.fullmatch(re.escape(f"rows:{control}:edit:") + "([0-9]{1,4})", act)
        number = len(rows) - 1 if act == f"rows:{control}:add" else int(edit[1]) if edit else -1
        if 0 <= number < len(rows):
            return RowPage(question, f"{control}.{number}", rows[number])
    if open_now is None or act.startswith(LEAVES):
        return None
    name = act.split(":")[1] if act.startswith("rows:") else ""
    if open_now.holds(name) or (stays and not name):
        return open_now
    above = rows_around(form, open_now.listed)
    return named(form, page, answers, above[-1]) if above else None
