"""``satupintu approve``: a second person lets a version come into force, or come back."""

from __future__ import annotations

from contextlib import closing

import click

from satupintu.cli._account import account_option, acting
from satupintu.cli._language import language_option
from satupintu.config import Settings


@click.command()
@click.argument("version", metavar="HASH")
@account_option
@click.option(
    "--from", "start", required=True, help="now, or a day and hour: 2026-12-01T08:00, not past."
)
@click.option("--reason", required=True, help="Why: kept with the version.")
@language_option
def command(version: str, login: str, start: str, reason: str, lang: str | None) -> None:
    """Approve the version that begins with HASH, or put an older one in force again.

    Gates that were not tried with what will be in force then are tried first. Nobody approves what
    they wrote or submitted. Prints the version's hash, its state and its first moment.

    \b
    Contoh / example:
      satupintu approve 3f9a12c4 --as pemilik.kebijakan --from 2026-12-01 --reason "Rapat"
    """
    from satupintu.actions import gates, lifecycle, versions
    from satupintu.actions.platform import Platform
    from satupintu.cli import _versions

    with closing(Platform.open(Settings.read())) as platform, acting(platform, login, lang) as who:
        found = versions.find(platform, who, version).hash
        moment = _versions.moment(platform, start)
        opened = versions.read(platform, who, found, moment)
        if not all(s.passed for s in opened.standings if s.gate != "impact"):
            gates.run(platform, who, found, at=moment)
        _versions.look(platform, who, found, moment, lang)
        opened = versions.read(platform, who, found, moment)
        _versions.tell_gates(opened.standings, lang)
        again = opened.seen.state in ("approved", "superseded", "withdrawn")
        step = lifecycle.publish if again else lifecycle.approve
        _versions.tell(step(platform, who, found, reason, moment), lang)
