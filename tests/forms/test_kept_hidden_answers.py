"""Answers to questions that are not asked any more, and yet ask to be kept."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.small_forms import document, form, question
from satupintu.documents import Json
from satupintu.errors import BadDocument
from satupintu.forms.answers import kept_name, parted, problems, with_kept, without_hidden
from satupintu.forms.document import Form
from satupintu.forms.facts import facts
from satupintu.forms.reading import read


def _when(name: str, **then: Json) -> dict[str, Json]:
    condition = {"properties": {name: {"const": True}}, "required": [name]}
    return {"if": condition, "then": {"properties": then}}


def _kept(x_id: str, **keywords: Json) -> dict[str, Json]:
    return question(x_id, **{"type": "boolean", "x-keep-hidden": True, **keywords})


def household() -> Form:
    """A question that hides two, one of them kept; a group and rows with one of each."""
    plain = question("p", type="boolean")
    inside = {"properties": {"simpan": _kept("d"), "buang": question("e", type="boolean")}}
    group = question("c", type="object", unevaluatedProperties=False, **inside)
    row = {
        "type": "object",
        "unevaluatedProperties": False,
        "properties": {"ikut": question("g", type="boolean")},
        "allOf": [_when("ikut", catatan=_kept("h", type="string", maxLength=40))],
    }
    rows = question("f", type="array", maxItems=3, items=row)
    return form(
        {"ada": question("a", type="boolean"), "baris": rows},
        allOf=[_when("ada", satu=_kept("b"), dua=plain, rumah=group)],
    )


FULL: Mapping[str, Json] = {
    "ada": True,
    "satu": True,
    "dua": True,
    "rumah": {"simpan": False, "buang": True},
    "baris": [{"ikut": True, "catatan": "x"}, {"ikut": True, "catatan": "y"}],
}


def test_while_its_question_is_asked_a_kept_answer_is_an_answer_like_any_other() -> None:
    found = parted(household(), FULL)
    assert (found.answers, found.dropped, found.kept) == (FULL, (), {})
    assert problems(household(), found.answers) == ()


def test_once_hidden_it_stands_beside_the_answers_and_the_others_are_dropped() -> None:
    changed = {**FULL, "ada": False, "baris": [{"ikut": True, "catatan": "x"}, {"catatan": "y"}]}
    found = parted(household(), changed)
    assert found.kept == {"/satu": True, "/rumah/simpan": False, "/baris/1/catatan": "y"}
    assert found.dropped == ("dua", "rumah.buang")
    assert set(found.kept_names) == {"satu", "rumah.simpan", "baris.catatan"}
    assert found.answers == {"ada": False, "baris": [{"ikut": True, "catatan": "x"}, {}]}


def test_what_is_kept_is_no_fact_and_the_form_accepts_what_is_left() -> None:
    found = parted(household(), {**FULL, "ada": False})
    assert problems(household(), found.answers) == ()
    assert "satu" not in facts(household(), found.answers)


def test_the_names_that_are_left_out_include_those_that_are_kept() -> None:
    _, names = without_hidden(household(), {**FULL, "ada": False})
    assert set(names) == {"satu", "dua", "rumah.simpan", "rumah.buang"}


def test_put_back_it_stands_where_it_stood_except_in_a_row_that_is_gone() -> None:
    found = parted(household(), {**FULL, "ada": False})
    assert with_kept(found.answers, found.kept)["rumah"] == {"simpan": False}
    assert with_kept({}, {"/baris/1/catatan": "y"}) == {}
    assert with_kept({"baris": [{}]}, {"/baris/1/catatan": "y"}) == {"baris": [{}]}
    assert kept_name("/baris/1/catatan") == "baris.catatan"


_ROW = st.fixed_dictionaries({}, optional={"ikut": st.booleans(), "catatan": st.text(max_size=3)})


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "ada": st.booleans(),
            "satu": st.booleans(),
            "dua": st.booleans(),
            "rumah": st.fixed_dictionaries(
                {}, optional={"simpan": st.booleans(), "buang": st.booleans()}
            ),
            "baris": st.lists(_ROW, max_size=3),
        },
    )
)
def test_nothing_that_asks_to_be_kept_is_ever_lost(answers: dict[str, Json]) -> None:
    of = household()
    found = parted(of, answers)
    again = with_kept(found.answers, found.kept)
    assert parted(of, again).kept == found.kept
    for path in (("satu",), ("rumah", "simpan")):
        there, back = answers, again
        for step in path:
            there, back = (there or {}).get(step), (back or {}).get(step)
        assert back == there
    assert [row.get("catatan") for row in again.get("baris", [])] == [
        row.get("catatan") for row in answers.get("baris", [])
    ]


def test_a_computed_answer_cannot_ask_to_be_kept() -> None:
    more = {"type": "integer", "minimum": 0, "maximum": 9, "x-computed": "n + n"}
    written = document(
        {
            "n": question("a", type="integer", minimum=0, maximum=4),
            "dua": question("b", **more, **{"x-keep-hidden": True}),
        }
    )
    with pytest.raises(BadDocument) as refused:
        read(written)
    [problem] = refused.value.problems
    assert (problem.key, problem.pointer) == (
        "forms.computed_kept",
        "/properties/dua/x-keep-hidden",
    )
