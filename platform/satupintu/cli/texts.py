"""``satupintu texts``: which sentences of the product a language does not say yet."""

from __future__ import annotations

import json
from itertools import chain
from typing import TYPE_CHECKING

import click

from satupintu import catalogues, words
from satupintu.cli._language import short_language_option
from satupintu.words import DEFAULT, say

if TYPE_CHECKING:
    from satupintu.errors import Problem


@click.command()
@click.option("--language", "only", help="Look at this language only.")
@click.option("--accept", is_flag=True, help="Note the sentences as translations of today's.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for each line.")
@short_language_option
@click.pass_context
def command(
    context: click.Context, only: str | None, accept: bool, as_json: bool, lang: str | None
) -> None:
    """List what languages lack: sentences missing, outdated, unknown, or not to be filled.

    Further languages are folders in SATUPINTU_TEXTS. A sentence is outdated where the Indonesian
    one changed since --accept noted what it translates. Ends with 1 where one is missing or can't
    be filled, with 2 where there is no such language.

    \b
    Contoh / example:
      SATUPINTU_TEXTS=bahasa satupintu texts --language jv
    """
    language = lang or DEFAULT
    if only is not None and only not in words.languages():
        known = ", ".join(words.languages())
        params = {"language": only, "known": known}
        click.echo(say("texts.no_language", language, **params), err=True)
        context.exit(2)
    further = [x for x in words.languages() if x not in words.LANGUAGES and only in (None, x)]
    if accept:
        for one in further:
            count = catalogues.accept(one)
            click.echo(say("texts.accepted", language, language=one, count=count), err=True)
    shipped = [x for x in words.LANGUAGES if x != DEFAULT and only in (None, x)]
    found = list(
        chain(
            *(catalogues.of_shipped(one) for one in shipped),
            *(catalogues.of_catalogue(one) for one in further),
        )
    )
    for problem in found:
        said = f"{problem.file}: {problem.sentence(language)}"
        click.echo(_json(problem, language) if as_json else said)
    context.exit(1 if any(problem.level == "error" for problem in found) else 0)


def _json(problem: Problem, language: str) -> str:
    found = {"code": problem.key, "file": problem.file, **problem.params, "level": problem.level}
    return json.dumps({**found, "message": problem.sentence(language)}, ensure_ascii=False)
