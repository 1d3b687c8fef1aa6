"""The benchmark compares before it times, and every engine in it is right."""

from __future__ import annotations

import json

import pytest
from benchmarks import engines, generated


def test_the_engines_of_the_benchmark_fire_the_same_rules() -> None:
    rows = engines.compare("generated", generated.rule_set(10), rounds=1, node=False)
    assert {row.engine for row in rows} == {"execute", "decide", "zen"}
    assert all(row.equal and row.rules == 10 and row.per_second > 0 for row in rows)


@pytest.mark.assure
def test_the_quick_benchmark_prints_one_json_object(capsys: pytest.CaptureFixture[str]) -> None:
    assert engines.main(["--quick", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["rows"]
    found = {(row["rules"], row["engine"]) for row in rows}
    assert found >= {(n, e) for n in (100, 1_000) for e in ("execute", "decide", "zen")}
    assert all(row["equal"] for row in rows)
