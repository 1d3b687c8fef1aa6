"""Examples of a rule set: every difference is a sentence with its place."""

from __future__ import annotations

from typing import Any

from rules.rule_content import document, form_facts, shipped
from satupintu import words
from satupintu.rules import examples, plain, reading


def differences(**expect: Any) -> set[tuple[str, str]]:
    changed = document()
    changed["examples"] = changed["examples"][:1]
    changed["examples"][0]["expect"] |= expect
    ruleset = reading.read(changed, form_facts())
    (result,) = examples.run(ruleset, lambda facts: plain.decide(ruleset, facts))
    assert result.passed is (not result.differences)
    for problem in result.differences:
        assert all(problem.sentence(language) for language in words.LANGUAGES)
    return {(problem.key, problem.pointer) for problem in result.differences}


def test_an_example_as_expected_passes() -> None:
    assert differences() == set()


def test_each_difference_is_named_at_its_place() -> None:
    expected = dict(shipped().examples[0].expect["agencies"])
    del expected["LBH"]
    where = "/examples/0/expect"
    assert differences(agencies={**expected, "RSUD": 9, "DINSOS": 24}) == {
        ("rules.example_agency_extra", f"{where}/agencies"),
        ("rules.example_deadline", f"{where}/agencies/RSUD"),
        ("rules.example_agency_missing", f"{where}/agencies/DINSOS"),
    }
    assert differences(derived={"risiko": "rendah"}) == {
        ("rules.example_derived", f"{where}/derived/risiko")
    }
    assert differences(forbidden=[], flags=["konflik_kepentingan"]) == {
        ("rules.example_forbidden_extra", f"{where}/forbidden"),
        ("rules.example_flags_missing", f"{where}/flags"),
        ("rules.example_flags_extra", f"{where}/flags"),
    }
    assert differences(excluded=["RSUD"], rules=["R01"]) == {
        ("rules.example_excluded_missing", f"{where}/excluded"),
        ("rules.example_rules_extra", f"{where}/rules"),
    }
