"""A filled form as a sheet, of the answers as a page shows them: what is cut there is cut here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby

from satupintu.forms.document import Form
from satupintu.forms.paper.sheet import (
    Block,
    Group,
    Letterhead,
    Mark,
    Section,
    Sheet,
    Table,
    Told,
)
from satupintu.forms.reading_back import Around, Row
from satupintu.forms.reading_back import Section as Answers
from satupintu.words import pick, say

MOST_COLUMNS = 4

SHORT = 60
"""Letters of the longest answer that stands in a table."""

WORD = 14
"""Letters of the longest word that stands in a table."""

DEEPEST = 6


def filled(
    form: Form,
    sections: Iterable[Answers],
    letterhead: Letterhead,
    language: str,
    *,
    at: datetime,
    facts: Sequence[tuple[str, str]] = (),
    running: str = "",
) -> Sheet:
    """Return answers on paper; ``at`` is when, in the service's zone, ``facts`` what it is about.

    ``sections`` are those of ``reading_back``: of the answers that its reader may see.
    """
    title = pick(form.title, language)
    return Sheet(
        language=language,
        title=title,
        kind=say("paper.filled", language),
        letterhead=letterhead,
        about="",
        facts=tuple(facts),
        notes=(),
        sections=tuple(
            Section(one.title, "", tuple(_blocks(asked, 3, language)))
            for one in sections
            if (asked := tuple(row for row in one.rows if row.asked))
        ),
        running=running or title,
        warning=say("paper.secret", language),
        version=say("paper.version", language, form=form.id, version=form.hash[:8]),
        page_of=say("paper.page_of", language),
        unprintable=say("paper.unprintable", language),
        at=at,
    )


def _blocks(rows: Sequence[Row], level: int, language: str) -> Iterator[Block]:
    """Yield answers in order, those of a group or of a row under its title."""
    for repeated, members in groupby(rows, key=_repeated):
        here = tuple(members)
        table = _table(here, language) if repeated is not None else None
        if table is not None and repeated is not None:
            yield Group(repeated, "", level, None, (table,))
            continue
        for around, inside in groupby(here, key=lambda r: r.within[:1]):
            if not around:
                yield from (_told(row, language) for row in inside)
                continue
            below = tuple(row.inside() for row in inside)
            yield Group(
                around[0].title,
                "",
                level,
                None,
                tuple(_blocks(below, min(level + 1, DEEPEST), language)),
            )


def _repeated(row: Row) -> str | None:
    """Return the title of the repeated group that a row stands directly in."""
    first = row.within[0] if row.within else None
    return first.of if first is not None and first.number is not None else None


def _table(rows: Sequence[Row], language: str) -> Table | None:
    """Return repeated answers as a table, None where they are too many or too long for one."""
    if any(len(row.within) != 1 for row in rows):
        return None
    people: dict[Around, dict[str, Row]] = {}
    for row in rows:
        people.setdefault(row.within[0], {})[row.key] = row
    columns = {row.key: row for row in rows}
    if len(columns) > MOST_COLUMNS or not all(_is_short(_text(row, language)) for row in rows):
        return None
    return Table(
        columns=tuple(row.own for row in columns.values()),
        rows=tuple(
            tuple(_text(one[key], language) if key in one else "" for key in columns)
            for one in people.values()
        ),
        marks=tuple(_mark(row) for row in columns.values()),
    )


def _is_short(text: str) -> bool:
    words = text.split()
    return len(text) <= SHORT and "\n" not in text and all(len(w) <= WORD for w in words)


def _told(row: Row, language: str) -> Told:
    muted = row.masked or bool(row.muted)
    return Told(row.own, _text(row, language), muted, _mark(row))


def _text(row: Row, language: str) -> str:
    return say("paper.masked", language) if row.masked else row.muted or "\n".join(row.lines)


def _mark(row: Row) -> Mark | None:
    return Mark(row.level, row.level_word) if row.level > 1 else None
