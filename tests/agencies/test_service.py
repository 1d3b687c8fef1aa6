"""The service document: this city's door."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from satupintu.agencies import directory, service
from satupintu.errors import BadDocument

ROOT = Path(__file__).parents[2]
PACKS = [ROOT, ROOT / "tests/packs/kecil"]


def document(pack: Path = ROOT):
    return json.loads((pack / "seed/service.json").read_bytes())


def codes(pack: Path = ROOT):
    return directory.read(json.loads((pack / "seed/agencies.json").read_bytes()))


@pytest.mark.parametrize("pack", PACKS, ids=lambda p: p.name)
def test_the_shipped_service_reads_without_a_warning(pack):
    assert service.check((pack / "seed/service.json").read_bytes(), "s", codes(pack)) == []
    door = service.read(document(pack), codes(pack))
    assert door.zone.key == document(pack)["time_zone"]
    assert set(door.forms) == {"assessment", "public_report", "follow_up"}
    assert door.lead_agency in codes(pack)


@pytest.mark.parametrize(
    ("change", "place", "key"),
    [
        ({"lead_agency": "UPTD_PPX"}, "/lead_agency", "agencies.unknown_agency_near"),
        ({"lead_agency": "QQ"}, "/lead_agency", "agencies.unknown_agency"),
        ({"time_zone": "Mars/Olympus"}, "/time_zone", "agencies.unknown_zone"),
        ({"exit_to": "https://elsewhere.example"}, "/exit_to", "agencies.shape.pattern.path"),
        ({"exit_to": "//elsewhere.example"}, "/exit_to", "agencies.shape.pattern.path"),
        ({"exit_to": "/a/../b"}, "/exit_to", "agencies.shape.pattern.path"),
        ({"default_language": "jv"}, "/default_language", "agencies.default_language"),
        ({"case_number": "KASUS-{year}"}, "/case_number", "agencies.pattern.parts"),
        ({"case_number": "{year}-{number}-{name}"}, "/case_number", "agencies.pattern.parts"),
        ({"case_number": "{year}-{number.real}"}, "/case_number", "agencies.pattern.parts"),
        ({"case_number": "{year}-{number:>99999d}"}, "/case_number", "agencies.pattern.broken"),
        ({"case_number": "{year}-{number!r}"}, "/case_number", "agencies.pattern.broken"),
        ({"case_number": "{year}-{number"}, "/case_number", "agencies.pattern.broken"),
        ({"case_number": "<b>{year}-{number}"}, "/case_number", "agencies.pattern.broken"),
        ({"case_number": "{year}{number}"}, "/case_number", "agencies.pattern.joined"),
        ({"forms": {"assessment": "a"}}, "/forms", "agencies.shape.required"),
    ],
)
def test_a_service_that_cannot_open_is_refused_with_the_place(change, place, key):
    with pytest.raises(BadDocument) as refused:
        service.read({**document(), **change}, codes())
    assert (place, key) in [(p.pointer, p.key) for p in refused.value.problems]
    for problem in refused.value.problems:
        assert problem.sentence("id") != problem.sentence("en")


def test_a_pattern_problem_shows_what_to_write():
    (problem,) = service.pattern_problems("K-{year}")
    assert "{year}" in problem.sentence("id")
    assert "{number}" in problem.sentence("en")
