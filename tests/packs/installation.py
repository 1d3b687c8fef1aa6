"""Installations of content packs: each filled once in a process, and copied for whoever asks."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from satupintu.actions import demonstration
from satupintu.actions.platform import Platform
from satupintu.config import Settings, content_folder

KECIL = Path(__file__).parent / "kecil"


def installation(var: Path, content: Path | None = None, **changes: Any) -> Platform:
    """Return a pack, the shipped one where none is named, installed in the new folder ``var``.

    Key, database, content and accounts are there; ``changes`` are settings.
    """
    pack = content or content_folder()
    shutil.copytree(_filled(pack), var, dirs_exist_ok=True)
    return Platform.open(_settings(var, content=pack, **changes))


@cache
def _filled(content: Path) -> Path:
    folder = tempfile.mkdtemp(prefix="satupintu-filled-")
    atexit.register(shutil.rmtree, folder)
    settings = _settings(Path(folder), content=content)
    demonstration.make_key(settings)
    platform = Platform.open(settings)
    demonstration.fill(platform)
    platform.close()
    return Path(folder)


def _settings(var: Path, **changes: Any) -> Settings:
    return replace(Settings.read({"SATUPINTU_VAR": str(var)}), **changes)
