"""``satupintu test``: the examples of a rule set, decided as a live case would be."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import click

from satupintu import words
from satupintu.cli._language import language_option
from satupintu.config import Settings
from satupintu.words import DEFAULT, say


@click.command()
@click.argument("ruleset", type=click.Path(path_type=Path))
@language_option
@click.pass_context
def command(context: click.Context, ruleset: Path, lang: str | None) -> None:
    """Run the examples of RULESET through the live engine and its index-based twin.

    Prints each example and, where it was decided otherwise than expected, every difference. Ends
    with 0 where all are as expected, 1 where one is not, 2 where the rule set cannot be used.

    \b
    Contoh / example:
      satupintu test rules/rujukan.json --lang en
    """
    from satupintu.actions.folder import File, Folder
    from satupintu.conditions.values import Facts
    from satupintu.rules import examples
    from satupintu.rules.decision import Decision
    from satupintu.rules.live import Live, Verdict
    from satupintu.rules.readings.execute.guarded import GuardedEngine

    language = lang or DEFAULT
    rules = Folder.around(ruleset, Settings.read().content).rule_set(File.read(ruleset))
    verdicts: list[Verdict] = []

    def decide(facts: Facts) -> Decision:
        verdicts.append(live.decide(facts))
        return verdicts[-1].decision

    with closing(Live(rules, GuardedEngine(rules))) as live:
        results = examples.run(rules, decide)
    passed = 0
    for result, verdict in zip(results, verdicts, strict=True):
        example, good = result.example, result.passed and verdict.agrees
        passed += good
        said = "commands.example_ok" if good else "commands.example_differs"
        click.echo(say(said, language, id=example.id, title=words.pick(example.title, language)))
        trouble = () if verdict.problem is None else (verdict.problem,)
        for difference in (*trouble, *result.differences):
            place = difference.within(str(ruleset)).place()
            click.echo(f"    {place}: {difference.sentence(language)}")
    if not results:
        click.echo(say("commands.no_examples", language))
    else:
        click.echo(say("commands.examples_passed", language, passed=passed, count=len(results)))
    context.exit(0 if passed == len(results) else 1)
