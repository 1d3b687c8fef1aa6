"""Answers carried from a public report into an assessment."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.answer_strategies import valid_answers
from forms.small_forms import choice, form, question
from satupintu.documents import Json
from satupintu.forms.answers import problems
from satupintu.forms.carrying import NEVER, carried
from satupintu.forms.document import Form
from satupintu.forms.reading import read

ROOT = Path(__file__).parents[2]


def _age(x_id: str, name: str, high: int) -> dict[str, Json]:
    limits = {"minimum": 0, "maximum": high, "x-role": ["age"]}
    return {name: question(x_id, type="integer", **limits)}


def _kinds(x_id: str, name: str, *options: str) -> dict[str, Json]:
    items = {"type": "string", "oneOf": choice(*options)}
    more = {"uniqueItems": True, "items": items, "x-role": ["kind"]}
    return {name: question(x_id, type="array", **more)}


def test_the_same_role_carries_an_answer_under_another_key() -> None:
    source, target = form(_age("a", "kira_kira", 120)), form(_age("b", "usia", 120))
    assert carried(source, {"kira_kira": 30}, target) == {"usia": 30}


def test_a_value_that_the_target_does_not_accept_is_not_carried() -> None:
    source, target = form(_age("a", "kira_kira", 120)), form(_age("b", "usia", 17))
    assert carried(source, {"kira_kira": 30}, target) == {}


def test_of_a_list_the_options_that_exist_there_are_carried() -> None:
    source, target = form(_kinds("a", "bentuk", "x", "y")), form(_kinds("b", "jenis", "y", "z"))
    assert carried(source, {"bentuk": ["x", "y"]}, target) == {"jenis": ["y"]}
    assert carried(source, {"bentuk": ["x"]}, target) == {}


def test_the_same_key_carries_only_what_is_of_the_same_kind() -> None:
    yes_no = form({"q": question("a", type="boolean")})
    text = form({"q": question("b", type="string")})
    assert carried(yes_no, {"q": True}, yes_no) == {"q": True}
    assert carried(yes_no, {"q": True}, text) == {}


def test_a_role_that_two_questions_have_is_not_guessed() -> None:
    source = form(_age("a", "satu", 120))
    target = form({**_age("b", "dua", 120), **_age("c", "tiga", 120)})
    assert carried(source, {"satu": 30}, target) == {}


@pytest.mark.parametrize("role", sorted(NEVER))
def test_names_identity_and_consent_are_never_carried(role: str) -> None:
    one = form({"q": question("a", type="string", **{"x-role": [role]})})
    assert carried(one, {"q": "Korban Contoh"}, one) == {}


def test_files_and_computed_answers_are_not_carried() -> None:
    file = question("f", type="string", format="uuid", **{"x-ui": {"widget": "file"}})
    one = form({"f": file})
    assert carried(one, {"f": "0b6f1f0e-5d55-4c1e-9a55-2f1f5d3c7a10"}, one) == {}


def test_an_answer_that_was_not_asked_is_not_carried() -> None:
    shown = {"properties": {"a": {"const": True}}, "required": ["a"]}
    then = {"properties": {"b": question("b", type="boolean")}}
    one = form({"a": question("a", type="boolean")}, allOf=[{"if": shown, "then": then}])
    assert carried(one, {"a": False, "b": True}, one) == {"a": False}
    assert carried(one, {"a": True, "b": True}, one) == {"a": True, "b": True}


@cache
def shipped(name: str) -> Form:
    return read(json.loads((ROOT / "schemas" / "forms" / f"{name}.json").read_bytes()))


@settings(max_examples=20)
@given(st.data())
def test_a_shipped_report_starts_an_assessment_without_wrong_answers(data: st.DataObject) -> None:
    source, target = shipped("laporan-publik"), shipped("asesmen-awal")
    answers = data.draw(valid_answers(source))
    found = carried(source, answers, target)
    ages = [q.name for q in source.with_role("age")], [q.name for q in target.with_role("age")]
    assert (ages[0][0] in answers) is (ages[1][0] in found)
    asked_later = {"forms.answer_missing", "forms.answer_not_computed"}
    assert {p.key for p in problems(target, found)} <= asked_later
