from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from forms.completed_answers import complete
from intake.desk import Desk, fill
from packs.installation import KECIL
from satupintu import clock
from satupintu.actions.platform import Platform
from satupintu.rules import examples
from satupintu.store import submissions


@pytest.mark.parametrize("content", [None, KECIL], ids=["prabumulih", "kecil"])
def test_every_example_entered_page_by_page_gives_exactly_its_expected_decision(
    new_platform: Callable[[Path | None], Platform], content: Path | None
) -> None:
    platform = new_platform(content)
    now = platform.content.in_force(clock.now())
    ruleset, form = now.rule_set(), now.form_for("assessment")
    desk = Desk.of(platform, "staff")
    decided = []
    for example in ruleset.examples:
        draft = desk.begin()
        fill(platform, desk, draft, form, complete(form, example.facts))
        answer = desk.post(f"{draft}/periksa", {"told": "yes"})
        assert answer.status_code == 303, (example.id, answer.text)
        case_id = answer.location.split("/")[2]
        with platform.store.reading() as tx:
            [record] = submissions.decisions_of_case(tx, case_id)
        assert record.agrees
        assert record.decision is not None
        decided.append(record.decision)
    results = examples.run(ruleset, lambda _facts: decided.pop(0))
    assert [result.differences for result in results if not result.passed] == []
