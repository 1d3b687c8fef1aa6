"""``satupintu explain`` says why, why not and what would change it; or what is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from satupintu import config

RULES = config.content_folder() / "rules" / "rujukan.json"
KECIL = Path(__file__).parents[1] / "packs" / "kecil"
EXAMPLES = json.loads(RULES.read_bytes())["examples"]
AGENCIES = [
    a["id"] for a in json.loads((config.content_folder() / "seed" / "agencies.json").read_bytes())
]


def explain(run, facts, *more, rules=RULES):
    return run("explain", "--rules", rules, "--facts", "-", *more, stdin=json.dumps(facts))


def lacking(example):
    return next(a for a in AGENCIES if a not in example["expect"]["agencies"])


@pytest.mark.parametrize("example", EXAMPLES[:3], ids=lambda e: e["id"])
def test_an_agency_that_receives_the_case_has_the_reasons_of_the_decision(run, example):
    for agency, hours in example["expect"]["agencies"].items():
        found = json.loads(explain(run, example["facts"], "--agency", agency, "--json").stdout)
        assert (found["referred"], found["within_hours"]) == (True, hours)
        assert found["reasons"]
        assert {r["rule"] for r in found["reasons"]} <= set(example["expect"]["rules"])
        assert all(r["why"] and r["basis"] for r in found["reasons"])


def test_what_would_change_it_does(run):
    example = EXAMPLES[0]
    agency = lacking(example)
    found = json.loads(explain(run, example["facts"], "--agency", agency, "--json").stdout)
    assert found["referred"] is False
    assert all(one["missing"] or one["barred_by"] for one in found["rules"])
    changed = found["change"]["facts"]
    again = json.loads(explain(run, changed, "--agency", agency, "--json").stdout)
    assert again["referred"] is True
    edited = {e["fact"] for e in found["change"]["edits"]}
    differing = {
        n for n in {*changed, *example["facts"]} if changed.get(n) != example["facts"].get(n)
    }
    assert edited == differing


@pytest.mark.parametrize(("lang", "says"), [("id", "Yang akan"), ("en", "This would change it")])
def test_the_text_speaks_the_language_that_was_asked_for(run, lang, says):
    told = explain(run, EXAMPLES[0]["facts"], "--agency", lacking(EXAMPLES[0]), "--lang", lang)
    assert told.exit_code == 0
    assert says in told.stdout


def test_without_an_agency_the_whole_decision_is_told(run):
    example = EXAMPLES[3]
    told = explain(run, example["facts"])
    assert told.exit_code == 0, told.output
    found = json.loads(explain(run, example["facts"], "--json").stdout)
    assert {r["agency"]: r["within_hours"] for r in found["referrals"]} == example["expect"][
        "agencies"
    ]
    assert {f["flag"] for f in found["flags"]} == set(example["expect"]["flags"])
    for referral in found["referrals"]:
        assert referral["name"] in told.stdout
        for reason in referral["reasons"]:
            assert reason["why"] in told.stdout


def test_no_facts_at_all_can_be_explained_too(run):
    assert explain(run, {}).exit_code == 0
    for agency in AGENCIES[:3]:
        assert explain(run, {}, "--agency", agency).exit_code == 0


def test_a_rule_set_of_another_city_is_explained_with_its_own_titles(run):
    rules = next(f for f in (KECIL / "rules").glob("*.json") if f.stem != "legal_basis")
    document = json.loads(rules.read_bytes())
    for example in document["examples"]:
        told = explain(run, example["facts"], rules=rules)
        assert told.exit_code == 0, told.output
        for agency in {o["agency"] for r in document["rules"] for o in r.get("refer", ())}:
            assert explain(run, example["facts"], "--agency", agency, rules=rules).stdout


def test_a_folder_without_agencies_and_laws_is_explained_by_codes(run, content, monkeypatch):
    monkeypatch.setenv("SATUPINTU_CONTENT", str(content.folder))
    for name in ("seed/agencies.json", "seed/service.json", "rules/legal_basis.json"):
        (content / name).unlink()
    result = run(
        "explain", "--rules", content / "rules/rujukan.json", "--facts", "-",
        stdin=json.dumps(EXAMPLES[0]["facts"]),
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    assert all(agency in result.stdout for agency in EXAMPLES[0]["expect"]["agencies"])


@pytest.mark.parametrize(
    ("facts", "more", "says"),
    [
        ({"korban_usia": 121}, (), "120"),
        ({"korban_usa": 9}, (), "korban_usia"),
        ({}, ("--agency", "KEJAR"), "KEJARI"),
        ({}, ("--agency", "tidak ada sama sekali"), "Check the code"),
    ],
)
def test_what_is_wrong_is_said_and_ends_with_2(run, facts, more, says):
    result = explain(run, facts, *more, "--lang", "en")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert says in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("name", ["tidak-ada.json", "schemas/forms/asesmen-awal.json"])
def test_a_file_that_is_no_rule_set_ends_with_2(run, content, name):
    result = explain(run, {}, "--lang", "en", rules=content / name)
    assert result.exit_code == 2
    assert name.rpartition("/")[2] in result.stderr
