"""The command line: one file for each command, found by being there.

``cli/NAME.py`` holds ``command``, a click command, and ``cli/NAME_PART.py`` the one of a part of
it; a file whose name starts with an underscore holds none. stdout holds only the result of a
command, everything else goes to stderr.
"""

from __future__ import annotations

import sys
from importlib import import_module
from keyword import iskeyword
from typing import Any

import click

from satupintu.cli import _logs, _parts
from satupintu.cli._language import chosen
from satupintu.errors import Problem, SatuPintuError
from satupintu.words import LANGUAGES, catalogue, languages

REFUSED = 2
"""The exit code of a command that a document, an answer or the installation doesn't allow."""


class Commands(click.Group):
    """Every command of this folder; each is imported only when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the names of the commands, in order."""
        modules = (name for name in _parts.modules() if _parts.owner(name) is None)
        return sorted(name.rstrip("_").replace("_", "-") for name in modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return one command, or None where there is no such file."""
        if cmd_name not in self.list_commands(ctx):
            return None
        module = cmd_name.replace("-", "_") + ("_" if iskeyword(cmd_name) else "")
        command: click.Command = import_module(f"{__name__}.{module}").command
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; a refusal becomes sentences on stderr, never a traceback."""
        try:
            return super().invoke(ctx)
        except SatuPintuError as e:
            tell(e.problems, chosen(ctx))
            ctx.exit(REFUSED)


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="satupintu", prog_name="satupintu")
def main() -> None:
    """Satu Pintu: one door for women and children who meet violence.

    \b
    Contoh / example:
      satupintu serve --demonstration
    """
    _logs.configure(sys.stderr)
    for language in languages():  # a file of theirs that can't be read is said before anything else
        if language not in LANGUAGES:
            catalogue(language)


def tell(problems: tuple[Problem, ...], language: str | None) -> None:
    """Write problems to stderr, each with its place; in both languages where none was chosen."""
    for problem in problems:
        place = problem.place()
        for index, spoken in enumerate([language] if language else LANGUAGES):
            prefix = (f"{place}: " if place else "") if index == 0 else "  "
            click.echo(prefix + problem.sentence(spoken), err=True)
