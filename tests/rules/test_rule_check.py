"""What checking a rule set says of a document that can be read: doubts, contradictions, idlers."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from rules.rule_content import agencies, document, form_facts, laws
from satupintu import words
from satupintu.errors import Problem
from satupintu.rules.check import check


def told(changed: Any) -> list[Problem]:
    found = check(json.dumps(changed).encode(), "r.json", form_facts(), agencies(), laws())
    for problem in found:
        assert problem.file == "r.json"
        assert all(problem.sentence(language) for language in words.LANGUAGES)
    return found


def one(changed: Any) -> Problem:
    (problem,) = told(changed)
    return problem


@pytest.mark.parametrize(
    ("where", "text", "key"),
    [
        ("/rules/3/when", "false", "conditions.never_true"),
        ("/rules/3/when", "korban_usia < 9 && korban_usia > 60", "conditions.never_true"),
        ("/rules/3/when", "luka == 'ringan' && luka == 'berat'", "conditions.never_true"),
        ("/rules/3/when", "risiko in ['rendah', 'sedang', 'tinggi']", "conditions.only_answered"),
        ("/rules/3/when", "berulang || !berulang", "conditions.only_answered"),
        ("/rules/3/when", "has(luka) || !has(luka)", "conditions.always_true"),
        ("/rules/3/when", "berulang && aman_pulang && berulang", "conditions.part_repeated"),
        ("/rules/3/when", "korban_usia < 18 && korban_usia < 60", "conditions.part_needless"),
        ("/facts/0/cases/1/when", "luka == 'berat' && berulang", "conditions.case_passed_over"),
        ("/facts/0/cases/3/when", "korban_usia < 0", "conditions.never_true"),
        ("/guarantees/1/given", "korban_usia > 200", "conditions.never_true"),
    ],
)
def test_a_condition_that_nobody_would_mean_is_a_warning_at_its_place(
    where: str, text: str, key: str
) -> None:
    changed = document()
    *path, last = where.split("/")[1:]
    place: Any = changed
    for part in path:
        place = place[int(part) if isinstance(place, list) else part]
    place[last] = text
    problem = one(changed)
    assert (problem.key, problem.pointer, problem.level) == (key, where, "warning")


def with_examples(*expects: Any, second: Any = None) -> Any:
    changed = document()
    first = {"korban_usia": 9, "bentuk_kekerasan": ["fisik", "seksual"]}
    facts = [first, second or dict(reversed(first.items()))]
    changed["examples"] = [
        {"id": f"G{n}", "title": {"id": "x", "en": "x"}, "facts": facts[n], "expect": expect}
        for n, expect in enumerate(expects)
    ]
    return changed


@pytest.mark.parametrize(
    ("one_expects", "other_expects", "where"),
    [
        ({"derived": {"risiko": "tinggi"}}, {"derived": {"risiko": "sedang"}}, "derived.risiko"),
        ({"flags": []}, {"flags": ["panggil_kepala_uptd"], "rules": ["R01"]}, "flags"),
        ({"agencies": {"RSUD": 2}, "rules": ["R01"]}, {"agencies": {"RSUD": 3}}, "agencies"),
    ],
)
def test_two_examples_that_contradict_each_other_are_a_problem_that_names_both(
    one_expects: Any, other_expects: Any, where: str
) -> None:
    problem = one(with_examples(one_expects, other_expects))
    assert (problem.key, problem.level) == ("rules.examples_contradict", "error")
    assert problem.pointer == "/examples/1"
    assert dict(problem.params) == {"example": "G1", "other": "G0", "where": where}


def test_the_same_facts_are_the_same_in_any_order_of_names_and_options() -> None:
    second = {"bentuk_kekerasan": ["seksual", "fisik"], "korban_usia": 9.0}
    changed = with_examples({"flags": []}, {"flags": ["konflik_kepentingan"]}, second=second)
    assert one(changed).key == "rules.examples_contradict"


def test_examples_that_say_different_things_of_one_case_go_together() -> None:
    expect = {"rules": ["R06", "R01"], "derived": {"risiko": "tinggi"}}
    assert told(with_examples(expect, {"rules": ["R01", "R06"], "flags": []})) == []
    assert told(with_examples({"flags": []}, {"rules": []})) == []
    assert told(with_examples({"flags": []}, {"flags": ["x"][:0]}, second={"luka": "berat"})) == []


def test_an_example_that_only_repeats_another_is_a_warning() -> None:
    problem = one(with_examples({"rules": ["R01", "R06"]}, {"rules": ["R06", "R01"]}))
    assert (problem.key, problem.level) == ("rules.warn_example_twice", "warning")


def test_a_rule_that_repeats_another_in_other_words_is_a_warning() -> None:
    changed = document()
    again = {**copy.deepcopy(changed["rules"][4]), "id": "R99"}
    again["when"] = " && ".join(f"!(!({p}))" for p in reversed(again["when"].split(" && ")))
    changed["rules"].append(again)
    problem = one(changed)
    assert (problem.key, problem.pointer) == ("rules.warn_rule_twice", "/rules/47")
    assert dict(problem.params) == {"rule": "R99", "other": changed["rules"][4]["id"]}
    again["refer"][0]["within_hours"] += 1
    assert told(changed) == []


def test_what_is_excluded_or_forbidden_though_nobody_refers_to_it_is_a_warning() -> None:
    changed = document()
    changed["rules"] = [r for r in changed["rules"] if r["id"] != "R41"]
    changed["rules"][43 - 1]["exclude"] = ["POLRES_PPA", "LPSK"]
    for rule in changed["rules"]:
        rule["refer"] = [o for o in rule.get("refer", []) if o["agency"] != "LPSK"]
    changed["examples"] = []
    found = {(p.key, p.pointer) for p in told(changed) if p.key != "rules.warn_no_outcome"}
    assert found == {
        ("rules.warn_forbid_idle", "/rules/40/forbid/0"),
        ("rules.warn_forbid_idle", "/rules/41/forbid/0"),
        ("rules.warn_exclude_idle", "/rules/42/exclude/1"),
    }


def test_a_derived_fact_that_neither_a_rule_nor_a_page_reads_is_a_warning() -> None:
    changed = document()
    spare = copy.deepcopy(changed["facts"][0])
    spare |= {"id": "lain", "headline": False}
    spare["cases"] = [{"id": "L1", "when": "berulang", "is": "tinggi"}]
    spare["options"] = [o for o in spare["options"] if o["const"] != "sedang"]
    changed["facts"].append(spare)
    problem = one(changed)
    assert (problem.key, problem.pointer) == ("rules.warn_fact_unread", "/facts/1")
    changed["rules"][3]["when"] = "bahaya_sekarang || lain == 'tinggi' && !dokumen_ada"
    assert told(changed) == []
    changed["rules"][3]["when"] = "bahaya_sekarang"
    changed["facts"][1]["headline"] = True
    assert told(changed) == []


@pytest.mark.parametrize(
    "where",
    [
        "/title", "/facts/0/title", "/facts/0/options/0/title", "/facts/0/cases/0/why",
        "/facts/0/otherwise_why", "/flags/0/title", "/rules/0/title", "/rules/0/why",
        "/guarantees/0/title", "/examples/0/title",
    ],
)  # fmt: skip
def test_every_text_of_a_rule_set_is_missed_where_it_has_no_english(where: str) -> None:
    changed = document()
    place: Any = changed
    for part in where.split("/")[1:]:
        place = place[int(part) if isinstance(place, list) else part]
    del place["en"]
    problem = one(changed)
    assert (problem.key, problem.pointer) == ("rules.warn_untranslated", where)
    assert problem.level == "warning"
