"""The code knows no question, option, rule, agency or derived fact of the city's content."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from typing import Any

from satupintu.people.roles import ROLES

OWN_WORDS = {
    *("umum", "terbatas", "rahasia", "sangat_rahasia"),
    *("biasa", "segera", "darurat"),
    *("tanpa", "informasikan", "perlu"),
    *ROLES,
}
"""The platform's own vocabulary, which the content uses too (DESIGN: documents)."""

COINCIDENCE = {"indonesia"}
"""A word that no password may be made of, and an option of a question about languages."""

MARKUP = re.compile(r"<[^>]*>|\{[{%#].*?[}%#]\}")
QUOTED = re.compile(r'"([^"]*)"|\'([^\']*)\'')


def test_no_string_of_the_code_is_a_name_of_the_content(house: Any) -> None:
    names = _foreign(house)
    assert len(names) > 300
    found = [
        f"{house.place(path, node.lineno)}: {node.value}"
        for path in house.code()
        for node in ast.walk(house.tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in names
    ]
    assert not found


def test_no_string_of_a_template_is_a_name_of_the_content(house: Any) -> None:
    names = _foreign(house)
    found = []
    for path in house.templates():
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            strings = {a or b for a, b in QUOTED.findall(line)}
            texts = {text.strip() for text in MARKUP.split(line)}
            found += [f"{house.place(path, number)}: {n}" for n in (strings | texts) & names]
    assert not found


def test_no_sentence_of_the_platform_names_the_city_or_an_agency(house: Any) -> None:
    agencies = json.loads((house.root / "seed" / "agencies.json").read_bytes())
    codes = {a["id"] for a in agencies}
    city = json.loads((house.root / "seed" / "service.json").read_bytes())["id"]
    for file in (house.root / "platform" / "satupintu" / "texts").glob("*/*.json"):
        for key, sentence in json.loads(file.read_text(encoding="utf-8")).items():
            words = set(re.findall(r"\w+", str(sentence)))
            assert not words & codes, key
            assert city not in str(sentence).lower(), key


def _foreign(house: Any) -> set[str]:
    names = {name for name in _content_names(house) if len(name) > 1}
    return names - OWN_WORDS - COINCIDENCE


def _content_names(house: Any) -> Iterator[str]:
    for path in (house.root / "schemas" / "forms").glob("*.json"):
        document = json.loads(path.read_bytes())
        yield document["x-form"]["id"]
        yield from (page["id"] for page in document["x-pages"])
        yield from _questions(document)
    rules = json.loads((house.root / "rules" / "rujukan.json").read_bytes())
    yield rules["id"]
    for kind in ("rules", "guarantees", "examples", "flags", "facts"):
        yield from (one["id"] for one in rules[kind])
    for fact in rules["facts"]:
        yield from (option["const"] for option in fact.get("options", []))
        yield from (case["id"] for case in fact["cases"])
    for agency in json.loads((house.root / "seed" / "agencies.json").read_bytes()):
        yield agency["id"]
        yield from (service["id"] for service in agency["services"])
        if agency["sharing_group"]:
            yield agency["sharing_group"]
    for law in json.loads((house.root / "rules" / "legal_basis.json").read_bytes()):
        yield law["id"]


def _questions(schema: Any) -> Iterator[str]:
    """Yield every property name and every option below a schema."""
    if isinstance(schema, list):
        for item in schema:
            yield from _questions(item)
    if not isinstance(schema, dict):
        return
    if isinstance(schema.get("properties"), dict):
        yield from schema["properties"]
    if isinstance(schema.get("const"), str):
        yield schema["const"]
    yield from (v for v in schema.get("enum", []) if isinstance(v, str))
    for value in schema.values():
        yield from _questions(value)
