"""``satupintu submit``: a changed document is tried, and a second person is asked to approve it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import click

from satupintu.cli._account import account_option, acting
from satupintu.cli._language import language_option
from satupintu.config import Settings


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@account_option
@click.option("--reason", required=True, help="What changes, and why: kept with the version.")
@language_option
def command(file: Path, login: str, reason: str, lang: str | None) -> None:
    """Keep FILE as a version, run every gate, and submit it for a second person's approval.

    Prints the version's hash and state. What the gates found, and the impact on the cases of the
    last year, go to stderr. Ends with 2 where a gate
    is not passed; the version is kept as a draft then.

    \b
    Contoh / example:
      satupintu submit rules/rujukan.json --as administrator --reason "Batas waktu R08"
    """
    from satupintu.actions import document_drafts, gates, importing, lifecycle, versions
    from satupintu.actions.platform import Platform
    from satupintu.cli import _versions

    (new,) = importing.from_files([file])
    with closing(Platform.open(Settings.read())) as platform, acting(platform, login, lang) as who:
        version = document_drafts.keep_file(platform, who, new).hash
        gates.run(platform, who, version)
        _versions.look(platform, who, version, None, lang)
        _versions.tell_gates(versions.read(platform, who, version).standings, lang)
        _versions.tell(lifecycle.submit(platform, who, version, reason), lang)
