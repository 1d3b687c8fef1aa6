"""``satupintu prove`` and ``compare`` say what holds of every case, from files alone."""

from __future__ import annotations

import json

import pytest

from satupintu import config
from satupintu.documents import parse
from satupintu.forms import reading as form_reading
from satupintu.forms.answers import problems

RULES = "rules/rujukan.json"
FORM = "schemas/forms/asesmen-awal.json"
SHIPPED = config.content_folder() / RULES


def without(content, rule):
    """Take a rule away, and nothing else."""
    with content.changed(RULES) as document:
        document["rules"] = [r for r in document["rules"] if r["id"] != rule]
    return content / RULES


def test_the_shipped_rule_set_proves_all_its_guarantees(run):
    result = run("prove", "--rules", SHIPPED, "--json")
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert {g["verdict"] for g in found["guarantees"]} == {"proved"}
    assert len(found["guarantees"]) == len(json.loads(SHIPPED.read_bytes())["guarantees"])
    assert found["unreachable"] == found["redundant"] == []
    assert found["unrouted"] is None
    assert found["ms"] > 0


def test_what_a_rule_held_up_is_refuted_by_a_case_that_can_be_filled_in(run, content):
    result = run("prove", "--rules", without(content, "R47"), "--json")
    assert result.exit_code == 1
    [refuted] = [g for g in json.loads(result.stdout)["guarantees"] if g["verdict"] == "refuted"]
    assert refuted["id"] == "P09"
    form = form_reading.read(parse((content / FORM).read_bytes()))
    assert not problems(form, refuted["answers"])
    asked = {name: refuted["answers"][name] for name in refuted["counterexample"]}
    assert asked == refuted["counterexample"]


@pytest.mark.parametrize(("lang", "word"), [("id", "Terbantah: P09"), ("en", "Refuted: P09")])
def test_the_case_is_told_by_what_is_not_plain_about_it(run, content, lang, word):
    result = run("prove", "--rules", without(content, "R47"), "--lang", lang)
    lines = result.stdout.splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith(word))
    case = [line for line in lines[start + 1 :] if line.startswith("    ")]
    assert 1 <= len(case) <= 3
    assert "persetujuan" not in "".join(case)


def test_without_any_time_nothing_is_called_proved(run):
    result = run("prove", "--rules", SHIPPED, "--json", "--seconds", "0")
    assert result.exit_code == 1
    found = json.loads(result.stdout)
    assert {g["verdict"] for g in found["guarantees"]} == {"undetermined"}
    assert found["undetermined"]


def test_a_rule_that_never_fires_and_one_that_changes_nothing_are_named(run, content):
    with content.changed(RULES) as document:
        first = document["rules"][1]
        document["rules"] += [
            {**first, "id": "X1", "when": "korban_usia < 3 && korban_usia > 3"},
            {**first, "id": "X2", "when": f"{first['when']} && korban_usia > 3"},
        ]
    found = json.loads(run("prove", "--rules", content / RULES, "--json").stdout)
    assert found["unreachable"] == ["X1"]
    assert found["redundant"] == ["X1", "X2"]


def test_a_case_that_reaches_nobody_is_told(run, content):
    with content.changed(RULES) as document:
        document["rules"] = document["rules"][1:]
        document["examples"] = []
    result = run("prove", "--rules", content / RULES, "--lang", "en")
    assert result.exit_code == 1
    assert "This case reaches no agency:" in result.stdout


def test_another_form_can_be_named(run, content):
    result = run("prove", "--rules", SHIPPED, "--form", content / FORM, "--json")
    assert result.exit_code == 0


def test_a_change_of_what_nobody_answers_is_refused_with_its_place(run, content):
    with content.changed(RULES) as document:
        change = {"fact": "jam_sejak_kejadian", "from": 100, "to": 10}
        claim = {"id": "X", "title": {"id": "X", "en": "X"}, "monotone": change}
        document["guarantees"].append(claim)
    result = run("prove", "--rules", content / RULES, "--lang", "en")
    assert result.exit_code == 2
    assert "/monotone/fact" in result.stderr
    assert "Traceback" not in result.output


def test_a_broken_rule_set_is_an_error(run, content):
    with content.changed(RULES) as document:
        document["rules"][0]["when"] = "korban_usiaa < 3"
    result = run("prove", "--rules", content / RULES)
    assert result.exit_code == 2
    assert "korban_usia" in result.stderr


def test_most_mistakes_in_the_shipped_rules_would_be_noticed(run):
    found = json.loads(run("prove", "--rules", SHIPPED, "--mutants", "--json").stdout)
    assert found["caught"] >= 0.95
    kinds = {m["kind"] for m in found["mutants"]}
    assert kinds == {"removed", "doubled"}
    assert [m["rule"] for m in found["mutants"] if m["caught"] == "unguarded"] == ["R41"]


def test_a_version_compares_as_equivalent_with_itself(run):
    result = run("compare", SHIPPED, SHIPPED, "--json")
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    assert found["verdict"] == "equivalent"
    assert set(found["agencies"].values()) == {"equivalent"}
    assert found["differences"] == []
    assert found["examples"] == {"more": None, "less": None}


def test_a_later_deadline_is_less_protective_and_an_earlier_one_more(run, content):
    with content.changed(RULES) as document:
        rule = next(r for r in document["rules"] if r["id"] == "R14")
        rule["refer"][0]["within_hours"] = 4
    later = json.loads(run("compare", SHIPPED, content / RULES, "--json").stdout)
    assert later["verdict"] == "less_protective"
    assert later["agencies"]["PSIKIATER"] == "less_protective"
    assert later["agencies"]["RSUD"] == "equivalent"
    assert later["examples"]["less"]["ide_bunuh_diri"] is True
    assert any("R14" in sentence for sentence in later["differences"])
    sooner = json.loads(run("compare", content / RULES, SHIPPED, "--json").stdout)
    assert sooner["verdict"] == "more_protective"


def test_another_wording_is_equivalent(run, content):
    with content.changed(RULES) as document:
        document["rules"][3]["title"]["id"] = "Judul lain"
    result = run("compare", SHIPPED, content / RULES, "--lang", "en")
    assert result.stdout.startswith("Equivalent")
    assert "Judul lain" in result.stdout


def test_a_guarantee_over_an_agency_that_nobody_knows_is_said_with_its_place(run, content):
    with content.changed(RULES) as document:
        document["guarantees"][0]["always"]["agency"] = "POLRES_PA"
    result = run("prove", "--rules", content / RULES, "--lang", "en")
    assert result.exit_code == 2
    assert "/guarantees/0/always/agency" in result.stderr
    assert "POLRES_PPA" in result.stderr


def test_rules_over_agencies_of_another_city_are_proved_all_the_same(run, content):
    with content.changed(RULES) as document:
        for rule in document["rules"]:
            for outcome in rule.get("refer", ()):
                outcome["agency"] = f"X_{outcome['agency']}"
        document["guarantees"] = [
            {"id": "P01", "title": {"id": "x", "en": "x"}, "always": {"agency": "X_UPTD_PPA"}},
            {"id": "P02", "title": {"id": "x", "en": "x"}, "never": {"agency": "NOBODY"}},
        ]
        document["examples"] = []
    found = json.loads(run("prove", "--rules", content / RULES, "--json").stdout)
    assert {g["verdict"] for g in found["guarantees"]} == {"proved"}
