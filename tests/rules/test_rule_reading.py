"""A rule-set document is read whole, or every reason is said, each with its place."""

from __future__ import annotations

import json
from typing import Any

import pytest

from rules.rule_content import agencies, document, form_facts, laws, shipped
from satupintu import words
from satupintu.conditions import cel
from satupintu.errors import BadDocument, Problem
from satupintu.rules import reading
from satupintu.rules.check import check
from satupintu.rules.document import RuleSet


def read(changed: Any) -> RuleSet:
    return reading.read(changed, form_facts(), agencies(), laws())


def problems(changed: Any) -> list[Problem]:
    with pytest.raises(BadDocument) as caught:
        read(changed)
    for problem in caught.value.problems:
        for language in words.LANGUAGES:
            assert problem.sentence(language)
    return list(caught.value.problems)


def one(changed: Any) -> Problem:
    (problem,) = problems(changed)
    return problem


def test_the_shipped_rule_set_reads_without_problem_or_warning() -> None:
    data = json.dumps(document()).encode()
    assert check(data, "rujukan.json", form_facts(), agencies(), laws()) == []
    assert (len(shipped().rules), len(shipped().facts), len(shipped().guarantees)) == (47, 1, 23)
    assert shipped().flags["kunci_baris_instansi_terlapor"].effect == "restrict_to_head"
    assert shipped().guarantees[7].never[0].agency == "POLRES_PPA"


def test_an_example_that_expects_a_rule_that_is_gone_is_worth_a_look_and_stops_nothing() -> None:
    changed = document()
    (gone,) = [rule for rule in changed["rules"] if rule["id"] == "R47"]
    changed["rules"].remove(gone)
    assert read(changed).examples
    data = json.dumps(changed).encode()
    found = check(data, "rujukan.json", form_facts(), agencies(), laws())
    assert {(p.key, p.level) for p in found} == {("rules.warn_expects_no_rule_nearest", "warning")}
    assert all(p.sentence(language) for p in found for language in words.LANGUAGES)


def test_the_hash_is_that_of_the_document_and_changes_with_it() -> None:
    changed = document()
    changed["rules"][0]["why"]["id"] += "!"
    assert read(document()).hash == shipped().hash != read(changed).hash


@pytest.mark.parametrize(
    ("where", "value", "key"),
    [
        ("/rules/3/when", "bahaya_sekarangg", None),
        ("/rules/9/when", "luka == 'beratt'", None),
        ("/rules/9/when", "korban_usia == 'berat'", None),
        ("/rules/9/when", "korban_usia <", None),
        ("/rules/3/refer/0/agency", "POLRES", "rules.agency_unknown_nearest"),
        ("/rules/3/refer/0/service", "pengamanann", "rules.service_unknown_nearest"),
        ("/rules/3/refer/0/within_hours", 0, "rules.too_small"),
        ("/rules/3/refer/0/urgency", "gawat", "rules.not_among"),
        ("/rules/3/refer/0/consent", "ya", "rules.not_among"),
        ("/rules/3/basis/0", "UU-23-2005:1", "rules.law_unknown_nearest"),
        ("/rules/3/id", "R01", "rules.id_repeated"),
        ("/rules/3/id", "R 4", "rules.not_an_id"),
        ("/rules/41/forbid/0/service", "mediasii", "rules.service_unknown_nearest"),
        ("/rules/43/exclude/0", "POLISI", "rules.agency_unknown"),
        ("/rules/1/flag/0", "panggil_kepala", "rules.flag_unknown_nearest"),
        ("/facts/0/cases/0/is", "tingi", "rules.option_unknown_nearest"),
        ("/facts/0/otherwise", "tak_ada", "rules.option_unknown"),
        ("/flags/0/effect", "call", "rules.not_among"),
        ("/flags/3/fact", "korban_usia", "rules.fact_not_a_choice"),
        ("/guarantees/0/always/agency", "UPTD", None),
        ("/guarantees/1/given", "risiko == 'sangat'", None),
        ("/guarantees/14/monotone/fact", "bahaya", None),
        ("/guarantees/14/monotone/to", "ya", "rules.value_not_of_fact"),
        ("/examples/0/facts/korban_usia", 900, None),
        ("/examples/0/facts/luka", "parah", None),
        ("/examples/0/expect/derived/risiko", "gawat", "rules.option_unknown"),
        ("/examples/0/expect/flags/0", "panggil", None),
        ("/examples/0/expect/forbidden/0/agency", "UPTD", None),
    ],
)
def test_one_slip_is_one_problem_at_its_place(where: str, value: Any, key: str | None) -> None:
    changed = document()
    *path, last = where.split("/")[1:]
    place: Any = changed
    for part in path:
        place = place[int(part) if isinstance(place, list) else part]
    place[int(last) if isinstance(place, list) else last] = value
    problem = next(p for p in problems(changed) if p.pointer.startswith(where))
    assert key is None or problem.key == key


def test_a_condition_says_the_column_and_the_nearest_name() -> None:
    changed = document()
    changed["rules"][8]["when"] = "luka == 'berat' && korban_usiaa < 18"
    problem = one(changed)
    assert (problem.pointer, problem.column) == ("/rules/8/when", 20)
    assert "korban_usia" in problem.sentence("en")
    assert problem.place() == "#/rules/8/when:20"


def test_all_problems_are_found_in_one_reading() -> None:
    changed = document()
    changed["rules"][0]["when"] = "tidak_ada"
    changed["rules"][1]["refer"][0]["agency"] = "X"
    changed["rules"][2]["basis"] = ["NONE"]
    changed["facts"][0]["otherwise"] = "none"
    assert {p.pointer for p in problems(changed)} == {
        "/rules/0/when", "/rules/1/refer/0/agency", "/rules/2/basis/0", "/facts/0/otherwise",
    }  # fmt: skip


def derived(fact: str, when: str) -> Any:
    title = {"id": fact, "en": fact}
    return {
        "id": fact,
        "title": title,
        "options": [{"const": "a", "title": title}, {"const": "b", "title": title}],
        "cases": [{"id": "K1", "when": when, "is": "a"}],
        "otherwise": "b",
    }


def test_a_derived_fact_reads_an_earlier_one_but_never_a_later_one_or_itself() -> None:
    changed = document()
    changed["facts"].append(derived("kedua", "risiko == 'tinggi'"))
    assert [f.id for f in read(changed).facts] == ["risiko", "kedua"]
    changed["facts"].reverse()
    assert one(changed).key == "rules.fact_too_early"
    changed["facts"] = [derived("risiko", "risiko == 'a'")]
    assert "rules.fact_too_early" in {p.key for p in problems(changed)}


def test_a_derived_fact_may_not_take_the_name_of_an_answer() -> None:
    changed = document()
    changed["facts"].append(derived("luka", "bahaya_sekarang"))
    assert "rules.fact_is_answer" in {p.key for p in problems(changed)}


def test_a_guarantee_claims_exactly_one_kind_of_thing() -> None:
    changed = document()
    changed["guarantees"][0]["never"] = {"agency": "RSUD"}
    assert one(changed).key == "rules.guarantee_of_one_kind"
    changed = document()
    changed["guarantees"][0]["always"] = {"within_hours": 3}
    assert one(changed).key == "rules.outcome_agency_or_flag"


def test_keys_that_are_missing_or_unknown_are_named() -> None:
    changed = document()
    del changed["rules"][0]["when"]
    changed["rules"][1]["whenn"] = "true"
    changed["rules"] += ["R99"]
    assert {(p.key, p.pointer) for p in problems(changed)} == {
        ("rules.key_missing", "/rules/0"),
        ("rules.key_unknown", "/rules/1/whenn"),
        ("rules.not_object", "/rules/47"),
    }
    assert [p.key for p in problems([])] == ["rules.not_object"]


def test_a_condition_that_is_too_wide_is_refused() -> None:
    changed = document()
    changed["rules"][0]["when"] = " && ".join(
        f"(korban_usia == {n} || jam_sejak_kejadian == {n})" for n in range(10)
    )
    assert one(changed).pointer == "/rules/0/when"


def test_without_agencies_and_laws_what_the_document_names_is_taken_as_it_is() -> None:
    changed = document()
    changed["rules"][3]["refer"][0]["agency"] = "ANY"
    changed["rules"][3]["basis"] = ["ANY"]
    assert reading.read(changed, form_facts()).rules[3].refer[0].agency == "ANY"


def test_check_warns_of_what_only_deserves_a_look() -> None:
    changed = document()
    rule = changed["rules"][9]
    del rule["why"], rule["basis"], rule["refer"], rule["title"]["en"]
    rule["when"] = "false"
    changed["flags"].append({"id": "unused", "title": {"id": "x", "en": "x"}})
    title = {"id": "x", "en": "x"}
    changed["facts"][0]["options"].append({"const": "never", "title": title})
    changed["facts"][0]["cases"].insert(0, {"id": "K0", "when": "true", "is": "tinggi"})
    changed["examples"] = []
    found = check(json.dumps(changed).encode(), "r.json", form_facts(), agencies(), laws())
    assert all(p.warning and p.file == "r.json" and p.sentence("id") for p in found)
    assert {p.key for p in found} == {
        "rules.warn_no_reason", "rules.warn_no_basis", "rules.warn_no_outcome",
        "rules.warn_flag_unused", "rules.warn_option_unused", "rules.warn_covers_rest",
        "rules.warn_untranslated", "conditions.never_true", "conditions.case_passed_over",
    }  # fmt: skip


def test_check_names_the_file_of_a_document_that_is_not_json() -> None:
    (problem,) = check(b"{", "r.json", form_facts())
    assert (problem.file, problem.key) == ("r.json", "documents.json_key")


def test_every_sentence_is_there_in_both_languages() -> None:
    keys = [
        {k for k in words.catalogue(lang) if k.startswith("rules.")} for lang in words.LANGUAGES
    ]
    assert keys[0] == keys[1]


def test_every_shipped_condition_prints_and_reads_back_as_itself() -> None:
    for rule in shipped().rules:
        assert cel.read(cel.write(rule.when), shipped().types) == rule.when
