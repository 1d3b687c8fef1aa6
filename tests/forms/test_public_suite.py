"""The public JSON Schema Test Suite says what docs/conformance.md says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.assure
def test_every_required_case_is_judged_as_the_page_says() -> None:
    script = [sys.executable, str(ROOT / ".ci" / "conformance.py")]
    done = subprocess.run(script, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_page_leaves_no_case_wrong() -> None:
    page = (ROOT / "docs" / "conformance.md").read_text(encoding="utf-8")
    rows = [line.split("|") for line in page.splitlines() if line.startswith(("| the ", "| none"))]
    assert len(rows) == 2
    for _, _, cases, right, wrong, refused, _ in rows:
        assert int(wrong) == 0
        assert int(right) + int(refused) == int(cases) > 1_200
