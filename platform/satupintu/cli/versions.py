"""``satupintu versions``: every document version, its state and when it is in force."""

from __future__ import annotations

import json
from contextlib import closing
from typing import TYPE_CHECKING, Any

import click

from satupintu.cli._account import account_option, acting
from satupintu.cli._language import language_option
from satupintu.config import Settings
from satupintu.words import DEFAULT, say

if TYPE_CHECKING:
    from satupintu.actions.versions import Seen

KINDS = ("legal_basis", "agencies", "form", "rule_set", "service")


@click.command()
@click.option("--kind", type=click.Choice(KINDS), help="Only documents of this kind.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@account_option
@language_option
def command(kind: Any, as_json: bool, login: str, lang: str | None) -> None:
    """List every version by document, the newest first: hash, state, when it is in force.

    \b
    Contoh / example:
      satupintu versions --as auditor --kind rule_set --json
    """
    from satupintu.actions import versions
    from satupintu.actions.platform import Platform

    with closing(Platform.open(Settings.read())) as platform, acting(platform, login, lang) as who:
        found = versions.listed(platform, who, kind)
    if as_json:
        click.echo(json.dumps([_as_json(one) for one in found], ensure_ascii=False, indent=2))
        return
    for one in found:
        state = say(f"versions.state_{one.state}", lang or DEFAULT)
        spans = ", ".join(f"{s['from']} - {s['until'] or ''}".rstrip() for s in _spans(one))
        version = one.version
        parts = (version.hash[:12], version.kind, version.document_id, str(one.number), state)
        click.echo("\t".join((*parts, spans)))


def _as_json(one: Seen) -> dict[str, Any]:
    return {
        "kind": one.version.kind,
        "id": one.version.document_id,
        "hash": one.version.hash,
        "number": one.number,
        "state": one.state,
        "in_force": _spans(one),
        "kept_at": one.version.imported_at.isoformat(timespec="seconds"),
    }


def _spans(one: Seen) -> list[dict[str, str | None]]:
    return [
        {
            "from": span.start.isoformat(timespec="seconds"),
            "until": span.until.isoformat(timespec="seconds") if span.until else None,
        }
        for span in one.spans
    ]
