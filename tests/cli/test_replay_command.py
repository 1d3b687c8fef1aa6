"""``satupintu replay`` and ``facts export``: what a change would do, on files and in the store."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from satupintu import config
from satupintu.people.demonstration import PASSWORD

SHIPPED = config.content_folder() / "rules" / "rujukan.json"
RULES = "rules/rujukan.json"
PASS = f"{PASSWORD}\n"
HEAD, OWNER = "kepala", "pemilik.kebijakan"


def slower(content: Any) -> Path:
    """Return a copy of the rules in which everything takes an hour longer."""
    with content.changed(RULES) as document:
        for rule in document["rules"]:
            for outcome in rule.get("refer", ()):
                outcome["within_hours"] += 1
        document["guarantees"] = document["examples"] = []
    return Path(content / RULES)


def replay(run: Any, new: Path, cases: object, *more: str, stdin: str | None = None) -> Any:
    options = ("--rules", new, "--against", SHIPPED, "--cases", cases)
    return run("replay", *options, *more, stdin=stdin)


def test_a_synthetic_replay_works_on_files_alone(run: Any, content: Any) -> None:
    done = replay(run, slower(content), "synthetic:300", "--json")
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert (found["cases"], found["changed"]) == (300, 300)
    asked = [one for one in found["agencies"].values() if one["before"]]
    assert all(one["later"] == one["before"] == one["after"] for one in asked)
    assert sum(week["cases"] for week in found["weeks"]) == 300
    assert found["changes"][0]["facts"]


def test_nothing_changes_between_a_rule_set_and_itself(run: Any) -> None:
    done = replay(run, SHIPPED, "synthetic:100", "--lang", "en")
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("0 of 100 cases")


@pytest.mark.parametrize(("lang", "word"), [("id", "kasus akan diputuskan lain"), ("en", "within")])
def test_a_change_is_told_in_words(run: Any, content: Any, lang: str, word: str) -> None:
    done = replay(run, slower(content), "synthetic:50", "--lang", lang)
    assert word in done.stdout
    assert "within_hours" not in done.stdout


def test_rule_sets_about_different_forms_are_not_compared(run: Any, content: Any) -> None:
    with content.changed(RULES) as document:
        rule = next(rule for rule in document["rules"] if rule.get("refer"))
        document["rules"] = [{**rule, "when": "true", "flag": [], "exclude": [], "forbid": []}]
        document.update(form="laporan-publik", facts=[], flags=[], guarantees=[], examples=[])
    done = replay(run, content / RULES, "synthetic:10", "--lang", "en")
    assert done.exit_code == 2
    assert "different forms" in done.stderr


def test_a_parquet_file_that_is_none_ends_with_a_sentence(run: Any, tmp_path: Path) -> None:
    (tmp_path / "facts.parquet").write_text("nothing")
    done = replay(run, SHIPPED, tmp_path / "facts.parquet", "--lang", "en")
    assert done.exit_code == 2
    assert "Parquet" in done.stderr
    assert "Traceback" not in done.output


def test_ctrl_c_stops_a_replay_in_good_order(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from satupintu.rules.readings.replay import cases

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cases, "opened", interrupted)
    done = replay(run, SHIPPED, "synthetic:10", "--lang", "en")
    assert done.exit_code == 130
    assert "Stopped" in done.stderr


def test_facts_are_exported_by_the_head_and_replayed_from_the_file(
    run: Any, content: Any, seeded: Path, tmp_path: Path
) -> None:
    file = tmp_path / "facts.parquet"
    refused = run("facts", "export", file, "--as", OWNER, "--lang", "en", stdin=PASS)
    assert (refused.exit_code, file.exists()) == (2, False)
    done = run("facts", "export", file, "--as", HEAD, "--lang", "en", stdin=PASS)
    assert done.exit_code == 0, done.output
    again = run("facts", "export", file, "--as", HEAD, "--lang", "en", stdin=PASS)
    assert again.exit_code == 2
    assert "exists already" in again.stderr
    from_file = json.loads(replay(run, slower(content), file, "--json").stdout)
    assert from_file["cases"] == from_file["changed"] > 0


def test_the_store_is_replayed_in_memory_by_a_policy_owner(
    run: Any, content: Any, seeded: Path
) -> None:
    new = slower(content)
    alone = replay(run, new, "store")
    assert alone.exit_code == 2
    assert "--as" in alone.stderr
    done = replay(run, new, "store", "--as", OWNER, "--json", stdin=PASS)
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert found["cases"] == found["changed"] > 0
    assert all(change["facts"] == {} for change in found["changes"])
