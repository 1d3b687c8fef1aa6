"""What the documentation says exists, does."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from satupintu import config
from satupintu.cli import main
from satupintu.cli._parts import CommandWithParts

ROOT = Path(__file__).parents[2]
PAGES = [
    *sorted(ROOT.glob("*.md")),
    *(p for p in sorted((ROOT / "docs").rglob("*.md"))),
]
IN_CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
COMMAND = re.compile(r"(?:^|[`|&] ?|bin/)satupintu ((?:[a-z][a-z-]* ?)+)", re.MULTILINE)
SETTING = re.compile(r"\b(SATUPINTU_[A-Z_]+|DATABASE_URL)\b")
LINK = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")
OPTION = re.compile(r"(?<!\S)(--[a-z-]+)")


def commands(text: str) -> Iterator[tuple[str, click.Command, str]]:
    """Yield each command that a page writes out: its words, itself, the rest of its line."""
    for piece in IN_CODE.findall(text):
        for found in COMMAND.finditer(piece):
            command: click.Command | None = main
            words = []
            for word in found.group(1).split():
                if isinstance(command, CommandWithParts) and word in command.parts():
                    command = command.part(word)
                    words.append(word)
                    continue
                if not isinstance(command, click.Group):
                    break
                command = command.get_command(click.Context(command), word)
                words.append(word)
                assert command is not None, f"satupintu {' '.join(words)}"
            assert command is not None
            line = piece[found.start(1) :].split("\n", 1)[0]
            yield " ".join(words), command, re.split(r"[|&`]", line)[0]


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_every_command_and_option_that_a_page_names_exists(page):
    for _, command, line in commands(page.read_text(encoding="utf-8")):
        known = {name for p in command.params for name in p.opts} | {"--help"}
        assert set(OPTION.findall(line)) <= known, line


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_every_file_that_a_page_links_to_exists(page):
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        if not re.match(r"[a-z]+:", target):
            assert (page.parent / target).exists(), target


def test_every_command_is_in_the_documentation():
    told = {words for page in PAGES for words, *_ in commands(page.read_text(encoding="utf-8"))}
    context = click.Context(main)
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        below = command.commands if isinstance(command, click.Group) else None
        written = [f"{name} {one}" for one in below] if below else [name]
        if isinstance(command, CommandWithParts):
            written += [f"{name} {one}" for one in command.parts()]
        assert set(written) <= told, name


def test_every_setting_is_documented_with_its_default():
    text = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")
    read = set(SETTING.findall(Path(config.__file__).read_text(encoding="utf-8")))
    rows = {
        name: row
        for row in text.splitlines()
        if row.startswith("| `")
        for name in SETTING.findall(row.split("|")[1])
    }
    assert read == rows.keys()
    settings = config.Settings.read({})
    for name, value in (
        ("SATUPINTU_PORT", settings.port),
        ("SATUPINTU_ADMIN_PORT", settings.admin_port),
        ("SATUPINTU_HOST", settings.host),
        ("SATUPINTU_WORKERS", settings.workers),
    ):
        assert f"`{value}`" in rows[name]


def test_no_page_names_a_setting_that_nobody_reads():
    known = set(SETTING.findall(Path(config.__file__).read_text(encoding="utf-8")))
    for page in PAGES:
        for name in SETTING.findall(page.read_text(encoding="utf-8")):
            assert name in known or name in ("SATUPINTU_ASSURE", "SATUPINTU_SCREENSHOTS"), page


def test_every_make_target_that_a_page_names_exists():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    for page in PAGES:
        for piece in IN_CODE.findall(page.read_text(encoding="utf-8")):
            for target in re.findall(r"\bmake ([a-z]+)", piece):
                assert target in targets, f"{page.name}: make {target}"


def test_every_room_of_the_product_is_in_the_glossary_or_contributing():
    told = "".join(
        (ROOT / name).read_text(encoding="utf-8") for name in ("GLOSSARY.md", "CONTRIBUTING.md")
    )
    for room in (ROOT / "platform" / "satupintu").iterdir():
        if room.is_dir() and (room / "__init__.py").exists():
            assert room.name in told, room.name


def test_the_example_commands_of_the_manual_name_documents_that_exist():
    codes = {a["id"] for a in json.loads((ROOT / "seed" / "agencies.json").read_bytes())}
    for page in PAGES:
        for code in re.findall(r"--agency ([A-Z_]{3,})", page.read_text(encoding="utf-8")):
            assert code in codes, page
