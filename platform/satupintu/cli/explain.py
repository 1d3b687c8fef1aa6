"""``satupintu explain``: why an agency receives a case, or why not and what would change that."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from satupintu.cli import _facts
from satupintu.cli._language import language_option
from satupintu.config import Settings
from satupintu.words import DEFAULT

if TYPE_CHECKING:
    from satupintu.actions.explaining import Explained


@click.command()
@click.option("--rules", required=True, type=click.Path(path_type=Path), help="The rule set.")
@click.option("--facts", required=True, help="A JSON object of facts: a file, or - for stdin.")
@click.option(
    "--agency", help="Only this agency, by its code; all of the decision where not given."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@language_option
def command(rules: Path, facts: str, agency: str | None, as_json: bool, lang: str | None) -> None:
    """Explain a decision in words, with the values of the case in them.

    With --agency: why it receives the case, or what its rules missed and the smallest change of
    answers that would have led there. Works on files alone; form, agencies and legal basis are
    found in the content folder. Ends with 0, or with 2 where the rule set cannot be used, its form
    does not accept the facts, or nothing knows the agency.

    \b
    Contoh / example:
      satupintu explain --rules rules/rujukan.json --facts facts.json --lang en
      echo '{"FACT": 9}' | satupintu explain --rules rules/rujukan.json --facts - --json
    """
    explained = _explained(rules, facts, lang or DEFAULT)
    if as_json:
        found = explained.whole_json() if agency is None else explained.agency_json(agency)
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for line in explained.whole() if agency is None else explained.agency(agency):
        click.echo(line)


def _explained(rules: Path, facts: str, language: str) -> Explained:
    from satupintu.actions.explaining import explained
    from satupintu.actions.folder import File, Folder

    folder = Folder.around(rules, Settings.read().content)
    ruleset = folder.rule_set(File.read(rules))
    known = _facts.read(facts, folder.form(ruleset.form).facts)
    return explained(folder, ruleset, known, language)
