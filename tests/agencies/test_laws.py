"""Legal basis: read, checked and cited by its documents alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from satupintu.agencies import laws
from satupintu.errors import BadDocument

ROOT = Path(__file__).parents[2]
DATA = (ROOT / "rules/legal_basis.json").read_bytes()
LAWS = laws.read(json.loads(DATA))


def test_the_shipped_legal_basis_has_no_problem():
    assert laws.check(DATA, "legal_basis.json") == []
    assert len(LAWS) == 24


@pytest.mark.parametrize(
    ("basis", "indonesian", "english"),
    [
        ("UU-12-2022:42", "UU 12/2022 Pasal 42", "Law 12/2022, art. 42"),
        ("UU-35-2014:59-59A", "UU 35/2014 Pasal 59-59A", "Law 35/2014, art. 59-59A"),
        ("PERMEN-PPPA-2-2022", "Permen PPPA 2/2022", "Ministerial Regulation 2/2022"),
        ("UU-16-2019", "UU 16/2019", "Law 16/2019"),
        (
            "KEMENKES-ALGORITMA-2022",
            "Algoritma tata laksana korban kekerasan seksual, Kemenkes 2022",
            "Health Ministry algorithm for sexual violence care, 2022",
        ),
        ("GONE-1:3", "GONE-1 Pasal 3", "GONE-1, art. 3"),
    ],
)
def test_a_basis_is_cited_by_number_and_article(basis, indonesian, english):
    assert laws.cite(basis, LAWS, "id") == indonesian
    assert laws.cite(basis, LAWS, "en") == english


def test_every_basis_of_rules_and_agencies_is_a_known_law():
    rules = json.loads((ROOT / "rules/rujukan.json").read_bytes())["rules"]
    agencies = json.loads((ROOT / "seed/agencies.json").read_bytes())
    named = [basis for entry in [*rules, *agencies] for basis in entry["basis"]]
    assert list(laws.unknown(named, LAWS, "")) == []


def test_a_law_twice_or_of_unknown_standing_is_refused():
    entry = json.loads(DATA)[0]
    with pytest.raises(BadDocument, match="written twice"):
        laws.read([entry, entry])
    with pytest.raises(BadDocument, match="dibaca"):
        laws.read([{**entry, "standing": "sure"}])
