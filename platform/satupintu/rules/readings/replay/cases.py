"""Where cases come from: made up, a Parquet file, or a table that a URL leads to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import BigInteger, Boolean, Date, FromClause
from sqlalchemy.types import TypeEngine

from satupintu.conditions.types import FactTypes
from satupintu.conditions.values import Facts
from satupintu.errors import BadDocument, Problem
from satupintu.forms.document import Form
from satupintu.rules.readings.replay import synthetic
from satupintu.rules.readings.replay.engines import Duck, Engine, reached
from satupintu.rules.readings.replay.layout import TABLE, Layout, OneOf
from satupintu.rules.readings.replay.progress import Progress, untold

SYNTHETIC = "synthetic:"
FORM = "satupintu.form"
"""The entry in a Parquet file's footer that names the form whose facts it holds."""

Dated = tuple[date, Facts]
"""The Monday of the week a case was assessed in, and its facts."""

_KINDS: Mapping[type[TypeEngine[Any]], frozenset[str]] = {
    BigInteger: frozenset({"BIGINT", "INTEGER", "SMALLINT", "TINYINT", "UINTEGER", "USMALLINT"}),
    Boolean: frozenset({"BOOLEAN"}),
    Date: frozenset({"DATE"}),
    OneOf: frozenset({"VARCHAR"}),
}
"""What a Parquet column may be for each type of ours, as DuckDB names it."""


@contextmanager
def opened(
    source: str,
    form: Form,
    types: FactTypes,
    progress: Progress = untold,
) -> Iterator[tuple[Engine, FromClause]]:
    """Open cases that have the facts of ``types``; ``source`` is as ``satupintu replay`` takes it.

    ``synthetic:N``, the path of a Parquet file, or a URL of SQLAlchemy, with ``#TABLE`` where the
    table is not called ``facts``. Raises BadDocument, Unavailable.
    """
    layout = Layout(types)
    if source.startswith(SYNTHETIC):
        with closing(Duck()) as engine:
            yield engine, synthetic.draw(form, _count(source), engine, progress=progress)
    elif "://" in source:
        url, _, name = source.partition("#")
        with reached(url) as engine_there:
            name = name or TABLE
            _has_all(layout, dict.fromkeys(engine_there.columns(name)), f"#{name}")
            yield engine_there, layout.table(name)
    else:
        with closing(Duck()) as engine:
            columns, about = engine.open_parquet(TABLE, Path(source))
            if about.get(FORM) != form.id:
                named = {"form": form.id, "other": about.get(FORM, "?")}
                raise BadDocument(Problem("replay.other_form", named, file=source))
            _has_all(layout, columns, source)
            yield engine, layout.table()


@contextmanager
def held(types: FactTypes, cases: Iterable[Dated]) -> Iterator[tuple[Engine, FromClause]]:
    """Hold cases in memory, and nowhere else."""
    with closing(Duck()) as engine:
        yield engine, _loaded(engine, types, cases)


def write(path: Path, form: Form, types: FactTypes, cases: Iterable[Dated]) -> None:
    """Write cases as a Parquet file that ``opened`` reads."""
    with closing(Duck()) as engine:
        _loaded(engine, types, cases)
        engine.write(TABLE, path, {FORM: form.id})


def _loaded(engine: Duck, types: FactTypes, cases: Iterable[Dated]) -> FromClause:
    layout = Layout(types)
    table = layout.table()
    engine.create(table, (layout.record(n, *case) for n, case in enumerate(cases)))
    return table


def _count(source: str) -> int:
    text = source.removeprefix(SYNTHETIC).replace("_", "")
    count = int(text) if text.isascii() and text.isdigit() and len(text) < 12 else 0
    if not 1 <= count <= synthetic.MAX_CASES:
        raise BadDocument(Problem("replay.bad_count", {"limit": synthetic.MAX_CASES}))
    return count


def _has_all(layout: Layout, columns: Mapping[str, str | None], place: str) -> None:
    """Raise BadDocument where a column is missing or of another type."""
    if not columns:
        raise BadDocument(Problem("replay.no_table", {"table": place.removeprefix("#")}))
    missing = [name for name in layout.columns if name not in columns]
    if missing:
        named = {"columns": ", ".join(missing[:10]), "count": len(missing)}
        raise BadDocument(Problem("replay.missing_columns", named, file=place))
    for name, kind in layout.columns.items():
        found = columns[name]
        if found is not None and found not in _KINDS[type(kind)]:
            wrong = {"column": name, "found": found, "wanted": sorted(_KINDS[type(kind)])[0]}
            raise BadDocument(Problem("replay.wrong_type", wrong, file=place))
