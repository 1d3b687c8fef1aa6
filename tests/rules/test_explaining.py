"""Reasons are true and enough; they are said with the case's own values, in both languages."""

from __future__ import annotations

import re
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conditions.condition_strategies import RICH, conditions, facts, sized, without
from rules.rule_content import document, form_facts, forms, shipped
from satupintu.agencies import directory, laws
from satupintu.conditions import ast
from satupintu.conditions.cel import read as read_condition
from satupintu.conditions.meaning import holds
from satupintu.conditions.types import Text
from satupintu.conditions.values import Facts, read_facts
from satupintu.forms.document import Form
from satupintu.rules.document import Example
from satupintu.rules.plain import decide
from satupintu.rules.readings.explain import Edit, explain, smallest_change, telling, why_not
from satupintu.rules.readings.explain.evidence import failing, holding
from satupintu.rules.readings.explain.words import Speaker
from satupintu.words import LANGUAGES

EXAMPLES = shipped().examples
TYPES = without(RICH, Text)


@cache
def form() -> Form:
    return forms.read(document("schemas/forms/asesmen-awal.json"))


def known(example: Example) -> Facts:
    given = read_facts(dict(example.facts), form_facts())
    return {**given, **decide(shipped(), given).derived}


def speaker(found: Facts, language: str = "id", **more: object) -> Speaker:
    return Speaker(
        shipped(),
        form(),
        found,
        language,
        directory.read(document("seed/agencies.json")),
        laws.read(document("rules/legal_basis.json")),
        **more,  # type: ignore[arg-type]
    )


@given(data=st.data())
@sized(60, assured=4_000)
def test_evidence_is_true_and_enough(data: st.DataObject) -> None:
    condition = data.draw(conditions(TYPES))
    here, elsewhere = data.draw(facts(TYPES)), data.draw(facts(TYPES))
    if holds(condition, here) is True:
        evidence = holding(condition, here)
        assert holds(evidence, here) is True
        if holds(evidence, elsewhere) is True:
            assert holds(condition, elsewhere) is True
    else:
        assert holds(failing(condition, here), here) is holds(condition, here)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e.id)
def test_every_rule_that_fired_is_a_reason_with_its_evidence(example: Example) -> None:
    found = known(example)
    decision = decide(shipped(), found)
    explained = explain(shipped(), found, decision)
    assert tuple(explained.reasons) == decision.rules
    assert all(holds(r.evidence, found) is True for r in explained.reasons.values())
    for agency in decision.agencies:
        assert tuple(r.rule.id for r in explained.of(agency.rules)) == agency.rules
    for flag in decision.flags:
        assert explained.of_flag(flag)
    for because in explained.derived:
        assert because.value == found[because.fact.id]
        assert because.evidence is None or holds(because.evidence, found) is True


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_whole_decision_is_told_without_a_condition_as_code(language: str) -> None:
    for example in EXAMPLES:
        found = known(example)
        decision = decide(shipped(), found)
        lines = list(
            telling.decision(explain(shipped(), found, decision), speaker(found, language))
        )
        text = "\n".join(lines)
        for agency in decision.agencies:
            assert all(rule in text for rule in agency.rules)
        for sign in ("&&", "||", "==", "exists(", "!="):
            assert sign not in text
        names = {name for name in form().questions if "_" in name}
        assert not names & set(re.findall(r"\w+", text))


def test_a_value_stands_beside_what_is_asked_of_it() -> None:
    said = speaker({"korban_usia": 9, "bentuk_kekerasan": ("fisik", "seksual")})
    age = read_condition("korban_usia < 18", form_facts())
    assert said.condition(age) == "“Berapa usia korban, dalam tahun?” di bawah 18 (9)"
    kinds = read_condition("bentuk_kekerasan.exists(v, v in ['tppo', 'psikis'])", form_facts())
    assert said.condition(kinds).endswith("(Fisik: dipukul, ditendang, dilukai; Seksual)")
    assert said.condition(read_condition("aman_pulang", form_facts())).endswith("(belum dijawab)")


def test_what_leaves_only_one_value_is_said_without_it() -> None:
    said = speaker({"aman_pulang": False, "luka": "berat"})
    for text in ("!aman_pulang", "luka == 'berat'", "!has(korban_usia)"):
        assert not said.condition(read_condition(text, form_facts())).endswith(")")


def test_a_covered_answer_stays_covered() -> None:
    said = speaker({"korban_usia": 9}, covered=lambda name: name == "korban_usia")
    told = said.condition(read_condition("korban_usia < 18", form_facts()))
    assert told.endswith("(tertutup)")
    assert "9" not in told


def test_a_value_inside_a_row_is_not_said_but_how_many_rows_there_are_is() -> None:
    condition = ast.RowsExist(ast.Fact("children"), "r", ast.Truth(ast.Fact("r.school")))

    class Titles:
        def fact(self, name: str, _language: str) -> str:
            return name

        def option(self, _name: str, const: str, _language: str) -> str:
            return const

    from satupintu.conditions.sentence import Given, sentence

    given_facts: Facts = {"children": ({"school": False}, {})}
    told = sentence(condition, Titles(), "en", Given(given_facts, lambda n, _: f"2 of {n}"))
    assert told == "some row of children has children.school: yes (2 of children)"


@pytest.mark.parametrize("language", LANGUAGES)
def test_why_not_names_each_rule_its_values_and_what_would_change_it(language: str) -> None:
    for example in EXAMPLES[:3]:
        found = known(example)
        referred = {a.agency for a in decide(shipped(), found).agencies}
        for agency in directory.read(document("seed/agencies.json")):
            if agency in referred:
                continue
            change = smallest_change(shipped(), found, agency, form())
            lines = list(
                telling.lacks(why_not(shipped(), found, agency), change, speaker(found, language))
            )
            rules = [r.id for r in shipped().rules if any(o.agency == agency for o in r.refer)]
            assert [r for r in rules if any(line.strip().startswith(r) for line in lines)] == rules
            assert len(lines) > len(rules)


def test_an_edit_of_a_list_says_what_comes_and_what_goes() -> None:
    said = speaker({})
    kinds = "bentuk_kekerasan"
    assert "juga memuat Seksual" in said.edit(Edit(kinds, ("psikis",), ("psikis", "seksual")))
    assert "tidak lagi memuat Seksual" in said.edit(Edit(kinds, ("tppo", "seksual"), ("tppo",)))
    assert said.edit(Edit("korban_usia", 9, None)).endswith("tidak dijawab")


def test_a_derived_fact_says_why_it_has_its_value() -> None:
    for example in EXAMPLES:
        found = known(example)
        explained = explain(shipped(), found, decide(shipped(), found))
        for because in explained.derived:
            said = speaker(found).because(because)
            assert said.startswith(because.fact.title["id"])
            assert because.fact.options[because.value]["id"] in said
