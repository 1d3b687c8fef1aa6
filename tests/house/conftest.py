"""The files of this project, as the tests of the house look at them."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

_NOT_OURS = {"var", "node_modules", "__pycache__", "dist"}


@dataclass(frozen=True)
class House:
    """The tree of this project."""

    root: Path

    def files(self, *suffixes: str, below: str = ".") -> Iterator[Path]:
        """Yield the files with one of these suffixes, or all of them."""
        for folder, folders, names in os.walk(self.root / below):
            folders[:] = sorted(
                f for f in folders if f not in _NOT_OURS and (f[0] != "." or f == ".ci")
            )
            for name in sorted(names):
                if not suffixes or name.endswith(suffixes):
                    yield Path(folder) / name

    def code(self) -> Iterator[Path]:
        """Yield the Python files of the product."""
        yield from self.files(".py", below="platform")
        yield from self.files(".py", below="admin")

    def templates(self) -> Iterator[Path]:
        """Yield the templates of the product."""
        yield from self.files(".html", below="platform")
        yield from self.files(".html", below="admin")

    def place(self, path: Path, line: int = 1) -> str:
        """Return where something stands, as a person would look for it."""
        return f"{path.relative_to(self.root)}:{line}"

    @staticmethod
    @cache
    def tree(path: Path) -> ast.Module:
        """Return the syntax tree of a file."""
        return ast.parse(path.read_text(encoding="utf-8"), str(path))


@pytest.fixture(scope="session")
def house() -> House:
    """This project."""
    return House(Path(__file__).parents[2])
