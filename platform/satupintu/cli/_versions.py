"""What the commands about document versions share: a moment, how gates and steps are told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import click

from satupintu import clock
from satupintu.actions import looking
from satupintu.actions.gates import Standing
from satupintu.actions.lifecycle import Taken
from satupintu.actions.platform import Platform
from satupintu.errors import BadAnswers, Problem
from satupintu.people.actor import Actor
from satupintu.words import DEFAULT, say

NOW = "now"


def moment(platform: Platform, text: str) -> datetime | None:
    """Return the moment that ``--from`` names, on the service's clock; None for now. BadAnswers."""
    if text == NOW:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError as e:
        raise BadAnswers(Problem("versions.no_moment")) from e
    if found.tzinfo is not None:
        return found
    return found.replace(tzinfo=platform.content.live(clock.now()).service().zone)


def tell_gates(standings: Iterable[Standing], lang: str | None) -> None:
    """Write how a version stands at each gate to stderr, with what stands in the way."""
    language = lang or DEFAULT
    for standing in standings:
        name = say(f"versions.gate_{standing.gate}", language)
        key = "passed" if standing.passed else "shut" if standing.report else "untried"
        click.echo(f"{say(f'versions.{key}', language)}: {name}", err=True)
        for problem in standing.open:
            click.echo(f"    {problem.place()} {problem.sentence(language)}".rstrip(), err=True)


def look(
    platform: Platform, who: Actor, version: str, at: datetime | None, lang: str | None
) -> None:
    """Write the impact of a version to stderr, and keep that this person had it before them."""
    found = looking.of_version(platform, who, version, at)
    if found is None:
        return
    language = lang or DEFAULT
    click.echo(say("versions.cases_changed", language, count=found.changed), err=True)
    for code, one in sorted(found.agencies.items()):
        parts = f"{code}: {one.before} -> {one.after}"
        moved = [(one.sooner, "sooner"), (one.later, "later")]
        said = [say(f"versions.{key}", language, count=count) for count, key in moved if count]
        click.echo(f"    {', '.join([parts, *said])}", err=True)
    looking.look(platform, who, version, found, at)


def tell(taken: Taken, lang: str | None) -> None:
    """Print the version, the state it is in now, and from when it is in force."""
    language = lang or DEFAULT
    parts = [taken.version.hash, say(f"versions.state_{taken.state}", language)]
    if taken.in_force_from is not None:
        parts.append(taken.in_force_from.isoformat(timespec="minutes"))
    click.echo("  ".join(parts))
