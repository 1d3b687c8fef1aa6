"""Answers through a form's pages and back, for every test that sends some round."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from satupintu.documents import Json
from satupintu.forms import reading
from satupintu.forms.document import Form
from satupintu.forms.roundtrip import RoundTrip, round_trip

ROOT = Path(__file__).parents[2]
WIB = ZoneInfo("Asia/Jakarta")
DOCUMENTS = [
    *sorted((ROOT / "schemas/forms").glob("*.json")),
    *sorted((ROOT / "tests/packs/kecil/schemas/forms").glob("*.json")),
]


@cache
def shipped(path: Path) -> Form:
    return reading.read(json.loads(path.read_bytes()))


def tried(form: Form, answers: Json, language: str = "id") -> RoundTrip:
    return round_trip(form, answers, language=language, zone=WIB)
