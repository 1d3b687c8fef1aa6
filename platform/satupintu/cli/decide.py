"""``satupintu decide``: what a rule set says about one set of facts."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import click

from satupintu import documents
from satupintu.cli import _facts
from satupintu.cli._language import language_option
from satupintu.config import Settings
from satupintu.words import DEFAULT

SAID_OF_SERVICE = ("service", "within_hours", "rules")
"""Urgency and consent are the agency's: the highest and the strictest of its services."""


@click.command()
@click.option("--rules", required=True, type=click.Path(path_type=Path), help="The rule set.")
@click.option("--facts", required=True, help="A JSON object of facts: a file, or - for stdin.")
@language_option
@click.pass_context
def command(context: click.Context, rules: Path, facts: str, lang: str | None) -> None:
    """Decide one case and print the decision as one JSON object.

    Works on files alone; the rule set's form is found in the content folder. Ends with 0, with 1
    where the engine and its twin differ or the engine failed ("agrees" is then false), with 2
    where the rule set cannot be used or its form does not accept the facts.

    \b
    Contoh / example:
      satupintu decide --rules rules/rujukan.json --facts facts.json
      echo '{"FACT": 9}' | satupintu decide --rules rules/rujukan.json --facts - --lang en
    """
    from satupintu.actions.folder import File, Folder
    from satupintu.rules.live import Live
    from satupintu.rules.readings.execute.guarded import GuardedEngine

    folder = Folder.around(rules, Settings.read().content)
    ruleset = folder.rule_set(File.read(rules))
    known = _facts.read(facts, folder.form(ruleset.form).facts)
    with closing(Live(ruleset, GuardedEngine(ruleset))) as live:
        verdict = live.decide(known)
    click.echo(json.dumps(_printed(verdict.to_json()), ensure_ascii=False, indent=2))
    if verdict.problem is not None:
        click.echo(verdict.problem.sentence(lang or DEFAULT), err=True)
    context.exit(0 if verdict.agrees else 1)


def _printed(verdict: dict[str, documents.Json]) -> dict[str, documents.Json]:
    for agency in verdict["referrals"]:
        agency["services"] = [{k: s[k] for k in SAID_OF_SERVICE} for s in agency["services"]]
    return verdict
