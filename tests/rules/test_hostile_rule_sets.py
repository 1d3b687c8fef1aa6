"""Documents that mean harm are refused, or done with, quickly and in little memory."""

from __future__ import annotations

import json
import tracemalloc
from typing import Any

import pytest

from rules.rule_content import agencies, document, form_facts, laws
from satupintu.rules.check import check


def _with_when(when: str) -> bytes:
    changed = document()
    changed["rules"] = changed["rules"][:1]
    changed["rules"][0]["when"] = when
    changed["examples"] = changed["guarantees"] = []
    return json.dumps(changed).encode()


def _with(**parts: Any) -> bytes:
    return json.dumps({**document(), **parts}).encode()


TITLE = {"id": "x"}
HOSTILE = {
    "deep nesting": b"[" * 100_000,
    "deep conditions": _with_when("(" * 9_000 + "true" + ")" * 900),
    "negations": _with_when("!" * 9_000 + "bahaya_sekarang"),
    "wide conditions": _with_when(
        " && ".join(f"(korban_usia == {n} || jam_sejak_kejadian == {n})" for n in range(150))
    ),
    "a long condition": _with_when("bahaya_sekarang || " * 50_000 + "true"),
    "a million rules": _with(rules=[1] * 1_000_000),
    "many empty rules": _with(rules=[{}] * 100_000),
    "many options": _with(
        facts=[
            {
                "id": "x",
                "title": TITLE,
                "options": [{"const": str(n), "title": TITLE} for n in range(50_000)],
                "cases": [],
                "otherwise": "1",
            }
        ]
    ),
    "many unknown keys": _with(**{f"k{n}": n for n in range(50_000)}),
    "many languages": _with(title={f"l{n}": "x" for n in range(100_000)}),
    "a long id": _with(id="x" * 1_000_000),
    "many facts in an example": _with(
        examples=[
            {
                "id": "G1",
                "title": TITLE,
                "facts": {f"f{n}": 1 for n in range(1_000)},
                "expect": {},
            }
        ]
    ),
    "many expected agencies": _with(
        examples=[
            {
                "id": "G1",
                "title": TITLE,
                "facts": {},
                "expect": {"agencies": {f"A{n}": 1 for n in range(100_000)}},
            }
        ]
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_rule_set_is_refused_quickly(name: str, bounded: Any) -> None:
    check(json.dumps(document()).encode(), "warm.json", form_facts(), agencies(), laws())
    with bounded(1.0):  # 0.2 s is the aim on a quiet machine
        found = check(HOSTILE[name], "hostile.json", form_facts(), agencies(), laws())
    assert [p for p in found if not p.warning]
    assert sum(len(p.sentence("id")) for p in found) < 200_000


@pytest.mark.assure
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_rule_set_takes_at_most_64_megabytes(name: str) -> None:
    tracemalloc.start()
    try:
        check(HOSTILE[name], "hostile.json", form_facts(), agencies(), laws())
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 64 << 20
