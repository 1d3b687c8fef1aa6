"""``satupintu decide`` prints one decision as one JSON object, or says what is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from satupintu import config

RULES = config.content_folder() / "rules" / "rujukan.json"
KECIL = Path(__file__).parents[1] / "packs" / "kecil"
EXAMPLES = json.loads(RULES.read_bytes())["examples"]


def decide(run, facts, *more, rules=RULES):
    return run("decide", "--rules", rules, "--facts", "-", *more, stdin=json.dumps(facts))


@pytest.mark.parametrize("example", EXAMPLES[:4], ids=lambda e: e["id"])
def test_an_example_gets_exactly_its_expected_decision(run, example):
    result = decide(run, example["facts"])
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    found, expect = json.loads(result.stdout), example["expect"]
    assert found["facts"] == expect["derived"]
    assert {r["agency"]: r["within_hours"] for r in found["referrals"]} == expect["agencies"]
    assert sorted(found["rules"]) == sorted(expect["rules"])
    assert sorted(found["flags"]) == sorted(expect["flags"])
    assert found["engine"] == "durable_rules"
    assert found["agrees"] is True


def test_the_object_has_the_promised_shape_and_nothing_else(run):
    found = json.loads(decide(run, EXAMPLES[0]["facts"]).stdout)
    assert list(found) == [
        "facts", "referrals", "excluded", "forbidden", "flags", "rules", "engine", "agrees",
    ]  # fmt: skip
    referral = found["referrals"][0]
    assert list(referral) == [
        "agency", "within_hours", "urgency", "consent", "services", "rules",
    ]  # fmt: skip
    assert list(referral["services"][0]) == ["service", "within_hours", "rules"]


def test_facts_come_from_a_file_too(run, tmp_path):
    file = tmp_path / "fakta.json"
    file.write_text(json.dumps(EXAMPLES[0]["facts"]))
    from_file = run("decide", "--rules", RULES, "--facts", file)
    assert from_file.stdout == decide(run, EXAMPLES[0]["facts"]).stdout


def test_a_rule_set_of_another_city_finds_its_form_beside_it(run):
    rules = next(f for f in (KECIL / "rules").glob("*.json") if f.stem != "legal_basis")
    example = json.loads(rules.read_bytes())["examples"][0]
    found = json.loads(decide(run, example["facts"], rules=rules).stdout)
    assert {r["agency"]: r["within_hours"] for r in found["referrals"]} == example["expect"][
        "agencies"
    ]


def test_no_facts_at_all_is_a_case_too(run):
    result = decide(run, {})
    assert result.exit_code == 0
    assert json.loads(result.stdout)["agrees"] is True


@pytest.mark.parametrize(
    ("facts", "pointer", "says"),
    [
        ({"korban_usia": 121}, "/korban_usia", "120"),
        ({"korban_usia": -1}, "/korban_usia", "0"),
        ({"korban_usia": "9"}, "/korban_usia", None),
        ({"korban_usia": 9.5}, "/korban_usia", None),
        ({"luka": "berrat"}, "/luka", "berat"),
        ({"korban_usa": 9}, "/korban_usa", "korban_usia"),
        ({"bentuk_kekerasan": "seksual"}, "/bentuk_kekerasan", None),
        ({"bentuk_kekerasan": ["seksual", "seksual"]}, "/bentuk_kekerasan", "once"),
        ({"bahaya_sekarang": "ya"}, "/bahaya_sekarang", None),
        ({"risiko": "tinggi"}, "/risiko", None),
    ],
)
def test_facts_that_the_form_does_not_accept_end_with_two_and_a_sentence(run, facts, pointer, says):
    result = decide(run, facts, "--lang", "en")
    assert result.exit_code == 2
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"stdin#{pointer}")
    assert says is None or says in line


@pytest.mark.parametrize("text", ['{"korban_usia": NaN}', "{", "[]", "7", '{"a":1,"a":2}', ""])
def test_facts_that_are_no_object_are_a_sentence(run, text):
    result = run("decide", "--rules", RULES, "--facts", "-", stdin=text)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("stdin")


def test_a_megabyte_of_facts_too_many_is_refused_without_reading_on(run):
    text = '{"korban_usia": 9, "x": "' + "a" * (5 * 1024 * 1024) + '"}'
    result = run("decide", "--rules", RULES, "--facts", "-", stdin=text)
    assert result.exit_code == 2
    assert len(result.stderr) < 1000


def test_without_lang_a_refusal_is_said_in_both_languages(run):
    lines = decide(run, {"korban_usia": 121}).stderr.splitlines()
    assert "Tulis" in lines[0]
    assert "Write" in lines[1]


@pytest.mark.parametrize("facts", ["tiada.json", "."])
def test_facts_that_cannot_be_read_are_a_sentence(run, facts, tmp_path):
    result = run("decide", "--rules", RULES, "--facts", tmp_path / facts)
    assert result.exit_code == 2
    assert str(tmp_path / facts) in result.stderr


def test_a_form_instead_of_a_rule_set_is_a_sentence(run):
    form = config.content_folder() / "schemas" / "forms" / "asesmen-awal.json"
    result = decide(run, {}, "--lang", "en", rules=form)
    assert result.exit_code == 2
    assert f"{form}: This document is not a rule set" in result.stderr


def test_a_rule_that_names_an_unknown_fact_is_told_with_its_column(run, content):
    with content.changed("rules/rujukan.json") as rules:
        rules["rules"][0]["when"] = "korban_usa < 18"
    result = decide(run, {}, "--lang", "en", rules=content / "rules/rujukan.json")
    assert result.exit_code == 2
    assert "#/rules/0/when:1: " in result.stderr
    assert "korban_usia" in result.stderr


def test_a_printed_decision_names_each_agency_once_in_order_of_deadline(run):
    found = json.loads(decide(run, EXAMPLES[0]["facts"]).stdout)
    hours = [r["within_hours"] for r in found["referrals"]]
    assert hours == sorted(hours)
    assert len({r["agency"] for r in found["referrals"]}) == len(hours)
