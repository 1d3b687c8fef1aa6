"""``satupintu prove``: what a rule set claims, proved of every case that its form accepts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from satupintu.cli._language import language_option
from satupintu.cli._progress import progress
from satupintu.config import Settings
from satupintu.words import DEFAULT, say

if TYPE_CHECKING:
    from satupintu.forms.document import Form
    from satupintu.rules.document import RuleSet
    from satupintu.rules.readings.prove.telling import Teller

SECONDS = 60.0


@click.command()
@click.option("--rules", required=True, type=click.Path(path_type=Path), help="The rule set.")
@click.option(
    "--form",
    "form_file",
    type=click.Path(path_type=Path),
    help="Its form; found in the content folder where not given.",
)
@click.option("--seconds", default=SECONDS, show_default=True, help="Time for the whole proof.")
@click.option("--mutants", is_flag=True, help="Judge each rule left out, each deadline doubled.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@language_option
@click.pass_context
def command(
    context: click.Context,
    rules: Path,
    form_file: Path | None,
    seconds: float,
    mutants: bool,
    as_json: bool,
    lang: str | None,
) -> None:
    """Prove the guarantees of a rule set over every case that its form accepts.

    Tells also which rules can never fire, which change no decision, and whether a case reaches no
    agency. With --mutants it tells instead which mistake neither a guarantee nor an example would
    notice. Works on files alone. Ends with 0 where every guarantee is proved and every case reaches
    an agency, with 1 where not, with 2 where a document cannot be used.

    \b
    Contoh / example:
      satupintu prove --rules rules/rujukan.json --lang en
      satupintu prove --rules rules/rujukan.json --json --seconds 10
    """
    from satupintu.actions.folder import named
    from satupintu.rules.readings.prove import prove
    from satupintu.rules.readings.prove.telling import Teller

    ruleset, form = documents(rules, form_file)
    teller = Teller(ruleset, form, lang or DEFAULT)
    with named(rules):
        if mutants:
            context.exit(_mutants(teller, as_json))
        with progress() as told:
            report = prove(ruleset, form, seconds=seconds, progress=told)
    if as_json:
        click.echo(json.dumps(report.to_json(), ensure_ascii=False, indent=2))
    else:
        for line in teller.lines(report):
            click.echo(line)
        proved = sum(verdict.verdict == "proved" for verdict in report.guarantees)
        spent = {"seconds": round(report.ms / 1000, 2), "count": len(report.guarantees)}
        click.echo(say("prove.summary", teller.language, proved=proved, **spent))
    context.exit(0 if report.holds else 1)


def _mutants(teller: Teller, as_json: bool) -> int:
    from satupintu.rules.readings.prove.mutants import judge, share

    with progress() as told:
        judged = judge(teller.ruleset, teller.form, told)
    if as_json:
        found = {"mutants": [j.to_json() for j in judged], "caught": round(share(judged), 4)}
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        for line in teller.mutants(judged):
            click.echo(line)
        harmful = sum(one.caught != "harmless" for one in judged)
        percent = round(100 * share(judged))
        click.echo(say("prove.mutants_summary", teller.language, share=percent, count=harmful))
    return 0 if share(judged) == 1 else 1


def documents(rules: Path, form_file: Path | None) -> tuple[RuleSet, Form]:
    """Return a rule set and its form from files. Raises BadDocument.

    Where the content folder knows every agency that the rules refer to, a guarantee may not speak
    of one that it does not know: it would be about nobody.
    """
    from satupintu.actions.folder import File, Folder, named
    from satupintu.forms import reading as form_reading
    from satupintu.rules import reading as rule_reading

    folder, file = Folder.around(rules, Settings.read().content), File.read(rules)
    if form_file is None:
        ruleset = folder.rule_set(file)
        form = folder.form(ruleset.form)
    else:
        with named(form_file):
            form = form_reading.read(File.read(form_file).document)
        with named(rules):
            ruleset = rule_reading.read(file.document, form.facts)
    agencies = folder.agencies
    referred = {outcome.agency for rule in ruleset.rules for outcome in rule.refer}
    if agencies is not None and referred <= agencies.keys():
        with named(rules):
            rule_reading.read(file.document, form.facts, agencies.services())
    return ruleset, form
