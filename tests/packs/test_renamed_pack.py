"""A renamed pack is a pack: no name of it is left, and it decides what it decided."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from packs import renamed
from packs.renaming.words import SHAPES, Words
from satupintu.cli import main
from satupintu.documents import Json

ROOT = Path(__file__).parents[2]
PACKS = [ROOT, ROOT / "tests/packs/kecil"]

PLATFORM = {"umum", "terbatas", "rahasia", "sangat_rahasia", "segera"}
"""Words of the platform that a pack may use for names of its own as well."""

READ = ("title", "name", "owner", "accepts", "points", "description", "help", "intro", "en")
OURS = ("type", "format", "widget", "x-role", "x-sensitivity", "x-errors", "tier", "login")


@pytest.fixture(scope="module", params=PACKS, ids=lambda p: p.name)
def pack(request: Any, tmp_path_factory: Any) -> tuple[Path, Path, Words]:
    to = tmp_path_factory.mktemp("renamed")
    return request.param, to, renamed.write(request.param, to)


def test_a_renamed_pack_is_checked_clean_and_its_examples_come_out(pack: Any) -> None:
    _, folder, _ = pack
    files = [str(p) for p in folder.rglob("*.json") if p.name not in ("people.json", "cases.json")]
    checked = CliRunner().invoke(main, ["check", *files])
    assert checked.exit_code == 0, checked.output
    for path in folder.glob("rules/himpunan-*.json"):
        tested = CliRunner().invoke(main, ["test", str(path)])
        assert tested.exit_code == 0, tested.output


def test_no_name_of_the_old_pack_is_left_in_the_new_one(pack: Any) -> None:
    _, folder, words = pack
    old = {name for kind in words.given.values() for name in kind} - PLATFORM
    assert len(old) > 40
    for path in folder.rglob("*.json"):
        found = set(_names(json.loads(path.read_bytes()))) & old
        assert not found, path.name


def test_every_kind_of_name_was_met_and_each_new_word_stands_for_one_old(pack: Any) -> None:
    _, _, words = pack
    assert set(words.given) == set(SHAPES)
    for kind, known in words.given.items():
        assert len(set(known.values())) == len(known), kind


def test_what_people_read_stays_as_it_was(pack: Any) -> None:
    folder, to, _ = pack
    for place in ("schemas/forms", "rules"):
        before = sorted(_sentences(json.loads(p.read_bytes())) for p in (folder / place).glob("*"))
        after = sorted(_sentences(json.loads(p.read_bytes())) for p in (to / place).glob("*"))
        assert after == before


def _names(value: Json, key: str = "") -> Iterator[str]:
    """Yield every key and every text but what people read and what the platform calls things."""
    match value:
        case dict():
            for name, below in value.items():
                yield name
                if name not in (*READ, *OURS):
                    yield from _names(below, name)
        case list():
            for item in value:
                yield from _names(item, key)
        case str():
            yield value


def _sentences(value: Json, key: str = "") -> list[str]:
    match value:
        case dict():
            return [s for name, below in value.items() for s in _sentences(below, name)]
        case list():
            return [s for item in value for s in _sentences(item, key)]
        case str() if key in READ:
            return [value]
    return []
