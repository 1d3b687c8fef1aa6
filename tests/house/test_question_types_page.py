"""The page of question types says what the specimens beside the types say."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

from satupintu.forms import catalogue


def test_the_page_of_question_types_is_what_make_question_types_writes(house: Any) -> None:
    page = (house.root / "docs/question-types.md").read_text(encoding="utf-8")
    script = house.root / ".ci/question_types.py"
    written = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True)
    assert page == written.stdout
    for kind in catalogue.specimens():
        assert f"## `{kind}`" in page
