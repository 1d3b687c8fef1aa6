from __future__ import annotations

from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from satupintu import cli
from satupintu.cli import Commands, main
from satupintu.cli._language import language_option
from satupintu.errors import BadDocument, Problem

FOLDER = Path(cli.__file__).parent
NAMES = Commands().list_commands(click.Context(main))


def test_every_file_of_the_folder_is_a_command() -> None:
    files = {p.stem.rstrip("_").replace("_", "-") for p in FOLDER.glob("[!_]*.py")}
    assert set(NAMES) == files
    assert "serve" in NAMES


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
