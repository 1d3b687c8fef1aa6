"""The page of codes is what the code can say: it is written from it, and nothing is missing."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import Any

from forms.spoiled_forms import BAD, plain
from satupintu.forms.check import check
from satupintu.words import catalogue

ROW = re.compile(r"^\| `([a-z_.-]+)` \| ([a-z /]+) \| (.+) \| (.+) \|$", re.MULTILINE)


def page(house: Any) -> str:
    return (house.root / "docs" / "checks.md").read_text(encoding="utf-8")


def test_the_page_is_as_the_code_and_its_texts_write_it(house: Any) -> None:
    written = subprocess.run(
        [sys.executable, str(house.root / ".ci" / "codes.py")], capture_output=True, check=True
    )
    assert written.stdout.decode() == page(house), "the codes changed: make codes"


def test_every_code_has_a_sentence_and_a_level(house: Any) -> None:
    rows = ROW.findall(page(house))
    assert len(rows) > 200
    for code, levels, indonesian, english in rows:
        assert code in catalogue("id")
        assert set(levels.split(" / ")) <= {"error", "warning", "note"}
        assert indonesian != english


def test_every_code_that_a_spoiled_form_gives_is_on_the_page(house: Any) -> None:
    told = {code: levels for code, levels, *_ in ROW.findall(page(house))}
    for key, _, spoil in BAD:
        form_document = plain()
        spoil(form_document)
        problems = check(json.dumps(form_document).encode(), "contoh.json")
        assert key in {problem.key for problem in problems}
        assert all(problem.level in told[problem.key] for problem in problems)
