"""The option ``--lang`` of every command that speaks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from satupintu.words import languages

F = TypeVar("F", bound=Callable[..., Any])

_CHOSEN = "satupintu.language"


def language_option(command: F) -> F:
    """Add ``--lang``, ``--language`` in full; the command gets ``lang``, None where sentences stand
    in both languages.
    """
    return _option(command, "--lang", "--language")


def short_language_option(command: F) -> F:
    """Add ``--lang`` alone, to a command of which ``--language`` asks something else."""
    return _option(command, "--lang")


def _option(command: F, *names: str) -> F:
    def remember(ctx: click.Context, _: click.Parameter, value: str | None) -> str | None:
        ctx.meta[_CHOSEN] = value
        return value

    return click.option(
        *names,
        "lang",
        type=click.Choice(languages()),
        callback=remember,
        is_eager=True,
        help="Language of sentences; both where not given.",
    )(command)


def chosen(ctx: click.Context) -> str | None:
    """Return the language that the running command was asked for, None for both."""
    language: str | None = ctx.meta.get(_CHOSEN)
    return language
