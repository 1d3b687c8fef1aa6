"""Both content packs are whole: their forms read, their rules read, their examples come out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from satupintu.agencies import directory, laws, service
from satupintu.cases.consent import unknown_groups
from satupintu.forms import check as forms_check
from satupintu.forms import reading as forms_reading
from satupintu.rules import examples, plain
from satupintu.rules import reading as rules_reading

ROOT = Path(__file__).parents[2]
PACKS = [ROOT, ROOT / "tests/packs/kecil"]


def document(path: Path):
    return json.loads(path.read_bytes())


def door_of(pack: Path):
    basis = laws.read(document(pack / "rules/legal_basis.json"))
    agencies = directory.read(document(pack / "seed/agencies.json"), basis)
    return service.read(document(pack / "seed/service.json"), agencies), agencies, basis


@pytest.mark.parametrize("pack", PACKS, ids=lambda p: p.name)
def test_every_form_of_a_pack_is_clean_and_serves_its_purpose(pack):
    door, _, _ = door_of(pack)
    for purpose, form_id in door.forms.items():
        path = pack / f"schemas/forms/{form_id}.json"
        assert [p.sentence("en") for p in forms_check.check(path.read_bytes(), path.name)] == []
        form = forms_reading.read(document(path))
        assert (form.id, form.purpose) == (form_id, purpose)


@pytest.mark.parametrize("pack", PACKS, ids=lambda p: p.name)
def test_the_rules_of_a_pack_read_its_form_and_every_example_comes_out(pack):
    door, agencies, basis = door_of(pack)
    path = pack / f"schemas/forms/{door.forms['assessment']}.json"
    form = forms_reading.read(document(path))
    rules = document(pack / f"rules/{door.rule_set}.json")
    rule_set = rules_reading.read(rules, form.facts, agencies.services(), basis)
    results = examples.run(rule_set, lambda facts: plain.decide(rule_set, facts))
    assert results
    assert {r.example.id: [p.sentence("en") for p in r.differences] for r in results} == {
        r.example.id: [] for r in results
    }
    assert list(unknown_groups(form, agencies)) == []
