"""The benchmark of explanations measures real decisions, each followed by its words."""

from __future__ import annotations

import pytest
from benchmarks.explain import measure


@pytest.mark.assure
def test_every_decision_is_followed_by_its_words() -> None:
    done = list(measure(1))
    assert done
    assert all(one.lines > 0 and one.explained > one.decided > 0 for one in done)
