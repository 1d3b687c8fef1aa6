"""``satupintu form migrate``: what a newer version of a form makes of answers to an older one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import click

from satupintu.cli import _lines
from satupintu.cli._language import language_option
from satupintu.words import DEFAULT, say

if TYPE_CHECKING:
    from satupintu.documents import Json
    from satupintu.errors import Problem
    from satupintu.forms.document import Form
    from satupintu.forms.migrating import Migrated
    from satupintu.forms.migrating.counting import Counted

MOST_LINES = 50
"""Lines of answers that are told one by one to a person; ``--json`` has all of them."""


@click.command("migrate")
@click.option(
    "--from", "older", required=True, type=click.Path(path_type=Path), help="The older version."
)
@click.option(
    "--to", "newer", required=True, type=click.Path(path_type=Path), help="The newer version."
)
@click.option(
    "--through",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A version between them, the oldest first; may be given several times.",
)
@click.option(
    "--answers",
    help="Answers to the older version, a JSON object on each line: a file, or - for stdin.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, answers included.")
@language_option
@click.pass_context
def migrate(
    context: click.Context, older: Path, newer: Path, through: tuple[Path, ...],
    answers: str | None, as_json: bool, lang: str | None,
) -> None:  # fmt: skip
    """Say what becomes of answers to an older version of a form under a newer one.

    Reads x-form.migrations of the newer version. Without --answers, says what its steps do and what
    they leave untold. With them, says how many fit and why the others do not, line by line. Works
    on files alone and changes none. Ends with 0 where everything fits and is told, with 1 where
    not, with 2 where a form, a step or the file of answers cannot be used.

    \b
    Contoh / example:
      satupintu form migrate --from v1.json --to v2.json --answers answers.jsonl --lang en
      satupintu form migrate --from v1.json --through v2.json --to v3.json --json
    """
    language = lang or DEFAULT
    from satupintu.actions.folder import File, Folder
    from satupintu.forms.migrating import migrate_along
    from satupintu.forms.migrating.counting import Counting
    from satupintu.forms.migrating.way import way

    files = [File.read(path) for path in (older, *through, newer)]
    forms = [Folder.form_in(file) for file in files]
    between = {form.hash: form for form in forms[1:-1]}
    stations = way(forms[0], forms[-1], list(between), between.__getitem__)
    doubts = tuple(
        _doubts(stations, {f.hash: str(p.path) for f, p in zip(forms, files, strict=True)})
    )
    done: list[tuple[int, Migrated]] = []
    counting = Counting(forms[-1])
    for line, value in () if answers is None else _lines.read(answers):
        migrated = migrate_along(stations, value)
        counting.add(forms[0], migrated)
        done.append((line, migrated))
    counted = counting.counted()
    tried = _Tried(stations, doubts, counted, done, answers is not None)
    if as_json:
        click.echo(json.dumps(_json(tried, language), ensure_ascii=False, indent=2))
    else:
        for text in _text(tried, language):
            click.echo(text)
    context.exit(1 if doubts or counted.unfit else 0)


@dataclass(frozen=True)
class _Tried:
    """What came of trying a migration; ``asked`` is whether any answers were given."""

    stations: tuple[Form, ...]
    doubts: tuple[Problem, ...]
    counted: Counted
    done: list[tuple[int, Migrated]]
    asked: bool


def _doubts(stations: tuple[Form, ...], names: dict[str, str]) -> Iterator[Problem]:
    """Yield what deserves a look on the way. Raises BadDocument where a step cannot be used."""
    from satupintu.errors import BadDocument
    from satupintu.forms.migrating.comparing import problems

    for older, newer in pairwise(stations):
        found = [problem.within(names[newer.hash]) for problem in problems(older, newer)]
        BadDocument.raise_if(found)
        yield from found


def _text(tried: _Tried, language: str) -> Iterator[str]:
    yield from _steps(tried.stations, language)
    for problem in tried.doubts:
        yield f"{problem.place()}: {problem.sentence(language)}"
    if not tried.asked:
        return
    yield say("migrating.counted", language, count=tried.counted.looked, fit=tried.counted.fit)
    for one in tried.counted.lines:
        yield f"  {one.count} × {one.question}: {one.sentence(language)}"
    unfit = [(line, migrated) for line, migrated in tried.done if not migrated.fits]
    for line, migrated in unfit[:MOST_LINES]:
        for pointer, sentence in _why(migrated, tried.stations[-1], language):
            yield say("migrating.line", language, line=line, pointer=pointer, sentence=sentence)
    if len(unfit) > MOST_LINES:
        yield say("migrating.more_lines", language, count=len(unfit) - MOST_LINES)


def _steps(stations: tuple[Form, ...], language: str) -> Iterator[str]:
    from satupintu.forms.migrating.document import from_version
    from satupintu.forms.migrating.telling import step_sentence

    told = False
    for older, newer in pairwise(stations):
        migration = from_version(newer, older.hash)
        for step in migration.steps if migration is not None else ():
            told = True
            yield step_sentence(step, older, newer, language)
    if not told:
        yield say("migrating.no_steps", language)


def _why(migrated: Migrated, newer: Form, language: str) -> Iterator[tuple[str, str]]:
    from satupintu.forms.migrating.telling import fate_sentence

    for fate in migrated.unfit:
        yield fate.pointer, fate_sentence(fate, newer, language)
    for problem in migrated.problems:
        yield problem.pointer, problem.sentence(language)


def _json(tried: _Tried, language: str) -> Json:
    from satupintu.documents import pointer
    from satupintu.forms.migrating.telling import fate_sentence

    newer = tried.stations[-1]
    told: dict[str, Json] = {
        "from": tried.stations[0].hash,
        "to": newer.hash,
        "steps": list(_steps(tried.stations, language)),
        "doubts": [
            {"code": p.key, "pointer": p.pointer, "message": p.sentence(language)}
            for p in tried.doubts
        ],
    }
    if not tried.asked:
        return told
    lines = [
        {
            "line": line,
            "fits": migrated.fits,
            "answers": migrated.answers,
            "became": [
                {
                    "pointer": fate.pointer,
                    "how": fate.how,
                    "to": [pointer(place) for place in fate.to],
                    "message": fate_sentence(fate, newer, language),
                }
                for fate in migrated.fates
                if fate.how != "kept"
            ],
            "problems": [
                {"pointer": p.pointer, "message": p.sentence(language)} for p in migrated.problems
            ],
        }
        for line, migrated in tried.done
    ]
    return {**told, **tried.counted.to_json(language), "lines": lines}
