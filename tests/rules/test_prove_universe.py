"""The universe is exactly the answers that the form accepts: the validator judges it both ways."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from conditions.condition_strategies import sized
from forms import further_sample_forms  # noqa: F401 - registers its samples
from forms.answer_strategies import valid_answers, value_of
from forms.sample_forms import sample_form
from forms.small_forms import choice, every_type, form, question
from rules.every_case import every_answers, small
from rules.rule_strategies import NAME, rule, rule_set, rule_sets
from rules.universe_cases import Accepts
from satupintu.conditions.ast import TRUE
from satupintu.conditions.meaning import holds
from satupintu.conditions.types import Moment
from satupintu.errors import BadDocument
from satupintu.forms import reading
from satupintu.forms.answers import problems, put, with_computed
from satupintu.forms.completing import completed
from satupintu.forms.document import Form
from satupintu.forms.facts import facts, known
from satupintu.rules import plain
from satupintu.rules.document import Guarantee, Outcome, Promise, RuleSet
from satupintu.rules.readings.prove import prove
from satupintu.rules.readings.prove.prover import Prover
from satupintu.rules.readings.prove.variables import without_text

ROOT = Path(__file__).parents[2]
PLACES = {
    "shipped": ROOT / "schemas/forms/asesmen-awal.json",
    "kecil": ROOT / "tests/packs/kecil/schemas/forms/rawat-satwa.json",
}


@cache
def form_of(name: str) -> Form:
    if name in PLACES:
        return reading.read(json.loads(PLACES[name].read_bytes()))
    if name == "rows_in_rows":
        return sample_form("rows in rows")
    return {"dates": dates, "every_type": every_type}[name]()


@cache
def accepts_of(name: str) -> Accepts:
    return Accepts(form_of(name))


@cache
def dates() -> Form:
    """Ages and days that are computed, from days and from moments, and hang on each other."""
    return form(
        {
            "lahir": question("d-1", type="string", format="date"),
            "hari": question("d-2", type="string", format="date"),
            "saat": question("d-3", type="string", format="date-time"),
            "usia": {
                **question("d-4", type="integer", minimum=0, maximum=120),
                "x-computed": "years_between(lahir, hari)",
            },
            "jeda": {
                **question("d-5", type="integer", minimum=-9, maximum=900),
                "x-computed": "days_between(hari, saat)",
            },
            "dewasa": {
                **question("d-6", type="boolean"),
                "x-computed": {"cases": [{"when": "usia >= 0", "value": "usia >= 18"}]},
            },
            "golongan": {
                **question("d-7", type="string", oneOf=choice("a", "b")),
                "x-computed": {
                    "cases": [
                        {"when": "dewasa", "value": "'a'"},
                        {"when": "usia < 5", "value": "'b'"},
                    ]
                },
            },
        },
        required=["lahir"],
    )


def _page(*questions: str) -> dict[str, Any]:
    title = {"title": "Halaman", "x-i18n": {"en": {"title": "Page"}}}
    return {"id": "satu", "questions": list(questions), **title}


def _claiming(of: Form) -> RuleSet:
    """Return one rule that always refers, and a guarantee that it does."""
    outcome = Outcome("NORTH", "care", 1, "biasa", "tanpa")
    ruleset = rule_set((rule(0, TRUE, refer=(outcome,)),), of.facts)
    claim = Guarantee("P", NAME, TRUE, always=(Promise("NORTH"),))
    return replace(ruleset, guarantees=(claim,))


FORMS = pytest.mark.parametrize("name", ["shipped", "kecil", "every_type", "dates", "rows_in_rows"])


@FORMS
@sized(25, assured=1_500)
@given(st.data())
def test_what_the_validator_accepts_is_a_case(name: str, data: st.DataObject) -> None:
    answers = data.draw(valid_answers(form_of(name)))
    assert accepts_of(name)(answers)


@FORMS
@sized(40, assured=3_000)
@given(st.data())
def test_after_any_change_of_one_answer_both_say_the_same(name: str, data: st.DataObject) -> None:
    of = form_of(name)
    answers = data.draw(valid_answers(of))
    asked = [q for q in of.outside_rows if q.computed is None and q.kind != "group"]
    changed = data.draw(st.sampled_from(asked))
    if data.draw(st.booleans()):
        answers = put(answers, changed.name, data.draw(value_of(changed)))
    else:
        kept = {n: v for n, v in answers.items() if n != changed.name}
        assume(len(kept) < len(answers))
        answers = kept
    answers = with_computed(of, answers)
    whole = all(
        value.microsecond == 0
        for fact, value in known(of, answers).items()
        if isinstance(of.types[fact], Moment)
    )
    assume(whole)
    assert accepts_of(name)(answers) == (not problems(of, answers))


def test_of_a_small_form_every_way_to_fill_it_in_is_judged_alike() -> None:
    accepts = Accepts(small())
    for answers in every_answers():
        assert accepts(answers) == (not problems(small(), answers)), answers


@FORMS
@sized(15, assured=600)
@given(st.data())
def test_a_case_that_was_found_can_be_filled_in_and_does_what_was_asked(
    name: str, data: st.DataObject
) -> None:
    of = form_of(name)
    ruleset = data.draw(rule_sets(of.facts))
    prover = Prover(ruleset, of, 60)
    for one in ruleset.rules[:3]:
        fires = prover.outcomes.fires[one.id]
        for wanted, fired in ((fires, True), (prover.logic.no(fires), False)):
            found = prover.find(wanted)
            if found is None:
                continue
            answers = completed(of, found.values)
            assert answers is not None
            assert not problems(of, answers)
            case = facts(of, answers)
            assert case == without_text(of, found.values)
            derived = plain.decide(ruleset, case).derived
            assert (holds(one.when, {**case, **derived}) is True) == fired


def test_a_form_that_contradicts_itself_accepts_nothing_and_proves_nothing() -> None:
    of = form(
        {"a": question("c-1", type="boolean"), "b": question("c-2", type="boolean")},
        required=["a", "b"],
        allOf=[
            {
                "if": {"properties": {"a": {"const": yes}}, "required": ["a"]},
                "then": {"properties": {"b": {"const": b}}},
            }
            for yes in (True, False)
            for b in (True, False)
        ],
        **{"x-pages": [_page("a", "b")]},
    )
    report = prove(_claiming(of), of)
    assert report.nothing_accepted
    assert [v.verdict for v in report.guarantees] == ["vacuous"]
    assert not report.holds


def test_what_no_condition_can_say_is_told_with_its_place() -> None:
    of = form(
        {
            "m": {
                **question("c-1", type="array", uniqueItems=True, minContains=1),
                "contains": {"const": "x"},
                "items": {"type": "string", "oneOf": choice("x", "y")},
            }
        }
    )
    with pytest.raises(BadDocument) as refused:
        prove(_claiming(of), of)
    assert refused.value.problems[0].pointer.startswith("/properties/m")
    assert "minContains" in refused.value.problems[0].sentence("en")
