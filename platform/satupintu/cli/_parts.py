"""Commands with parts: ``cli/NAME_PART.py`` is ``satupintu NAME PART``, found by being there."""

from __future__ import annotations

from importlib import import_module
from keyword import iskeyword
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import click

PACKAGE = __name__.rpartition(".")[0]


def modules() -> tuple[str, ...]:
    """Return the names of the folder's files that hold a command or a part of one, in order."""
    found = iter_modules([str(Path(__file__).parent)])
    return tuple(sorted(m.name for m in found if not m.name.startswith("_")))


def owner(module: str) -> str | None:
    """Return the command whose part a file holds, ``import`` for ``import_schema``; else None."""
    first, _, rest = module.partition("_")
    held = first + ("_" if iskeyword(first) else "")
    return first if rest and held in modules() else None


class CommandWithParts(click.Command):
    """A command that does something by itself, and something else where a part's name comes first.

    A file or folder that is called as a part is may still be given: ``./schema``.
    """

    def parts(self) -> dict[str, str]:
        """Return the file of each part by its name."""
        name = str(self.name)
        return {
            module.removeprefix(f"{name}_").replace("_", "-"): module
            for module in modules()
            if owner(module) == name
        }

    def part(self, name: str) -> click.Command:
        """Return one part."""
        command: click.Command = import_module(f"{PACKAGE}.{self.parts()[name]}").command
        return command

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None,
        **extra: Any,
    ) -> click.Context:  # fmt: skip
        """Read the arguments, as the part does where its name comes first."""
        if args and args[0] in self.parts():
            part = self.part(args[0])
            return part.make_context(f"{info_name} {args[0]}", args[1:], parent, **extra)
        return super().make_context(info_name, args, parent, **extra)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the parts at the end of the help."""
        told = [(name, self.part(name).get_short_help_str(72)) for name in self.parts()]
        if told:
            with formatter.section("Commands"):
                formatter.write_dl(told)
        super().format_epilog(ctx, formatter)
