"""A constant that goes with the answers, whatever a browser sends."""

from __future__ import annotations

import pytest
from werkzeug.datastructures import MultiDict

from forms.asked_alone import WIB, kind_of
from forms.browser_without_script import NO_FILES
from forms.small_forms import choice, form, one, question
from satupintu.conditions.types import Boolean, Choice, Integer
from satupintu.documents import Json
from satupintu.errors import BadDocument
from satupintu.forms import reading_back
from satupintu.forms.answers import pages_to_ask, problems, with_computed, without_hidden
from satupintu.forms.binding import read_page
from satupintu.forms.facts import facts
from satupintu.forms.rendering import page_html
from satupintu.forms.roundtrip import round_trip

HIDDEN: dict[str, Json] = {"x-ui": {"widget": "hidden"}}
FROM: dict[str, Json] = question("s-1", "Asal", type="string", const="web", **HIDDEN)
CITY: dict[str, Json] = question("s-2", "Kota", type="string")


@pytest.mark.parametrize(
    ("kind", "const", "fact"),
    [
        ("string", "web", Choice(("web",))),
        ("integer", 3, Integer(3, 3)),
        ("boolean", True, Boolean()),
        ("boolean", False, Boolean()),
    ],
)
def test_a_constant_is_an_answer_and_a_fact(kind: str, const: Json, fact: object) -> None:
    schema = {**FROM, "type": kind, "const": const}
    asked = one(schema, required=["q"])
    assert kind_of(schema) == "hidden"
    assert asked.facts == {"q": fact}
    assert with_computed(asked, {}) == {"q": const}
    assert facts(asked, {"q": const}) == {"q": const}
    assert problems(asked, {"q": const}) == ()


def test_nobody_is_asked_and_nothing_that_was_sent_counts() -> None:
    asked = form({"asal": FROM, "kota": CITY}, required=["asal"])
    html = page_html(asked, asked.pages[0], language="id", zone=WIB, answers={})
    assert "asal" not in html.casefold()
    posted = MultiDict([("asal", "palsu"), ("kota", "X")])
    bound = read_page(
        asked, asked.pages[0], posted, NO_FILES, {"asal": "lama"}, zone=WIB, language="id"
    )
    assert bound.answers == {"asal": "web", "kota": "X"}
    assert round_trip(asked, {"asal": "web", "kota": "X"}, language="id", zone=WIB).sound
    (section,) = reading_back.sections(asked, bound.answers, language="id", zone=WIB)
    assert [row.title for row in section.rows] == ["Kota"]


def test_a_page_of_constants_alone_is_passed_over() -> None:
    assert pages_to_ask(one(FROM), {}) == ()


def test_a_constant_goes_where_its_condition_holds() -> None:
    pick = question("s-3", "Cara", type="string", oneOf=choice("a", "b"))
    asked = form(
        {"cara": pick},
        allOf=[
            {
                "if": {"properties": {"cara": {"const": "a"}}, "required": ["cara"]},
                "then": {"properties": {"asal": FROM}},
            }
        ],
    )
    assert without_hidden(asked, {"cara": "a"})[0] == {"cara": "a", "asal": "web"}
    assert without_hidden(asked, {"cara": "b", "asal": "web"})[0] == {"cara": "b"}


def test_in_a_group_it_goes_with_the_group_and_in_rows_with_each_row() -> None:
    inner = {"asal": {**FROM, "x-id": "s-4"}, "kota": CITY}
    group = question("s-5", "Rumah", type="object", unevaluatedProperties=False, properties=inner)
    asked = form({"rumah": group})
    assert with_computed(asked, {}) == {}
    assert with_computed(asked, {"rumah": {"kota": "X"}}) == {"rumah": {"kota": "X", "asal": "web"}}
    assert with_computed(form({"rumah": group}, required=["rumah"]), {}) == {
        "rumah": {"asal": "web"}
    }
    items = {"type": "object", "unevaluatedProperties": False, "properties": inner}
    rows = question("s-6", "Rumah", type="array", maxItems=3, items=items)
    given = {"rumah": [{"kota": "X"}]}
    done = round_trip(form({"rumah": rows}), given, language="id", zone=WIB)
    assert done.answers == {"rumah": [{"kota": "X", "asal": "web"}]}
    assert done.sound


def test_what_is_no_constant_of_one_kind_cannot_be_hidden() -> None:
    for schema in ({"type": "string"}, {"type": "number", "const": 1.5}):
        with pytest.raises(BadDocument):
            one({**question("s-1"), **schema, **HIDDEN})
