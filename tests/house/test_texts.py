from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from string import Formatter
from typing import Any

import pytest

from satupintu.words import LANGUAGES, catalogue

SPEAKS = {"say", "say_html", "_say", "Problem"}
IN_TEMPLATES = re.compile(r"""\bsay(?:_html)?\(\s*(["'])([^"']+)\1\s*(~?)""")


def test_both_languages_have_the_same_keys_in_the_same_files(house: Any) -> None:
    texts = house.root / "platform" / "satupintu" / "texts"
    for file in sorted((texts / "id").glob("*.json")):
        keys = [
            set(json.loads((texts / language / file.name).read_text(encoding="utf-8")))
            for language in LANGUAGES
        ]
        assert all(k == keys[0] for k in keys), file.name
    names = [{f.name for f in (texts / language).glob("*.json")} for language in LANGUAGES]
    assert all(n == names[0] for n in names)


def test_every_key_starts_with_the_name_of_its_file(house: Any) -> None:
    for file in (house.root / "platform" / "satupintu" / "texts").glob("*/*.json"):
        for key in json.loads(file.read_text(encoding="utf-8")):
            assert key.startswith(file.stem + "."), f"{file.name}: {key}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_filled_from_the_same_parameters_in_every_language(
    language: str,
) -> None:
    for key, sentence in catalogue("id").items():
        other = catalogue(language)[key]
        assert _parameters(other) == _parameters(sentence), key


def test_every_sentence_that_code_or_templates_say_is_there(house: Any) -> None:
    keys = catalogue("id")
    missing = []
    for place, key, beginning in _said(house):
        there = any(k.startswith(key) for k in keys) if beginning else key in keys
        if not there:
            missing.append(f"{place}: {key}")
    assert not missing


def _said(house: Any) -> Iterator[tuple[str, str, bool]]:
    """Yield place, key, and whether it is only the beginning of one."""
    for path in house.code():
        for node in ast.walk(house.tree(path)):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else None
            name = node.func.id if isinstance(node.func, ast.Name) else name
            if name not in SPEAKS:
                continue
            for key, beginning in _keys(node.args[0]):
                if "." not in key:
                    continue  # a room's own `say` puts the name of its file before the key
                yield house.place(path, node.lineno), key, beginning
    for path in house.templates():
        for found in IN_TEMPLATES.finditer(path.read_text(encoding="utf-8")):
            yield house.place(path), found[2], found[3] == "~"


def _keys(node: ast.expr) -> Iterator[tuple[str, bool]]:
    match node:
        case ast.Constant(value=str(key)):
            yield key, False
        case ast.JoinedStr(values=[ast.Constant(value=str(beginning)), *_]):
            yield beginning, True
        case ast.IfExp(body=first, orelse=second):
            yield from _keys(first)
            yield from _keys(second)


def _parameters(sentence: object) -> set[str]:
    forms = sentence.values() if isinstance(sentence, dict) else [sentence]
    return {
        name
        for form in forms
        for _, name, _, _ in Formatter().parse(str(form))
        if name is not None and name != "count"
    }
