"""Forms and agencies of the two content packs, for tests that walk answers by their roles."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from satupintu.agencies import directory
from satupintu.cases.referral import AskedService, Referral
from satupintu.forms import reading

ROOT = Path(__file__).parents[2]
KECIL = ROOT / "tests/packs/kecil"
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def _form(path: Path):
    return reading.read(json.loads(path.read_bytes()))


def _agencies(pack: Path):
    return directory.read(json.loads((pack / "seed/agencies.json").read_bytes()))


@pytest.fixture(scope="session")
def small_form():
    return _form(KECIL / "schemas/forms/rawat-satwa.json")


@pytest.fixture(scope="session")
def small_report():
    return _form(KECIL / "schemas/forms/titip-kabar.json")


@pytest.fixture(scope="session")
def small_agencies():
    return _agencies(KECIL)


@pytest.fixture(scope="session")
def city_form():
    return _form(ROOT / "schemas/forms/asesmen-awal.json")


@pytest.fixture(scope="session")
def city_agencies():
    return _agencies(ROOT)


@pytest.fixture
def referral():
    """Make a referral; say only what matters."""

    def made(agency: str = "POS_UJI", state: str = "sent", **more) -> Referral:
        asked = AskedService("uji_darah", 20, "segera", "perlu", ("S5",))
        return Referral(
            **{
                "id": "r",
                "case_id": "c",
                "agency": agency,
                "state": state,
                "urgency": "segera",
                "consent": "perlu",
                "services": (asked,),
                "due_at": NOON,
                "created_at": NOON,
                **more,
            }
        )

    return made
