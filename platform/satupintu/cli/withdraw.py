"""``satupintu withdraw``: a version goes out of force, and what was in force before comes back."""

from __future__ import annotations

from contextlib import closing

import click

from satupintu.cli._account import account_option, acting
from satupintu.cli._language import language_option
from satupintu.config import Settings


@click.command()
@click.argument("version", metavar="HASH")
@account_option
@click.option("--reason", required=True, help="Why: kept with the version.")
@language_option
def command(version: str, login: str, reason: str, lang: str | None) -> None:
    """Withdraw the version that begins with HASH, in force now or approved for later.

    What was in force before comes back at once. Refused where nothing would be left.

    \b
    Contoh / example:
      satupintu withdraw 3f9a12c4 --as pemilik.kebijakan --reason "Salah batas waktu"
    """
    from satupintu.actions import lifecycle, versions
    from satupintu.actions.platform import Platform
    from satupintu.cli import _versions

    with closing(Platform.open(Settings.read())) as platform, acting(platform, login, lang) as who:
        found = versions.find(platform, who, version).hash
        _versions.tell(lifecycle.withdraw(platform, who, found, reason), lang)
