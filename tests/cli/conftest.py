"""The command line as tests run it, over copies of the shipped content that they may break."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from satupintu import config
from satupintu.cli import main

Run = Callable[..., Result]

OUTSIDE = (
    "DATABASE_URL",
    "SATUPINTU_MASTER_KEY",
    "SATUPINTU_MASTER_KEY_FILE",
    "SATUPINTU_SECOND_FACTOR",
    "SATUPINTU_PASSWORD",
    "SATUPINTU_CODE",
)
"""Variables of the outside that no test here may see."""


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run one command in this process, with the shipped content as its setting."""
    monkeypatch.setenv("SATUPINTU_CONTENT", str(config.content_folder()))

    def command(*arguments: object, stdin: str | bytes | None = None) -> Result:
        return CliRunner().invoke(main, [str(a) for a in arguments], input=stdin)

    return command


class Content:
    """A content folder of a test's own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __truediv__(self, name: str) -> Path:
        return self.folder / name

    @contextmanager
    def changed(self, name: str) -> Iterator[Any]:
        """Give a document to change, and write it back."""
        document = json.loads((self / name).read_bytes())
        yield document
        (self / name).write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")


@pytest.fixture
def content(tmp_path: Path) -> Content:
    """A copy of the shipped content."""
    folder = tmp_path / "content"
    for name in ("schemas", "rules", "seed"):
        shutil.copytree(config.content_folder() / name, folder / name)
    return Content(folder)


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a demonstration installation with its accounts, made once."""
    var = tmp_path_factory.mktemp("commands") / "var"
    with pytest.MonkeyPatch.context() as patch:
        for name in OUTSIDE:
            patch.delenv(name, raising=False)
        patch.setenv("SATUPINTU_VAR", str(var))
        done = CliRunner().invoke(main, ["seed", "--demonstration"])
    assert done.exit_code == 0, done.output
    return var


@pytest.fixture
def seeded(demonstration: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it that commands work on."""
    for name in OUTSIDE:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SATUPINTU_VAR", str(tmp_path / "var"))
    shutil.copytree(demonstration, tmp_path / "var")
    return tmp_path / "var"
