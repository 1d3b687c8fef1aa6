"""``satupintu replay``: what a new version of a rule set would have done to many cases."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from satupintu.cli import prove as proving
from satupintu.cli._account import acting
from satupintu.cli._language import language_option
from satupintu.cli._progress import progress
from satupintu.config import Settings
from satupintu.errors import BadDocument, Problem
from satupintu.words import DEFAULT, say

if TYPE_CHECKING:
    from satupintu.agencies.directory import Agency
    from satupintu.forms.document import Form
    from satupintu.rules.document import RuleSet
    from satupintu.rules.readings.replay.impact import Impact
    from satupintu.rules.readings.replay.progress import Progress

STORE = "store"
INTERRUPTED = 130


@click.command()
@click.option("--rules", required=True, type=click.Path(path_type=Path), help="The new rule set.")
@click.option("--against", required=True, type=click.Path(path_type=Path), help="The old one.")
@click.option(
    "--cases",
    required=True,
    help="synthetic:N, a Parquet file, a URL of SQLAlchemy (#TABLE), or store.",
)
@click.option("--as", "login", help="Of store: log-in name of who looks; asks for the password.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@language_option
@click.pass_context
def command(
    context: click.Context,
    rules: Path,
    against: Path,
    cases: str,
    login: str | None,
    as_json: bool,
    lang: str | None,
) -> None:
    """Replay two rule sets over many cases: who would have been helped otherwise.

    Tells by agency how many cases before and after, which change and how, which deadlines shorten
    or lengthen, and the load by week. Made-up cases are drawn as their form accepts them and need
    files alone; store opens the cases of the last year in memory only, and shows none of them.
    Ends with 0, or with 2 where a document or the cases cannot be used.

    \b
    Contoh / example:
      satupintu replay --rules draft.json --against rules/rujukan.json --cases synthetic:1000000
      satupintu replay --rules draft.json --against rules/rujukan.json --cases facts.parquet --json
    """
    from satupintu.rules.readings.replay.telling import lines

    language = lang or DEFAULT
    new, form = proving.documents(rules, None)
    old, _ = proving.documents(against, None)
    if new.form != old.form:
        raise BadDocument(Problem("replay.forms_differ", {"new": new.form, "old": old.form}))
    began = time.perf_counter()
    try:
        with progress() as told:
            if cases == STORE:
                found = _over_store(old, new, form, login, lang, told)
            else:
                found = _over(cases, old, new, form, told)
    except KeyboardInterrupt:
        click.echo(say("replay.stopped", language), err=True)
        context.exit(INTERRUPTED)
    seconds = round(time.perf_counter() - began, 2)
    if as_json:
        click.echo(json.dumps(found.to_json() | {"seconds": seconds}, ensure_ascii=False, indent=2))
        return
    for line in lines(found, _names(rules, new, old, language), language):
        click.echo(line)
    click.echo(say("replay.done", language, cases=found.cases, seconds=seconds), err=True)


def _over(cases: str, old: RuleSet, new: RuleSet, form: Form, told: Progress) -> Impact:
    from satupintu.rules.readings.replay import cases as sources
    from satupintu.rules.readings.replay.impact import impact, read_by

    with sources.opened(cases, form, read_by(old, new), told) as (engine, table):
        return impact(old, new, engine, table, told)


def _over_store(
    old: RuleSet, new: RuleSet, form: Form, login: str | None, lang: str | None, told: Progress
) -> Impact:
    from satupintu.actions import impact
    from satupintu.actions.platform import Platform

    if login is None:
        raise click.UsageError("--cases store needs --as LOGIN")
    with (
        closing(Platform.open(Settings.read())) as platform,
        acting(platform, login, lang) as who,
    ):
        return impact.replay(platform, who, old, new, form, told)


def _names(rules: Path, new: RuleSet, old: RuleSet, language: str) -> dict[str, str]:
    from satupintu.actions.folder import Folder

    agencies: Mapping[str, Agency] = Folder.around(rules, Settings.read().content).agencies or {}
    names = {flag: one.title[language] for flag, one in {**old.flags, **new.flags}.items()}
    for code, agency in agencies.items():
        names[code] = agency.name[language]
        names |= {f"{code}:{s}": title[language] for s, title in agency.services.items()}
    return names
