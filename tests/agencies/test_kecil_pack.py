"""The second content pack shares nothing with the city's: no key, option, code or id."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from satupintu.agencies import directory, laws, service
from satupintu.people import demonstration

ROOT = Path(__file__).parents[2]
KECIL = ROOT / "tests/packs/kecil"


def read(path: Path):
    return json.loads(path.read_bytes())


def names(schema) -> Iterator[str]:
    """Yield the question keys, options and x-ids of a form."""
    if isinstance(schema, dict):
        for key, value in schema.get("properties", {}).items():
            if isinstance(value, dict) and "x-id" in value:
                yield key
                yield value["x-id"]
        if isinstance(schema.get("const"), str) and "title" in schema:
            yield schema["const"]
        for value in schema.values():
            yield from names(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from names(value)


def vocabulary(pack: Path) -> set[str]:
    found: set[str] = set()
    for path in (pack / "schemas/forms").glob("*.json"):
        found |= {path.stem, *names(read(path))}
    for path in (pack / "rules").glob("*.json"):
        document = read(path)
        for law in document if isinstance(document, list) else []:
            found.add(law["id"])
        for part in ("facts", "flags", "rules", "guarantees", "examples"):
            for entry in document.get(part, ()) if isinstance(document, dict) else ():
                found.add(entry["id"])
                found |= {o["const"] for o in entry.get("options", ())}
    for agency in read(pack / "seed/agencies.json"):
        found |= {agency["id"], *(s["id"] for s in agency["services"])}
    found |= {person["login"] for person in read(pack / "seed/people.json")}
    return found - {"administrator", "auditor"}


def test_the_two_packs_have_no_word_in_common():
    city, small = vocabulary(ROOT), vocabulary(KECIL)
    assert len(city) > 200
    assert len(small) > 80
    assert city & small == set()


def test_the_two_packs_have_the_same_folders():
    def folders(pack: Path) -> set[str]:
        return {
            str(path.parent.relative_to(pack))
            for part in ("schemas/forms", "rules", "seed")
            for path in (pack / part).glob("*.json")
        }

    assert folders(ROOT) == folders(KECIL) == {"schemas/forms", "rules", "seed"}


def test_the_small_pack_has_a_nested_group_rows_and_a_rule_over_each():
    form = read(KECIL / "schemas/forms/rawat-satwa.json")["properties"]
    assert form["pemilik"]["type"] == "object"
    assert form["kawanan"]["items"]["type"] == "object"
    assert form["kawanan"]["maxItems"] == 4
    conditions = [rule["when"] for rule in read(KECIL / "rules/alur-satwa.json")["rules"]]
    assert any("pemilik." in when for when in conditions)
    assert any("kawanan.exists(" in when for when in conditions)


def test_the_documents_of_the_small_pack_fit_together():
    basis = laws.read(read(KECIL / "rules/legal_basis.json"))
    agencies = directory.read(read(KECIL / "seed/agencies.json"), basis)
    door = service.read(read(KECIL / "seed/service.json"), agencies)
    people = demonstration.read(read(KECIL / "seed/people.json"), agencies, door.lead_agency)
    assert {p.agency for p in people} == set(agencies)
    for form in door.forms.values():
        assert (KECIL / f"schemas/forms/{form}.json").is_file()
    assert (KECIL / f"rules/{door.rule_set}.json").is_file()
