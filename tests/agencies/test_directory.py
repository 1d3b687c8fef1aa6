"""The directory of agencies: what it reads, what it refuses, and where it says the trouble is."""

from __future__ import annotations

import copy
import json
from pathlib import Path

import pytest

from satupintu.agencies import directory, laws
from satupintu.errors import BadDocument

ROOT = Path(__file__).parents[2]
PACKS = [ROOT, ROOT / "tests/packs/kecil"]


def document(pack: Path = ROOT):
    return json.loads((pack / "seed/agencies.json").read_bytes())


def legal_basis(pack: Path = ROOT):
    return laws.read(json.loads((pack / "rules/legal_basis.json").read_bytes()))


def problems(changed) -> list[tuple[str, str]]:
    found = directory.check(json.dumps(changed).encode(), "agencies.json", legal_basis())
    return [(p.place(), p.key) for p in found]


@pytest.mark.parametrize("pack", PACKS, ids=lambda p: p.name)
def test_the_shipped_agencies_have_no_problem_and_no_warning(pack):
    data = (pack / "seed/agencies.json").read_bytes()
    assert directory.check(data, "agencies.json", legal_basis(pack)) == []


@pytest.mark.parametrize("pack", PACKS, ids=lambda p: p.name)
def test_agencies_keep_the_order_of_the_document_and_their_services(pack):
    agencies = directory.read(document(pack), legal_basis(pack))
    assert list(agencies) == [a["id"] for a in document(pack)]
    for entry in document(pack):
        assert agencies.services()[entry["id"]] == {s["id"] for s in entry["services"]}
        assert agencies[entry["id"]].may_see == set(entry["may_see"])
    assert agencies.get("NOBODY") is None


def test_the_hash_names_the_version_whatever_its_layout():
    changed = document()
    changed[0]["capacity"] = 3
    same = directory.read(json.loads(json.dumps(document(), indent=8)))
    assert directory.read(document()).hash == same.hash
    assert directory.read(changed).hash != same.hash


BREAKS = [
    (lambda d: d[0].update(tier="besar"), "#/0/tier", "agencies.shape.enum"),
    (lambda d: d[1].pop("name"), "#/1", "agencies.shape.required"),
    (lambda d: d[2].update(sharing_group=3), "#/2/sharing_group", "agencies.shape.type"),
    (lambda d: d[3].update(phone="1"), "#/3/phone", "agencies.shape.additional"),
    (lambda d: d[0].update(services=[]), "#/0/services", "agencies.shape.min_items"),
    (lambda d: d[0].update(may_see=["umum", "umum"]), "#/0/may_see", "agencies.shape.unique"),
    (lambda d: d[1].update(id=d[0]["id"]), "#/1/id", "agencies.repeated"),
    (
        lambda d: d[0]["services"].append(d[0]["services"][0]),
        f"#/0/services/{len(document()[0]['services'])}/id",
        "agencies.repeated",
    ),
    (lambda d: d[0].update(basis=["UU-12-2O22"]), "#/0/basis/0", "agencies.unknown_law_near"),
    (lambda d: d[0].update(basis=["QQQQ"]), "#/0/basis/0", "agencies.unknown_law"),
    (
        lambda d: d[0]["hours"].update(timezone="Asia/Atlantis"),
        "#/0/hours/timezone",
        "agencies.unknown_zone",
    ),
    (
        lambda d: d[0].update(hours={"timezone": "Asia/Jakarta", "always": False}),
        "#/0/hours",
        "agencies.never_open",
    ),
    (
        lambda d: d[2]["hours"].update(always=True),
        "#/2/hours/weekly",
        "agencies.always_and_weekly",
    ),
    (
        lambda d: d[0].update(acknowledge_within_minutes=0),
        "#/0/acknowledge_within_minutes",
        "agencies.shape.minimum",
    ),
    (lambda d: d[0]["name"].update(id=""), "#/0/name/id", "agencies.shape.min_length"),
    (lambda d: d[0].update(id="two words"), "#/0/id", "agencies.shape.pattern.code"),
]


@pytest.mark.parametrize(("change", "place", "key"), BREAKS)
def test_each_trouble_is_named_at_its_place_in_both_languages(change, place, key):
    changed = document()
    change(changed)
    assert (f"agencies.json{place}", key) in problems(changed)
    with pytest.raises(BadDocument) as refused:
        directory.read(changed, legal_basis())
    for problem in refused.value.problems:
        assert "{" not in problem.sentence("id")  # every parameter is filled
        assert problem.sentence("id") != problem.sentence("en")


def test_every_trouble_is_found_at_once():
    changed = document()
    changed[0]["basis"] = ["QQQQ"]
    changed[1]["hours"]["timezone"] = "Nowhere"
    changed[2]["id"] = changed[0]["id"]
    assert len(problems(changed)) == 3


def test_two_missing_keys_are_two_problems():
    changed = document()
    del changed[0]["name"], changed[0]["hours"]
    found = directory.check(json.dumps(changed).encode(), "a.json")
    assert sorted(str(p.params["key"]) for p in found) == ["hours", "name"]


def test_a_missing_translation_is_a_warning_that_does_not_stop_the_reading():
    changed = copy.deepcopy(document())
    del changed[0]["name"]["en"]
    found = directory.check(json.dumps(changed).encode(), "a.json", legal_basis())
    assert [(p.key, p.warning) for p in found] == [("agencies.untranslated", True)]
    assert directory.read(changed)[changed[0]["id"]].name == {"id": document()[0]["name"]["id"]}


def test_bytes_that_are_no_json_are_a_problem_with_the_file():
    (problem,) = directory.check(b"[{", "seed/agencies.json")
    assert problem.file == "seed/agencies.json"
    assert problem.key == "documents.json_key"
