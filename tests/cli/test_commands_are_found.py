from __future__ import annotations

from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from satupintu import cli
from satupintu.cli import Commands, main
from satupintu.cli._language import language_option
from satupintu.cli._parts import CommandWithParts
from satupintu.errors import BadDocument, Problem

FOLDER = Path(cli.__file__).parent
NAMES = Commands().list_commands(click.Context(main))
PARTS = [
    (name, part)
    for name in NAMES
    if isinstance(command := Commands().get_command(click.Context(main), name), CommandWithParts)
    for part in command.parts()
]


def test_every_file_of_the_folder_is_a_command() -> None:
    files = {p.stem.rstrip("_").replace("_", "-") for p in FOLDER.glob("[!_]*.py")}
    parts = {f"{name}-{part}" for name, part in PARTS}
    assert {*NAMES, *parts} == files
    assert "serve" in NAMES


@pytest.mark.parametrize(("name", "part"), PARTS)
def test_every_part_of_a_command_has_help_with_an_example(name: str, part: str) -> None:
    shown = CliRunner().invoke(main, [name, part, "--help"])
    assert shown.exit_code == 0
    assert f"satupintu {name} {part}" in shown.stdout.split("Options:")[0].split("\n", 1)[1]
    assert part in CliRunner().invoke(main, [name, "--help"]).stdout.split("Commands:")[1]


def test_a_command_with_parts_still_takes_its_own_files_and_options() -> None:
    done = CliRunner().invoke(main, ["import", "--lang", "en", "tiada.json"])
    assert done.exit_code == 2
    assert "tiada.json" in done.stderr
    assert CliRunner().invoke(main, ["import"]).exit_code == 2


@pytest.mark.parametrize("name", NAMES)
def test_every_command_has_help_with_an_example(name: str) -> None:
    shown = CliRunner().invoke(main, [name, "--help"])
    assert shown.exit_code == 0
    assert f"satupintu {name}" in shown.stdout.split("Options:")[0].split("\n", 1)[1]


def test_an_unknown_command_is_a_usage_error() -> None:
    assert CliRunner().invoke(main, ["tidak-ada"]).exit_code == 2


@pytest.mark.parametrize(("options", "lines"), [([], 2), (["--lang", "id"], 1)])
def test_a_refusal_is_sentences_on_stderr_and_exit_code_2(options: list[str], lines: int) -> None:
    @click.command()
    @language_option
    def refusing(lang: str | None) -> None:
        raise BadDocument(Problem("web.no_service", pointer="/rules/3", file="rujukan.json"))

    class One(Commands):
        def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:
            return refusing

    done = CliRunner().invoke(One(), ["refusing", *options])
    assert done.exit_code == 2
    assert done.stdout == ""
    assert done.stderr.startswith("rujukan.json#/rules/3: Layanan ini belum siap")
    assert done.stderr.count("\n") == lines
