"""``satupintu test`` runs the examples of a rule set and shows every difference."""

from __future__ import annotations

import json
from pathlib import Path

from satupintu import config

RULES = config.content_folder() / "rules" / "rujukan.json"
KECIL = Path(__file__).parents[1] / "packs" / "kecil"


def test_every_shipped_example_is_as_expected(run):
    count = len(json.loads(RULES.read_bytes())["examples"])
    result = run("test", RULES, "--lang", "en")
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert len(lines) == count + 1
    assert lines[-1] == f"{count} of {count} examples are as expected."


def test_the_examples_of_another_city_are_as_expected_too(run):
    rules = next(f for f in (KECIL / "rules").glob("*.json") if f.stem != "legal_basis")
    assert run("test", rules).exit_code == 0


def test_a_difference_is_shown_under_its_example_and_ends_with_one(run, content):
    with content.changed("rules/rujukan.json") as rules:
        agencies = rules["examples"][1]["expect"]["agencies"]
        changed = next(iter(agencies))
        agencies[changed] += 1
        example = rules["examples"][1]["id"]
    file = content / "rules/rujukan.json"
    result = run("test", file, "--lang", "en")
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith(f"{example} DIFFERENT"))
    assert lines[at + 1].startswith(
        f"    {file}#/examples/1/expect/agencies/{changed}: {changed}: expected"
    )
    assert "19 of 20" in lines[-1]


def test_a_rule_set_without_examples_is_told_so(run, content):
    with content.changed("rules/rujukan.json") as rules:
        rules["examples"] = []
    result = run("test", content / "rules/rujukan.json", "--lang", "en")
    assert result.exit_code == 0
    assert "no examples yet" in result.stdout


def test_a_rule_set_that_cannot_be_used_ends_with_two(run, content):
    with content.changed("rules/rujukan.json") as rules:
        rules["rules"][3]["when"] = "true &&"
    result = run("test", content / "rules/rujukan.json")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "#/rules/3/when:" in result.stderr
